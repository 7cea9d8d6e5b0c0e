import type { Journey, Leg, RideLeg } from '../../engine/routing/journey.ts';
import type { NetworkImage } from '../../engine/timetable/image.ts';
import type { StopIndex } from '../../engine/timetable/indexes.ts';
import { distanceKm } from '../../units/geo.ts';
import { hillRoads, type ResolvedPlace, usualTravel } from '../places/index.ts';
import type { AccessWay } from './access.ts';
import type { Buffers } from './rules.ts';

/** A road ride at an end is worth so many minutes more than it takes: it costs money, luggage and nerves. */
const ROAD_PENALTY_MINUTES = 15;
const ROAD_PENALTY_SHARE = 0.5;
/** Who names a station stays on the train up to it, where another one and an auto save less than this. */
const NAMED_STOP_MINUTES = 30;

export interface Ends {
  readonly image: NetworkImage;
  readonly buffers: Buffers;
  readonly origin: ResolvedPlace;
  readonly destination: ResolvedPlace;
  readonly access: readonly AccessWay[];
  readonly egress: readonly AccessWay[];
  /** Timeline minutes that the journey must keep to. */
  readonly notBefore: number;
  readonly notAfter: number;
  /** Persons of the party. */
  readonly heads: number;
}

/** Rides and links between them, with the way to the first and from the last. */
export interface SettledJourney {
  readonly legs: readonly Leg[];
  readonly access: AccessWay;
  readonly egress: AccessWay;
}

const effort = (way: AccessWay): number => {
  if (!way.travel) return -NAMED_STOP_MINUTES;
  const road =
    way.travel.vehicle === 'walk' ? 0 : ROAD_PENALTY_MINUTES + ROAD_PENALTY_SHARE * way.travel.minutes;
  return way.travel.minutes + road;
};

/**
 * The same rides, boarded and left where the ways to and from them suit best. The engine minimises minutes
 * only: it leaves a train one station early to save five minutes by auto, and goes by road to one stop only to
 * go by road to another; such a pair becomes one way. `null` when an end is too far by road.
 */
export function settleEnds(ends: Ends, journey: Journey): SettledJourney | null {
  let legs = journey.legs;
  let access = ends.access.find((way) => way.stop === journey.access.stop) ?? null;
  let egress = ends.egress.find((way) => way.stop === journey.egress.stop) ?? null;
  if (legs[0]?.kind === 'link' && access?.travel) {
    access = wayTo(ends, ends.access, ends.origin, legs[0].to);
    legs = legs.slice(1);
  }
  const final = legs.at(-1);
  if (final?.kind === 'link' && egress?.travel) {
    egress = wayTo(ends, ends.egress, ends.destination, final.from);
    legs = legs.slice(0, -1);
  }
  const first = legs[0];
  if (first?.kind === 'ride' && access) {
    const best = bestBoarding(ends, first, access);
    legs = [best.ride, ...legs.slice(1)];
    access = best.way;
  }
  const last = legs.at(-1);
  if (last?.kind === 'ride' && egress) {
    const best = bestAlighting(ends, last, egress);
    legs = [...legs.slice(0, -1), best.ride];
    egress = best.way;
  }
  return access && egress && legs.length > 0 ? { legs, access, egress } : null;
}

/** The known way to a stop, or one made for a stop beyond the usual radius. */
function wayTo(
  { image, heads }: Ends,
  known: readonly AccessWay[],
  place: ResolvedPlace,
  stop: StopIndex,
): AccessWay | null {
  const way = known.find((one) => one.stop === stop);
  if (way) return way;
  const travel = usualTravel(
    distanceKm(place.location, { lat: image.stopLat(stop), lng: image.stopLng(stop) }),
    { heads, roads: hillRoads(place.cityId) },
  );
  return travel && { stop, travel, early: 0, kind: 'station' };
}

interface End {
  readonly ride: RideLeg;
  readonly way: AccessWay;
  readonly effort: number;
}

function bestBoarding({ image, buffers, access, notBefore }: Ends, ride: RideLeg, given: AccessWay): End {
  const start = image.dayStart(ride.run, ride.day);
  const at = (way: AccessWay, position: number, departure: number): End => ({
    ride: { ...ride, boardCall: position, from: way.stop, departure },
    way,
    effort: effort(way) - departure,
  });
  let best = at(given, ride.boardCall, ride.departure);
  for (const [position, call] of image.runCalls(ride.run).slice(0, ride.alightCall).entries()) {
    const way = call.boarding ? access.find((one) => one.stop === call.stop) : undefined;
    if (!way) continue;
    const departure = start + call.departure;
    const leave = departure - (buffers.board[ride.mode] ?? 0) - way.early - (way.travel?.minutes ?? 0);
    const end = at(way, position, departure);
    if (leave >= notBefore && end.effort < best.effort) best = end;
  }
  return best;
}

function bestAlighting({ image, buffers, egress, notAfter }: Ends, ride: RideLeg, given: AccessWay): End {
  const start = image.dayStart(ride.run, ride.day);
  const at = (way: AccessWay, position: number, arrival: number): End => ({
    ride: { ...ride, alightCall: position, to: way.stop, arrival },
    way,
    effort: effort(way) + arrival,
  });
  let best = at(given, ride.alightCall, ride.arrival);
  for (const [position, call] of image.runCalls(ride.run).entries()) {
    if (position <= ride.boardCall || !call.alighting) continue;
    const way = egress.find((one) => one.stop === call.stop);
    if (!way) continue;
    const arrival = start + call.arrival;
    const there = way.travel ? arrival + (buffers.exit[ride.mode] ?? 0) + way.travel.minutes : arrival;
    const end = at(way, position, arrival);
    if (there <= notAfter && end.effort < best.effort) best = end;
  }
  return best;
}
