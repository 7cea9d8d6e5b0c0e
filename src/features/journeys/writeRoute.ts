import { createHash } from 'node:crypto';
import type { LinkLeg, RideLeg } from '../../engine/routing/journey.ts';
import type { LineFacts, NetworkImage } from '../../engine/timetable/image.ts';
import { modeName } from '../../engine/timetable/modes.ts';
import { distanceKm } from '../../units/geo.ts';
import {
  asEpochDay,
  asEpochMinute,
  type EpochMinute,
  formatDate,
  formatInstant,
  parseClock,
  wallClockAt,
} from '../../units/time.ts';
import {
  displayName,
  fold,
  hillRoads,
  type PlaceIndex,
  type ResolvedPlace,
  type RoadTravel,
  travelBy,
  vehicleRule,
} from '../places/index.ts';
import type { AccessWay } from './access.ts';
import type { Leg, LegMode, Route } from './contract.ts';
import { rideFacts } from './fareLines.ts';
import { pricedLegs, savings, totalPrice } from './legPrices.ts';
import type { PricedRide, RidePrices, RideToPrice } from './ridePrices.ts';
import { isHub, roadRide } from './roadPrice.ts';
import { type JourneyRules, legModeOf } from './rules.ts';
import type { SettledJourney } from './settleEnds.ts';

/** What is needed to write engine journeys out as legs with places, times and prices. */
export interface RouteWriter {
  readonly image: NetworkImage;
  readonly places: PlaceIndex;
  readonly rules: JourneyRules;
  readonly origin: ResolvedPlace;
  readonly destination: ResolvedPlace;
  readonly prices: RidePrices;
  /** Persons of the party. */
  readonly heads: number;
}

/** A leg while it is written, its times still instants. */
export interface DraftLeg {
  readonly leg: Omit<Leg, 'index'>;
  readonly departure: EpochMinute;
  readonly arrival: EpochMinute;
  /** What is paid for; `null`: a walk. */
  readonly ride: RideToPrice | null;
  /** Its prices, once the whole route is known; none for what is paid with a ride before it. */
  readonly priced?: PricedRide | null;
}

export interface DraftRoute {
  readonly id: string;
  readonly drafts: readonly DraftLeg[];
  readonly legs: readonly Leg[];
  readonly departure: EpochMinute;
  readonly arrival: EpochMinute;
  readonly changes: number;
  /** Leg indexes that begin after a stay at a place the traveller visits, with the minutes of it that were asked. */
  readonly dwells: Dwells;
}

type Dwells = ReadonlyMap<number, number>;
type LegPlace = Leg['from'];

export const FALLBACK_ZONE = 'Asia/Kolkata';

/** The zone of a place: that of its nearest reachable stop. */
export const zoneOf = (image: NetworkImage, ways: readonly AccessWay[]): string =>
  ways[0] ? image.stopZone(ways[0].stop) : FALLBACK_ZONE;

function stopPlace({ image, places }: RouteWriter, stop: number): LegPlace {
  const known = places.placeOfStop(stop)?.place;
  return {
    name: known?.name ?? displayName(image.stopName(stop)),
    code: known?.code ?? null,
    city: known?.city ?? null,
    stopId: image.stopId(stop),
    lat: image.stopLat(stop),
    lng: image.stopLng(stop),
    zone: image.stopZone(stop),
  };
}

export const placeAsEnd = ({ location }: ResolvedPlace, zone: string): LegPlace => ({
  name: location.name,
  code: null,
  city: location.city ?? null,
  stopId: null,
  lat: location.lat,
  lng: location.lng,
  zone,
});

/** What is known of a leg only when the whole route is. */
const unpriced = { price: null, fares: [], concession: null } satisfies Partial<Leg>;

/** Kilometres to one decimal. */
const roundKm = (km: number): number => Math.round(km * 10) / 10;

/** `2026-12-02T21:05+05:30` → its date and the minutes of the day. */
const localTime = (instant: string): { date: string; clock: number } => ({
  date: instant.slice(0, 10),
  clock: parseClock(instant.slice(11, 16)) ?? 0,
});

/** A walk, an auto or a taxi ride, still without its price. */
export function roadLeg(
  from: LegPlace,
  to: LegPlace,
  travel: RoadTravel,
  departure: EpochMinute,
  { cityId, atHub }: { cityId: string | null; atHub: boolean },
): DraftLeg {
  const arrival = asEpochMinute(departure + travel.minutes);
  const leg = {
    mode: travel.vehicle,
    from,
    to,
    departure: formatInstant(departure, from.zone),
    arrival: formatInstant(arrival, to.zone),
    durationMinutes: travel.minutes,
    distanceKm: roundKm(travel.km),
    line: null,
    run: null,
    intermediateStops: 0,
    everyMinutes: null,
    bufferMinutes: 0,
    ...unpriced,
    bookable: travel.vehicle !== 'walk',
  } satisfies Omit<Leg, 'index'>;
  const start = { cityId, atHub, ...localTime(leg.departure) };
  return { leg, departure, arrival, ride: roadRide({ ...travel, km: leg.distanceKm }, start) };
}

