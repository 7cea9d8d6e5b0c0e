import type { TimetableInput } from './input.ts';
import { NO_DAY } from './layout.ts';

/** The distinct services of a timetable; feeds often give every run its own copy. */
export interface Calendar {
  /** Service of the input → distinct service, or -1 when it never runs. */
  readonly serviceOf: Int32Array;
  /** Service days of each distinct service, and how many they are. */
  readonly days: readonly Uint8Array[];
  readonly dayTotals: readonly number[];
}

export function collectCalendar(input: TimetableInput): Calendar {
  const serviceOf = new Int32Array(input.services.length).fill(-1);
  const known = new Map<string, number>();
  const days: Uint8Array[] = [];
  const dayTotals: number[] = [];
  input.services.forEach((service, index) => {
    const total = service.days.reduce((sum, flag) => sum + (flag ? 1 : 0), 0);
    if (total === 0) return;
    const key = service.days.join('');
    let distinct = known.get(key);
    if (distinct === undefined) {
      distinct = days.length;
      known.set(key, distinct);
      days.push(service.days);
      dayTotals.push(total);
    }
    serviceOf[index] = distinct;
  });
  return { serviceOf, days, dayTotals };
}

/** Fills one row (day count + 1) of the tables "first active day at or after" and "last … at or before". */
export function fillDayTables(days: Uint8Array, next: Uint16Array, previous: Uint16Array): void {
  let day = NO_DAY;
  next[days.length] = NO_DAY;
  for (let d = days.length - 1; d >= 0; d--) {
    if (days[d]) day = d;
    next[d] = day;
  }
  day = NO_DAY;
  for (let d = 0; d <= days.length; d++) {
    if (days[d]) day = d;
    previous[d] = day;
  }
}

/** The shortest service day of each zone: 1440, or 1380 where clocks go forward an hour. */
export const shortestDays = (input: TimetableInput): number[] =>
  input.zones.map(({ dayStart }) => {
    let shortest = 1440;
    for (let day = 1; day < dayStart.length; day++)
      shortest = Math.min(shortest, dayStart[day]! - dayStart[day - 1]!);
    return shortest;
  });
