/** Time against price: the options as points, and those that no other beats in both. */
import { likelyOf } from './order.ts';
import type { Route } from './shapes.ts';

export interface Point {
  readonly route: Route;
  /** 1-based place in the list. */
  readonly position: number;
  readonly minutes: number;
  readonly minor: number;
  /** No other option is both as short and as cheap. */
  readonly front: boolean;
}

/** From the shortest on; options without a price have no place. */
export function pointsOf(routes: readonly Route[]): Point[] {
  const priced = routes
    .flatMap((route, index) => {
      const minor = likelyOf(route);
      return minor === undefined
        ? []
        : [{ route, position: index + 1, minutes: route.durationMinutes, minor }];
    })
    .toSorted((a, b) => a.minutes - b.minutes || a.minor - b.minor);
  let cheapest = Infinity;
  return priced.map((point) => {
    const front = point.minor < cheapest;
    cheapest = Math.min(cheapest, point.minor);
    return { ...point, front };
  });
}

/** A few round values from `low` to `high`, one beyond at each end where they are not round themselves. */
export function roundSteps(low: number, high: number, most: number, steps: readonly number[]): number[] {
  const span = Math.max(high - low, 1);
  const step = stepFor(span / most, steps);
  const first = Math.floor(low / step) * step;
  const values: number[] = [];
  for (let value = first; values.length === 0 || values.at(-1)! < high; value += step) values.push(value);
  return values;
}

/** The smallest of the steps, or of them times a power of ten, that is no less than `least`. */
function stepFor(least: number, steps: readonly number[]): number {
  const fitting = steps.find((step) => step >= least);
  if (fitting !== undefined) return fitting;
  const last = steps.at(-1)!;
  return last * Math.ceil(least / last);
}