/** "12952 Mumbai Rajdhani", "Yellow Line", "IndiGo", "HRTC Volvo", "152-D". */
function lineName(mode: LegMode, number: string, line: LineFacts): string {
  const short = displayName(line.shortName);
  const long = displayName(line.longName);
  if (mode === 'train') {
    const name = long || short;
    return number && !name.startsWith(number) ? `${number} ${name}` : name;
  }
  if (mode === 'flight') return [line.operator || short || long, number].filter(Boolean).join(' ');
  // A kind of coach is no name of a line: its operator goes before it.
  if (mode === 'bus' && !/\d/.test(short)) return [line.operator, short || long].filter(Boolean).join(' ');
  return short || long || line.operator;
}

function rideLeg(writer: RouteWriter, ride: RideLeg, early: number): DraftLeg {
  const { image } = writer;
  const line = image.line(ride.line);
  const run = image.run(ride.run);
  const from = stopPlace(writer, ride.from);
  const to = stopPlace(writer, ride.to);
  const km =
    image.views.distance[image.timeIndex(ride.run, ride.alightCall)]! -
    image.views.distance[image.timeIndex(ride.run, ride.boardCall)]!;
  const mode: LegMode = legModeOf(modeName(ride.mode));
  const departure = image.instantAt(ride.departure);
  const arrival = image.instantAt(ride.arrival);
  const leg = {
    mode,
    from,
    to,
    departure: formatInstant(departure, from.zone),
    arrival: formatInstant(arrival, to.zone),
    durationMinutes: arrival - departure,
    distanceKm: roundKm(km),
    line: {
      id: line.id,
      name: lineName(mode, run.number, line),
      number: run.number || null,
      operator: line.operator || null,
      headsign: run.headsign ? displayName(run.headsign) : null,
      color: line.color || null,
    },
    run: { id: run.id, serviceDate: formatDate(asEpochDay(image.firstDay + ride.day)) },
    intermediateStops: ride.alightCall - ride.boardCall - 1,
    everyMinutes: run.headway || null,
    bufferMinutes: (writer.rules.buffers.board[ride.mode] ?? 0) + early,
    ...([ride.boardCall, ride.alightCall].some((call) => image.isEstimated(ride.run, call))
      ? { estimatedTimes: true as const }
      : {}),
    ...unpriced,
    bookable: true,
  } satisfies Omit<Leg, 'index'>;
  const { date, clock } = localTime(leg.departure);
  const toPrice: RideToPrice = {
    ...rideFacts(image, writer.places, ride.run, ride.from),
    from: fold(image.stopName(ride.from)),
    to: fold(image.stopName(ride.to)),
    km: leg.distanceKm,
    minutes: leg.durationMinutes,
    clock,
    travelDate: date,
    fromState: writer.places.placeOfStop(ride.from)?.place.state ?? null,
    toState: writer.places.placeOfStop(ride.to)?.place.state ?? null,
  };
  return { leg, departure, arrival, ride: toPrice };
}

/** A transfer inside a journey: what lies in the link beyond the way itself is waiting at its end. */
function linkLeg(writer: RouteWriter, link: LinkLeg): DraftLeg {
  const from = stopPlace(writer, link.from);
  const to = stopPlace(writer, link.to);
  const own = writer.places.placeOfStop(link.from);
  const roads = hillRoads(own?.cityId ?? null, writer.places.placeOfStop(link.to)?.cityId ?? null);
  const tooMany = link.linkKind === 'auto' && writer.heads > vehicleRule('auto').capacity;
  const way = travelBy(tooMany ? 'taxi' : link.linkKind, distanceKm(from, to), roads);
  const travel = { ...way, minutes: Math.min(way.minutes, link.arrival - link.departure) };
  const start = { cityId: own?.cityId ?? null, atHub: isHub(writer.image, link.from) };
  return roadLeg(from, to, travel, writer.image.instantAt(link.departure), start);
}

/** Writes a journey out, the ways to its first ride and from its last included. */
export function writeRoute(writer: RouteWriter, journey: SettledJourney): DraftRoute {
  const { access, egress } = journey;
  const first = journey.legs[0]!;
  const last = journey.legs.at(-1)!;
  const { board, exit } = writer.rules.buffers;
  const drafts = journey.legs.map((leg, index) =>
    leg.kind === 'ride' ? rideLeg(writer, leg, index === 0 ? access.early : 0) : linkLeg(writer, leg),
  );
  if (access.travel && first.kind === 'ride') {
    const there = first.departure - (board[first.mode] ?? 0) - access.early;
    const departure = writer.image.instantAt(there - access.travel.minutes);
    const to = stopPlace(writer, first.from);
    const start = { cityId: writer.origin.cityId, atHub: false };
    drafts.unshift(roadLeg(placeAsEnd(writer.origin, to.zone), to, access.travel, departure, start));
  }
  if (egress.travel && last.kind === 'ride') {
    const departure = writer.image.instantAt(last.arrival + (exit[last.mode] ?? 0));
    const from = stopPlace(writer, last.to);
    const cityId = writer.places.placeOfStop(last.to)?.cityId ?? writer.destination.cityId;
    const start = { cityId, atHub: isHub(writer.image, last.to) };
    drafts.push(roadLeg(from, placeAsEnd(writer.destination, from.zone), egress.travel, departure, start));
  }
  return draftRoute(pricedLegs(writer.prices, drafts));
}

