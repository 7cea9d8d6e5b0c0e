/** Days of a month as a grid of weeks, Monday first. */
import { asEpochDay, epochDayOf, formatDate, weekdayOf } from '../../src/units/time.ts';
import type { EpochDay } from '../../src/units/time.ts';

export interface Month {
  readonly year: number;
  /** 1–12. */
  readonly month: number;
}

export const monthOf = (day: EpochDay): Month => {
  const date = formatDate(day);
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)) };
};

/** So many months later (or earlier). */
export const monthAfter = ({ year, month }: Month, months: number): Month => {
  const index = year * 12 + month - 1 + months;
  return { year: Math.floor(index / 12), month: (index % 12) + 1 };
};

const firstOf = ({ year, month }: Month): EpochDay => epochDayOf(year, month, 1)!;

/** Weeks of seven; null where a day belongs to another month. */
export function weeksOf(month: Month): (EpochDay | null)[][] {
  const first = firstOf(month);
  const length = firstOf(monthAfter(month, 1)) - first;
  const lead = weekdayOf(first);
  const cells = Array.from({ length: Math.ceil((lead + length) / 7) * 7 }, (_, at) =>
    at < lead || at >= lead + length ? null : asEpochDay(first + at - lead),
  );
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}

/** The same day of another month, or its last where it has no such day. */
export function inMonth(day: EpochDay, months: number): EpochDay {
  const month = monthAfter(monthOf(day), months);
  const last = firstOf(monthAfter(month, 1)) - 1;
  return asEpochDay(Math.min(last, firstOf(month) + Number(formatDate(day).slice(8)) - 1));
}

/** Where a key of the date grid leads (ARIA APG); null: it is no key of the grid. */
export function dayByKey(key: string, day: EpochDay, withShift: boolean): EpochDay | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -7,
    ArrowDown: 7,
    Home: -weekdayOf(day),
    End: 6 - weekdayOf(day),
  };
  const step = steps[key];
  if (step !== undefined) return asEpochDay(day + step);
  if (key === 'PageUp') return inMonth(day, withShift ? -12 : -1);
  if (key === 'PageDown') return inMonth(day, withShift ? 12 : 1);
  return null;
}
