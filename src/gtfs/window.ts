import type { Feed } from './feed.ts';
import { type DayRange, serviceRange } from './serviceDays.ts';

/** The service days that a timetable is compiled for. */
export interface CalendarWindow {
  readonly firstDay: number;
  readonly dayCount: number;
  /** Feeds that end earlier are continued by their busiest week up to and including this day. */
  readonly rollUntil?: number;
}

/** Runs of Indian Railways are under way for up to four days; nothing read here runs longer than eight. */
export const LOOK_BACK_DAYS = 8;
const LONGEST_IMPORT_DAYS = 400;
const ROLLED_DAYS = 180;
/** A calendar to 2099 would need 30,000 bits for each service; ten years are plenty for one file of questions. */
const LONGEST_PLANNING_DAYS = 3660;
const PLANNING_MARGIN_DAYS = 400;

function joined(feeds: readonly Feed[]): DayRange | null {
  const ranges = feeds.map(serviceRange).filter((range) => range !== null);
  if (ranges.length === 0) return null;
  return {
    first: Math.min(...ranges.map((range) => range.first)),
    last: Math.max(...ranges.map((range) => range.last)),
  };
}

/** The whole calendar with the look-back before it; around the asked days only when it is very long. */
export function planningWindow(feeds: readonly Feed[], askedDays: readonly number[]): CalendarWindow {
  const range = joined(feeds);
  if (range === null) return { firstDay: (askedDays[0] ?? 0) - LOOK_BACK_DAYS, dayCount: 1 };
  let first = range.first - LOOK_BACK_DAYS;
  let last = range.last;
  if (last - first >= LONGEST_PLANNING_DAYS) {
    const inside = (day: number): number => Math.min(Math.max(day, range.first), range.last);
    const asked = askedDays.map(inside).toSorted((a, b) => a - b);
    first = Math.max(first, (asked[0] ?? range.first) - 2 * LOOK_BACK_DAYS);
    last = Math.min(last, (asked.at(-1) ?? range.first) + PLANNING_MARGIN_DAYS);
  }
  return { firstDay: first, dayCount: last - first + 1 };
}

/** From the look-back before today to the end of service, at most 400 days; with `roll` for 180 days at least. */
export function importWindow(feeds: readonly Feed[], today: number, roll: boolean): CalendarWindow {
  const firstDay = today - LOOK_BACK_DAYS;
  const rollUntil = today + ROLLED_DAYS - 1;
  const serviceEnd = joined(feeds)?.last ?? today;
  const last = Math.max(serviceEnd, today, roll ? rollUntil : today);
  const dayCount = Math.min(last - firstDay + 1, LONGEST_IMPORT_DAYS);
  return roll ? { firstDay, dayCount, rollUntil } : { firstDay, dayCount };
}