/** Numbers the legs (`dwells`: see `DraftRoute`) and derives what belongs to the whole. */
export function draftRoute(drafts: readonly DraftLeg[], dwells: Dwells = new Map()): DraftRoute {
  const legs = drafts.map((draft, index): Leg => {
    const stayMinutes = dwells.get(index) ?? 0;
    return Object.assign({ index }, draft.leg, stayMinutes > 0 ? { stayMinutes } : {});
  });
  return {
    id: routeId(legs),
    drafts,
    legs,
    departure: drafts[0]?.departure ?? asEpochMinute(0),
    arrival: drafts.at(-1)?.arrival ?? asEpochMinute(0),
    changes: changesIn(legs, dwells),
    dwells,
  };
}

/** Changes between timetabled rides; a stay is none. */
function changesIn(legs: readonly Leg[], dwells: Dwells): number {
  let changes = 0;
  let ridden = false;
  for (const leg of legs) {
    if (dwells.has(leg.index)) ridden = false;
    if (!leg.run) continue;
    if (ridden) changes++;
    ridden = true;
  }
  return changes;
}

/** 16 hexadecimal digits, the same for the same rides on the same days and the same ways between them. */
function routeId(legs: readonly Leg[]): string {
  const parts = legs.map((leg) =>
    leg.run
      ? [leg.run.id, leg.run.serviceDate, leg.from.stopId, leg.to.stopId]
      : [
          leg.mode,
          leg.from.stopId ?? `${leg.from.lat},${leg.from.lng}`,
          leg.to.stopId ?? `${leg.to.lat},${leg.to.lng}`,
        ],
  );
  // A route without a timetabled ride is told apart by its departure.
  const road = legs.every((leg) => leg.run === null) ? [legs[0]?.departure] : [];
  return createHash('sha256')
    .update(JSON.stringify([parts, road]))
    .digest('hex')
    .slice(0, 16);
}

/** The route as the contract has it, still without labels, reasons and what `completeRoute` adds. */
export function finishRoute(draft: DraftRoute): Route {
  const { legs } = draft;
  const first = legs[0]!;
  const last = legs.at(-1)!;
  return {
    id: draft.id,
    legs: [...legs],
    departure: first.departure,
    arrival: last.arrival,
    durationMinutes: draft.arrival - draft.departure,
    dayShift: localDay(draft.arrival, last.to.zone) - localDay(draft.departure, first.from.zone),
    changes: draft.changes,
    modes: [...new Set(legs.map((leg) => leg.mode))],
    mainMode: mainModeOf(legs),
    ...priceOf(draft),
    labels: [],
    reasons: [],
    why: [],
    ...tightness(legs, draft.dwells),
    risk: null,
    comfort: null,
  };
}

function priceOf({ legs, drafts }: DraftRoute): Pick<Route, 'price' | 'saving' | 'effectivePrice'> {
  const price = totalPrice(legs);
  const concessions = drafts.flatMap(({ priced }) => priced?.concession ?? []);
  return { price, ...savings(concessions, price) };
}

const localDay = (at: EpochMinute, zone: string): number => wallClockAt(at, zone).day;

/** Mode of the longest part by distance. */
export function mainModeOf(legs: readonly Leg[]): LegMode {
  const km = new Map<LegMode, number>();
  for (const leg of legs) km.set(leg.mode, (km.get(leg.mode) ?? 0) + leg.distanceKm);
  return [...km].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? 'walk';
}

/** Shortest time between alighting and the next timetabled departure, ways between taken off; and what boarding leaves of it. */
function tightness(legs: readonly Leg[], dwells: Dwells): Pick<Route, 'tightestChange' | 'spareMinutes'> {
  let tightestChange: Route['tightestChange'] = null;
  let spareMinutes: number | null = null;
  let alighted: Leg | null = null;
  let onTheWay = 0;
  legs.forEach((leg, index) => {
    if (dwells.has(index)) alighted = null;
    if (!leg.run) {
      onTheWay += leg.durationMinutes;
      return;
    }
    if (alighted) {
      const minutes = minutesBetween(alighted.arrival, leg.departure) - onTheWay;
      if (!tightestChange || minutes < tightestChange.minutes)
        tightestChange = { atLeg: index, minutes, place: leg.from.name };
      spareMinutes = Math.min(spareMinutes ?? Infinity, minutes - leg.bufferMinutes);
    }
    alighted = leg;
    onTheWay = 0;
  });
  return { tightestChange, spareMinutes };
}

const minutesBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 60_000;
