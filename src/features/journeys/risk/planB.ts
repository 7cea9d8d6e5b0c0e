import { AppError } from '../../../errors.ts';
import { asEpochMinute, epochMinuteOf, formatInstant } from '../../../units/time.ts';
import { type Amounts, plus } from '../../fares/index.ts';
import type { Leg, PlanB, PlanBRequest, Route, SearchRequest, SearchResponse } from '../contract.ts';
import { routeRisk } from './routeRisk.ts';

/** What a plan B is made with. */
export interface PlanBServices {
  /** Answers one search. */
  search(request: SearchRequest): Promise<SearchResponse>;
  /** The place that a stop of the network belongs to, as a search names it; null: not of this network. */
  placeId(stopId: string): string | null;
}

/**
 * What is left when a change breaks, priced before one buys: the earliest arrival of a fresh search from that change,
 * begun when the missed ride has left. Rides of the plan that the way out uses again are paid already. Throws
 * `UNPROCESSABLE` when the route has no change before that leg, and what the search throws.
 */
export async function planB(request: PlanBRequest, services: PlanBServices): Promise<PlanB> {
  const { route, toLeg } = request;
  const change = routeRisk(route.legs).changes.find((one) => one.toLeg === toLeg);
  const missed = route.legs[toLeg];
  if (!change || !missed)
    throw new AppError('UNPROCESSABLE', `There is no change before leg ${toLeg} that could break.`);
  const { routes } = await services.search(freshSearch(request, missed, services));
  const next = earliest(routes);
  const brokenProbability = change.probability === null ? null : 1 - change.probability;
  if (!next)
    return {
      change,
      brokenProbability,
      route: null,
      extraMinutes: null,
      extra: null,
      expectedLossMinor: null,
    };
  const extra = extraPrice(route, next);
  return {
    change,
    brokenProbability,
    route: next,
    extraMinutes: Math.round((Date.parse(next.arrival) - Date.parse(route.arrival)) / 60_000),
    extra,
    expectedLossMinor:
      brokenProbability === null || extra === null ? null : Math.round(brokenProbability * extra.highMinor),
  };
}

/** From the stop of the missed ride, the minute after it has left, to where the plan leads. */
function freshSearch(
  { route, destination, passengers, children, modes }: PlanBRequest,
  { from, departure }: Leg,
  services: PlanBServices,
): SearchRequest {
  const left = asEpochMinute(epochMinuteOf(Date.parse(departure)) + 1);
  const [date = '', time = ''] = formatInstant(left, from.zone).split('T');
  return {
    origin: locationOf(from, services),
    destination: destination ?? locationOf(route.legs.at(-1)!.to, services),
    date,
    time: time.slice(0, 5),
    arriveBy: false,
    passengers,
    preference: 'FASTEST',
    ...route.asked,
    ...(children ? { children } : {}),
    ...(modes ? { modes } : {}),
  };
}

/** A place of a leg as a search can be asked about it. */
export function locationOf(
  { name, stopId, city, lat, lng }: Leg['from'],
  services: PlanBServices,
): Exclude<SearchRequest['origin'], string> {
  const known = stopId === null ? null : services.placeId(stopId);
  const id = (known ?? (stopId === null ? name : `stop:${stopId}`)).slice(0, 128);
  return { id, name, ...(city === null ? {} : { city }), lat, lng, displayName: name };
}

/** Of those that arrive together the one with the lowest likely price. */
const earliest = (routes: readonly Route[]): Route | undefined =>
  routes.toSorted(
    (a, b) =>
      Date.parse(a.arrival) - Date.parse(b.arrival) ||
      (a.price?.likelyMinor ?? Infinity) - (b.price?.likelyMinor ?? Infinity),
  )[0];

/** Price of the legs of `next` that the plan has not paid for; null when one has no price. */
function extraPrice(plan: Route, next: Route): Amounts | null {
  const key = ({ run, from, to }: Leg): string => JSON.stringify([run, from.stopId, to.stopId]);
  const paid = new Set(plan.legs.filter(({ run }) => run !== null).map(key));
  const open = next.legs.filter((leg) => leg.mode !== 'walk' && (leg.run === null || !paid.has(key(leg))));
  const prices = open.flatMap(({ price }) => (price ? [price] : []));
  return prices.length < open.length ? null : plus(...prices);
}
