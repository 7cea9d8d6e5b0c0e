import type { Preference, Route, SearchResponse } from './shapes.ts';
import { preferenceOrder } from './query.ts';

/** The pick of the wished order first, then the other two picks, then the rest in the wished order. */
export function orderRoutes(
  routes: readonly Route[],
  picks: SearchResponse['picks'],
  order: Preference,
): Route[] {
  const pickIds = [picks[order], ...preferenceOrder.map((name) => picks[name])];
  const rank = rankBy(routes, order);
  const place = (route: Route): number => {
    const pick = pickIds.indexOf(route.id);
    return pick === -1 ? pickIds.length : pick;
  };
  return routes.toSorted(
    (a, b) => place(a) - place(b) || rank(a) - rank(b) || a.departure.localeCompare(b.departure),
  );
}

/** As the interface compares them: the likely price, savings taken off. */
const likelyOf = ({ price, effectivePrice }: Route): number | undefined =>
  (effectivePrice ?? price)?.likelyMinor;
const priceOf = (route: Route): number => likelyOf(route) ?? Infinity;

/** Smaller is earlier. Options without a price come last where the price counts. */
function rankBy(routes: readonly Route[], order: Preference): (route: Route) => number {
  if (order === 'FASTEST') return (route) => route.durationMinutes;
  if (order === 'CHEAPEST') return priceOf;
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
