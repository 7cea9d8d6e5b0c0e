import { asEpochMinute, type EpochMinute, epochMinuteOf, formatInstant } from '../../units/time.ts';
import type { Amounts } from '../fares/index.ts';
import { comfortOf } from './comfort/comfort.ts';
import {
  type Asked,
  type Leg,
  type Preference,
  type Route,
  searchModes,
  type SearchRequest,
} from './contract.ts';
import { savings, totalPrice } from './legPrices.ts';
import { leastMinutes } from './risk/delays.ts';
import { locationOf, type PlanBServices } from './risk/planB.ts';
import { routeRisk } from './risk/routeRisk.ts';
import { draftRoute, finishRoute } from './writeRoute.ts';

export interface ReplanRequest {
  readonly legs: readonly Leg[];
  /** A timetabled ride of `legs`. */
  readonly legIndex: number;
  readonly direction: 'earlier' | 'later';
  readonly passengers: number;
  readonly preference: Preference;
  /** What the search of the route was told of the party. */
  readonly asked?: Asked | undefined;
  /** Milliseconds since 1970: nothing leaves before. */
  readonly now: number;
}

/** Another ride in place of one, and the whole route with it. */
export interface Replanned {
  readonly route: Route;
  /** Indexes in `route` of what takes the ride's place: the ride, and ways to and from it that are new. */
  readonly legIndexes: readonly number[];
  /** Indexes in the route before of ways by road that now begin at another time. */
  readonly movedLegs: readonly number[];
  /** New price less the old one, of the ride's part; null when one of the two is unknown. */
  readonly priceDifference: Amounts | null;
}

/**
 * Earlier or later rides for one ride of a route, the nearest departure first, that leave the others as they are: what
 * is changed from is reached before, what is changed to after, with the ways, stays and boarding times between. Ways
 * by road go along with the ride. Throws what the search throws.
 */
export async function replanRide(request: ReplanRequest, services: PlanBServices): Promise<Replanned[]> {
  const ride = request.legs[request.legIndex]!;
  const { routes } = await services.search(searchFor(request, ride, services));
  const sign = request.direction === 'later' ? 1 : -1;
  const shift = (legs: readonly Leg[]): number => minutesBetween(ride.departure, rideOf(legs).departure);
  const parts = routes
    .map(({ legs }) => legs)
    .filter((legs) => legs.some(({ run }) => run !== null))
    .filter((legs) => shift(legs) * sign > 0);
  const direct = parts.filter((legs) => legs.filter(({ run }) => run !== null).length === 1);
  return (direct.length > 0 ? direct : parts)
    .toSorted((a, b) => Math.abs(shift(a)) - Math.abs(shift(b)))
    .flatMap((part) => replaced(request, part) ?? []);
}

const minutesBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / 60_000);
const rideOf = (legs: readonly Leg[]): Leg => legs.find(({ run }) => run !== null) ?? legs[0]!;

/** From the ride's first stop to its last, by the same mode and in the same class. */
function searchFor(
  { direction, passengers, preference, asked }: ReplanRequest,
  { mode, from, to, departure, arrival, price }: Leg,
  services: PlanBServices,
): SearchRequest {
  const arriveBy = direction === 'earlier';
  const [instant, { zone }] = arriveBy ? [arrival, to] : [departure, from];
  const at = asEpochMinute(epochMinuteOf(Date.parse(instant)) + (arriveBy ? -1 : 1));
  const [date = '', time = ''] = formatInstant(at, zone).split('T');
  // The class of the ride before; where another ride has none, the next best wish.
  const wished = [...new Set([...(price?.classCode ? [price.classCode] : []), ...(asked?.class ?? [])])];
  const searched = searchModes.find((one) => one === mode);
  return {
    origin: locationOf(from, services),
    destination: locationOf(to, services),
    date,
    time: time.slice(0, 5),
    arriveBy,
    passengers,
    preference,
    ...asked,
    ...(wished.length > 0 ? { class: wished } : {}),
    ...(searched ? { modes: [searched] } : {}),
  };
}

