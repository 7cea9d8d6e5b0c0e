import { preferenceOrder } from './query.ts';
import type { Preference, Route, SearchResponse } from './shapes.ts';

export const orders = [...preferenceOrder, 'SAFEST', 'EARLIEST'] as const;
export type Order = (typeof orders)[number];

const isPreference = (order: Order): order is Preference => order !== 'SAFEST' && order !== 'EARLIEST';

/**
 * The pick of the wished order first, then the other picks, then the rest in the wished order. By departure or by
 * safety there is nothing to put before: the order is plain.
 */
export function orderRoutes(routes: readonly Route[], picks: SearchResponse['picks'], order: Order): Route[] {
  const rank = rankBy(routes, order);
  const byRank = (a: Route, b: Route): number => rank(a) - rank(b) || a.departure.localeCompare(b.departure);
  if (!isPreference(order)) return routes.toSorted(byRank);
  const pickIds = [picks[order], ...preferenceOrder.map((name) => picks[name])];
  const place = (route: Route): number => {
    const pick = pickIds.indexOf(route.id);
    return pick === -1 ? pickIds.length : pick;
  };
  return routes.toSorted((a, b) => place(a) - place(b) || byRank(a, b));
}

/** As the interface compares them: the likely price, savings taken off. */
export const likelyOf = ({
  price,
  effectivePrice,
}: Pick<Route, 'price' | 'effectivePrice'>): number | undefined => (effectivePrice ?? price)?.likelyMinor;
const priceOf = (route: Route): number => likelyOf(route) ?? Infinity;

/** Smaller is earlier. Options without a price come last where the price counts. */
function rankBy(routes: readonly Route[], order: Order): (route: Route) => number {
  if (order === 'FASTEST') return (route) => route.durationMinutes;
  if (order === 'CHEAPEST') return priceOf;
  if (order === 'EARLIEST') return (route) => Date.parse(route.departure);
  if (order === 'SAFEST') return (route) => 1 - (route.risk?.probability ?? -1);
  const time = scale(routes.map((route) => route.durationMinutes));
  const cost = scale(routes.flatMap((route) => likelyOf(route) ?? []));
  return (route) => Math.hypot(time(route.durationMinutes), cost(priceOf(route)));
}

/** Maps the values' range to 0–1. */
function scale(values: readonly number[]): (value: number) => number {
  const low = Math.min(...values);
  const span = Math.max(...values) - low;
  return (value) => (span > 0 ? (value - low) / span : value === Infinity ? Infinity : 0);
}
