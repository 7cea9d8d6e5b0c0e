import { epochMinuteOf, formatInstant, formatShortDate } from '../../units/time.ts';
import type { LegEnd } from './itinerary.ts';

/** "Train", "Auto"; any mode that a kept route may have. */
export const modeName = (mode: string): string =>
  mode.slice(0, 1).toUpperCase() + mode.slice(1).replaceAll(/[_-]/g, ' ');

/** "Hazrat Nizamuddin (NZM)". */
export const endName = (end: Pick<LegEnd, 'name' | 'code'> | null): string => {
  if (!end) return '?';
  return end.code === null || end.name.includes(end.code) ? end.name : `${end.name} (${end.code})`;
};

/** The wall clock of a place at an instant: `2026-12-15`, `Tue 15 Dec` and `09:30`. */
export function wallClockOf(
  instant: string,
  zone: string,
): { readonly date: string; readonly day: string; readonly clock: string } {
  const local = formatInstant(epochMinuteOf(Date.parse(instant)), zone);
  const date = local.slice(0, 10);
  return { date, day: formatShortDate(date), clock: local.slice(11, 16) };
}
