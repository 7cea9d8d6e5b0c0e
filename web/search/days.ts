/** The cheapest option of the days round a search: each day is one search, asked for only when the traveller wants it. */
import { asEpochDay, formatDate, parseDate } from '../../src/units/time.ts';
import type { EpochDay } from '../../src/units/time.ts';
import { likelyOf } from './order.ts';
import type { Route } from './shapes.ts';

const DAYS = 7;

/** A week round the day, none of it past. */
export function daysRound(date: string, today: EpochDay): string[] {
  const day = parseDate(date);
  if (day === null) return [];
  const first = Math.max(day - 3, today);
  return Array.from({ length: DAYS }, (_, at) => formatDate(asEpochDay(first + at)));
}

/** Of the options with a price; null: there is none. */
export function cheapestOf(routes: readonly Route[]): Route | null {
  return (
    routes
      .filter((route) => likelyOf(route) !== undefined)
      .toSorted((a, b) => (likelyOf(a) ?? 0) - (likelyOf(b) ?? 0))[0] ?? null
  );
}

/** 0 the cheapest third of the range … 2 the dearest: three tints, each with its figure. */
export function tintOf(minor: number, all: readonly number[]): 0 | 1 | 2 {
  const [low, high] = [Math.min(...all), Math.max(...all)];
  if (high === low) return 0;
  const share = (minor - low) / (high - low);
  return share <= 1 / 3 ? 0 : share <= 2 / 3 ? 1 : 2;
}