/** The route with `part` in place of the ride; null when the rest of it would not hold. */
function replaced({ legs, legIndex, now, asked }: ReplanRequest, part: readonly Leg[]): Replanned | null {
  const old = legs[legIndex]!;
  const before = waysBefore(legs.slice(0, legIndex), old, part[0]!);
  const after = waysAfter(legs.slice(legIndex + 1), old, part.at(-1)!);
  if (!before || !after) return null;
  const stay = old.stayMinutes === undefined ? {} : { stayMinutes: old.stayMinutes };
  const whole = [...before, { ...part[0]!, ...stay }, ...part.slice(1), ...after];
  if (Date.parse(whole[0]!.departure) < now) return null;
  const kept = [...before, old, ...after];
  return {
    route: routeOf(whole, asked),
    legIndexes: part.map((_, index) => legIndex + index),
    movedLegs: kept.flatMap((leg, index) => (leg.departure === legs[index]!.departure ? [] : [index])),
    priceDifference: difference(part, old),
  };
}

/** What the wait before a leg must at least be: the stay that ends with it, and the time to board. */
const needed = (leg: Leg, stay = leg.stayMinutes ?? 0): number =>
  stay + (leg.run === null ? 0 : Math.max(leg.bufferMinutes, leastMinutes(leg.mode)));

/** The wait before each leg of a way that begins after `start`. */
const waits = (start: Leg, way: readonly Leg[]): number[] =>
  way.map((leg, index) => minutesBetween((way[index - 1] ?? start).arrival, leg.departure));

/** Where a way waits longest, there it gives way to a ride that moves; null when what is left is too short. */
function givingWay(waiting: readonly number[], change: number, least: readonly number[]): number | null {
  const at = waiting.lastIndexOf(Math.max(...waiting));
  return waiting[at]! + change >= least[at]! ? at : null;
}

/** Legs before a ride once `first` is in its place: the ways to it go along from where they waited longest. */
function waysBefore(legs: readonly Leg[], old: Leg, first: Leg): Leg[] | null {
  const shift = minutesBetween(old.departure, first.departure);
  const ride = legs.findLastIndex(({ run }) => run !== null);
  if (ride < 0) return legs.map((leg) => moved(leg, shift));
  const way = legs.slice(ride + 1);
  const least = [...way.map((leg) => needed(leg)), needed(first, old.stayMinutes)];
  const at = givingWay(waits(legs[ride]!, [...way, old]), shift, least);
  return at === null ? null : legs.map((leg, index) => (index > ride + at ? moved(leg, shift) : leg));
}

/** Legs after a ride once `last` is in its place: the ways from it go along up to where they wait longest. */
function waysAfter(legs: readonly Leg[], old: Leg, last: Leg): Leg[] | null {
  const shift = minutesBetween(old.arrival, last.arrival);
  const ride = legs.findIndex(({ run }) => run !== null);
  if (ride < 0) return legs.map((leg) => moved(leg, shift));
  const way = legs.slice(0, ride + 1);
  const least = way.map((leg) => needed(leg));
  const at = givingWay(waits(old, way), -shift, least);
  return at === null ? null : legs.map((leg, index) => (index < at ? moved(leg, shift) : leg));
}

const minuteOf = (instant: string): EpochMinute => epochMinuteOf(Date.parse(instant));

function moved(leg: Leg, minutes: number): Leg {
  const later = (instant: string, zone: string): string =>
    formatInstant(asEpochMinute(minuteOf(instant) + minutes), zone);
  return {
    ...leg,
    departure: later(leg.departure, leg.from.zone),
    arrival: later(leg.arrival, leg.to.zone),
  };
}

/** What belongs to the whole, derived anew from the legs. */
function routeOf(legs: readonly Leg[], asked: Asked | undefined): Route {
  const drafts = legs.map((leg, index) => ({
    leg: { ...leg, index },
    departure: minuteOf(leg.departure),
    arrival: minuteOf(leg.arrival),
    ride: null,
  }));
  const dwells = new Map(
    legs.flatMap(({ stayMinutes }, index): [number, number][] =>
      stayMinutes === undefined ? [] : [[index, stayMinutes]],
    ),
  );
  const route = finishRoute(draftRoute(drafts, dwells));
  const concessions = legs.flatMap(({ concession }) => concession ?? []);
  const risk = routeRisk(route.legs);
  return {
    ...route,
    ...savings(concessions, route.price),
    risk,
    comfort: comfortOf(route.legs, asked?.traveller?.profile, risk),
    ...(asked ? { asked } : {}),
  };
}

function difference(part: readonly Leg[], old: Leg): Amounts | null {
  const [price, before] = [totalPrice(part), old.price];
  return (
    price &&
    before && {
      lowMinor: price.lowMinor - before.lowMinor,
      likelyMinor: price.likelyMinor - before.likelyMinor,
      highMinor: price.highMinor - before.highMinor,
    }
  );
}
