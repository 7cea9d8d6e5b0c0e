import type { NetworkImage, StopIndex } from '../../engine/timetable/image.ts';
import { asStop } from '../../engine/timetable/indexes.ts';
import { modeMask, modes } from '../../engine/timetable/modes.ts';
import type { Endpoint } from '../../engine/routing/query.ts';
import { distanceKm } from '../../units/geo.ts';
import {
  hillRoads,
  type PlaceIndex,
  type ResolvedPlace,
  type RoadTravel,
  usualTravel,
} from '../places/index.ts';
import type { AccessRule, JourneyRules } from './rules.ts';

/** A way between a place and a stop of the network. */
export interface AccessWay {
  readonly stop: StopIndex;
  /** `null`: the place is this stop. */
  readonly travel: RoadTravel | null;
  /** Minutes to be at the stop before the boarding time that the engine counts (busy airports). */
  readonly early: number;
  readonly kind: AccessRule['kind'];
}

const kindMask: Readonly<Record<AccessRule['kind'], number>> = {
  station: modeMask(['train']),
  airport: modeMask(['flight']),
  bus_stand: modeMask(['bus', 'ferry', 'other']),
  metro: modeMask(['metro', 'tram']),
};
/** A city's own hubs are tried this far from its centre. */
const OWN_HUB_KM = 60;

export interface AccessContext {
  readonly image: NetworkImage;
  readonly places: PlaceIndex;
  readonly rules: JourneyRules;
}

/**
 * Candidate stops of a place: itself, a city's own hubs, and by kind the nearest and the busiest stops
 * within the radius of `data/rules/access.csv`, each with the usual way to get there for a party of `heads`.
 */
export function accessWays(context: AccessContext, place: ResolvedPlace, heads = 1): AccessWay[] {
  const { image, places, rules } = context;
  const ways = new Map<number, AccessWay>();
  const roads = hillRoads(place.cityId);
  const add = (stop: number, kind: AccessRule['kind'], km: number | null): void => {
    const travel = km === null ? null : usualTravel(km, { heads, roads });
    if (ways.has(stop) || (km !== null && !travel)) return;
    const early =
      kind === 'airport' && isBusy(places, stop) ? (rules.buffers.busyExtra[modes.flight] ?? 0) : 0;
    ways.set(stop, { stop: asStop(stop), travel, early, kind });
  };
  const kindOf = (stop: number): AccessRule['kind'] | undefined =>
    rules.access.find((rule) => (image.stopModes(stop) & kindMask[rule.kind]) !== 0)?.kind;
  const kmTo = (stop: number): number =>
    distanceKm(place.location, { lat: image.stopLat(stop), lng: image.stopLng(stop) });

  for (const stop of place.stops) {
    const kind = kindOf(stop);
    if (!kind) continue;
    if (place.kind !== 'city') add(stop, kind, null);
    else if (kmTo(stop) <= OWN_HUB_KM || kind === 'airport') add(stop, kind, kmTo(stop));
  }
  for (const rule of rules.access)
    for (const { stop, km } of candidates(context, place, rule)) add(stop, rule.kind, km);
  return [...ways.values()];
}

function candidates(
  { image, places }: AccessContext,
  place: ResolvedPlace,
  rule: AccessRule,
): { stop: number; km: number }[] {
  const near = places.grid
    .near(place.location, rule.radius_km)
    .filter(
      ({ stop }) =>
        (image.stopModes(stop) & kindMask[rule.kind]) !== 0 &&
        image.departuresPerDay(stop) >= rule.minimum_per_day,
    );
  // Platforms of one station count once.
  const stations = [...Map.groupBy(near, ({ stop }) => image.stopParent(stop) ?? stop).values()];
  const busiest = stations
    .map((platforms) => ({
      platforms,
      departures: platforms.reduce((sum, { stop }) => sum + image.departuresPerDay(stop), 0),
    }))
    .toSorted((a, b) => b.departures - a.departures)
    .slice(0, rule.busiest);
  return [...stations.slice(0, rule.nearest), ...busiest.map(({ platforms }) => platforms)].flat();
}

const isBusy = (places: PlaceIndex, stop: number): boolean => {
  const cityId = places.placeOfStop(stop)?.cityId;
  return places.cities.find((city) => city.id === cityId)?.importance === 1;
};

/** The ways to stops at which one of the modes of a mask calls. */
export const waysFor = (ways: readonly AccessWay[], mask: number): AccessWay[] =>
  ways.filter(({ kind }) => (kindMask[kind] & mask) !== 0);

/** What a way costs the whole party, in minor units. */
export type PriceOfWay = (way: AccessWay) => number;

/** The engine's endpoints at the origin: minutes from leaving until ready to board. */
export const accessEndpoints = (ways: readonly AccessWay[], price: PriceOfWay): Endpoint[] =>
  ways.map((way) => ({ stop: way.stop, minutes: (way.travel?.minutes ?? 0) + way.early, price: price(way) }));

/**
 * The engine's endpoints at the destination. The engine counts from "ready for the next ride", which is later
 * than "out on the street"; the difference is taken off as far as there is a way to take it from.
 */
export const egressEndpoints = (
  ways: readonly AccessWay[],
  rules: JourneyRules,
  price: PriceOfWay,
): Endpoint[] =>
  ways.map((way) => {
    const { stop, travel, kind } = way;
    const mode =
      modes[
        kind === 'station' ? 'train' : kind === 'airport' ? 'flight' : kind === 'metro' ? 'metro' : 'bus'
      ];
    const { alight, exit } = rules.buffers;
    const minutes = Math.max(0, (travel?.minutes ?? 0) + (exit[mode] ?? 0) - (alight[mode] ?? 0));
    return { stop, minutes, price: price(way) };
  });
