import { serviceDayStart, asEpochDay, MINUTES_PER_DAY, weekdayOf } from '../units/time.ts';
import type { Feed, Service } from './feed.ts';
import type { NoticeLog } from './notice.ts';

export const runsOn = (service: Service, day: number): boolean =>
  service.exceptions.get(day) ??
  service.periods.some(
    ({ weekdays, from, to }) =>
      day >= from && day <= to && ((weekdays >> weekdayOf(asEpochDay(day))) & 1) === 1,
  );

export interface DayRange {
  readonly first: number;
  readonly last: number;
}

/** First and last day on which any service of the feed runs; `null` when none ever does. */
export function serviceRange(feed: Feed): DayRange | null {
  let first = Infinity;
  let last = -Infinity;
  for (const service of feed.services) {
    for (const [day, added] of service.exceptions)
      if (added) [first, last] = [Math.min(first, day), Math.max(last, day)];
    for (const period of service.periods) {
      if (period.weekdays === 0) continue;
      const from = edge(service, period.from, period.to, 1);
      const to = edge(service, period.to, period.from, -1);
      if (from !== null && to !== null) [first, last] = [Math.min(first, from), Math.max(last, to)];
    }
  }
  return first <= last ? { first, last } : null;
}

/**
 * First active day of a weekly period from `start` towards `end`. A period of 8,000 years without a weekday is no
 * reason to look at each of its days; with a weekday, only exceptions can lengthen the search.
 */
function edge(service: Service, start: number, end: number, step: 1 | -1): number | null {
  for (let day = start; step === 1 ? day <= end : day >= end; day += step)
    if (runsOn(service, day)) return day;
  return null;
}

/** A weekly period may name no weekday, or lie between two of them. `lines`: of `calendar.txt`. */
export function checkServices(lines: ReadonlyMap<Service, number>, log: NoticeLog): void {
  for (const [service, row] of lines) {
    if ([...service.exceptions.values()].includes(true)) continue;
    const { weekdays, from, to } = service.periods[0]!;
    if (weekdays !== 0 && edge(service, from, to, 1) !== null) continue;
    const place = { file: 'calendar.txt', row, column: 'service_id', value: service.id };
    log.add('SERVICE_WITHOUT_DAYS', place, 'This service has no day at all; its trips never run.');
  }
}

/** Weeks longer ago are of no use as an example, and a calendar may claim to begin in the year 1. */
const LONGEST_LOOK_DAYS = 3660;

/** Seven consecutive days; index 0 = Monday. */
export interface ReferenceWeek {
  readonly firstDay: number;
  dayLike(day: number): number;
}

/**
 * The week (seven days in a row) with the most departures of runs, the latest of equals: the week that a rolled
 * calendar repeats. A real week keeps services together that really ran together; patterns collected over a
 * whole year would run summer and winter timetables on the same day.
 */
export function busiestWeek(feed: Feed, { first, last }: DayRange): ReferenceWeek {
  const range = { first: Math.max(first, last - LONGEST_LOOK_DAYS + 1), last };
  const weights = new Float64Array(feed.services.length);
  for (const trip of feed.trips) weights[trip.service]!++;
  const length = range.last - range.first + 1;
  const perDay = new Float64Array(length);
  for (const [index, service] of feed.services.entries())
    for (let d = 0; d < length; d++) if (runsOn(service, range.first + d)) perDay[d]! += weights[index]!;
  let best = 0;
  let bestSum = -1;
  for (let d = 0; d === 0 || d + 7 <= length; d++) {
    let sum = 0;
    for (let i = d; i < Math.min(d + 7, length); i++) sum += perDay[i]!;
    if (sum >= bestSum) [best, bestSum] = [d, sum];
  }
  const firstDay = range.first + best;
  return { firstDay, dayLike: (day) => firstDay + ((((day - firstDay) % 7) + 7) % 7) };
}

const starts = new Map<string, Map<number, number>>();

/** Timeline minutes of noon minus 12 hours for each service day; asked of the zone database once a day. */
export function dayStarts(zone: string, firstDay: number, dayCount: number): Int32Array {
  const known = starts.get(zone) ?? new Map<number, number>();
  starts.set(zone, known);
  return Int32Array.from({ length: dayCount }, (_, d) => {
    const day = firstDay + d;
    let start = known.get(day);
    if (start === undefined) known.set(day, (start = serviceDayStart(asEpochDay(day), zone)));
    return start - firstDay * MINUTES_PER_DAY;
  });
}
