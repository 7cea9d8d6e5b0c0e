/** Values of the interface as a traveller reads and hears them, in the language of the page. */
import { formatRupees } from '../../src/units/money.ts';
import { asEpochDay, epochMinuteOf, formatDate, parseDate, wallClockAt } from '../../src/units/time.ts';
import type { EpochDay } from '../../src/units/time.ts';
import type { LegMode, Price } from '../search/shapes.ts';
import { locale } from './language.ts';
import { siteWords } from './site.ts';

/** Dates of the form are those of India's clock, wherever the browser is. */
const ZONE = 'Asia/Kolkata';

export const today = (nowMs: number): EpochDay => wallClockAt(epochMinuteOf(nowMs), ZONE).day;
export const dateAfter = (day: EpochDay, days: number): string => formatDate(asEpochDay(day + days));
export const clockNow = (iso: string): string => {
  const { minutes } = wallClockAt(epochMinuteOf(Date.parse(iso)), ZONE);
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
};

/** `2026-12-04T21:05+05:30` → `21:05`: an instant carries the local wall clock. */
export const clockOf = (instant: string): string => instant.slice(11, 16);

/** Formats are slow to make and few. */
const formats = new Map<string, Intl.DateTimeFormat>();
function datePart(date: string, part: 'weekday' | 'month', style: 'short' | 'long' = 'short'): string {
  const day = parseDate(date.slice(0, 10));
  if (day === null) return '';
  const key = `${locale()} ${part} ${style}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(locale(), { [part]: style, timeZone: 'UTC' });
    formats.set(key, format);
  }
  return format.format(day * 86_400_000);
}

export const weekdayName = (date: string): string => datePart(date, 'weekday');
export const monthName = (date: string): string => datePart(date, 'month');
/** `December`. */
export const longMonthName = (date: string): string => datePart(date, 'month', 'long');
/** `2026-12-04…` → `Fri 4 Dec`. */
export const dayName = (date: string): string =>
  `${weekdayName(date)} ${Number(date.slice(8, 10))} ${datePart(date, 'month')}`;
/** `15 Nov 2026`; without the year where it is that of `beside`. */
export const shortDate = (date: string, beside = ''): string =>
  (date.slice(0, 4) === beside.slice(0, 4) ? dayName(date) : longDate(date)).replace(/^\S+ /u, '');
export const longDate = (date: string): string => `${dayName(date)} ${date.slice(0, 4)}`;

/** 23:00–04:59, when night fares hold and few like to stand at a station. */
export const isNight = (instant: string): boolean => {
  const hour = Number(instant.slice(11, 13));
  return hour >= 23 || hour < 5;
};

/** `16 h 15 m`, kept on one line. */
export const durationText = (minutes: number): string =>
  siteWords.units.duration(Math.floor(minutes / 60), minutes % 60).replaceAll(' ', '\u00A0');

/** `16 hours 15 minutes`, for the ear. */
export function spokenDuration(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return siteWords.units.minutes(rest);
  return rest === 0
    ? siteWords.units.hours(hours)
    : `${siteWords.units.hours(hours)} ${siteWords.units.minutes(rest)}`;
}

/** `₹3,450–3,900`. Estimates are shown in whole rupees, outwards. */
export function priceRange(price: Pick<Price, 'lowMinor' | 'highMinor'>, share = 1): string {
  const low = formatRupees(Math.floor(price.lowMinor / share / 100) * 100);
  const high = formatRupees(Math.ceil(price.highMinor / share / 100) * 100);
  return low === high ? low : `${low}–${high.replace(/^\D+/u, '')}`;
}

/** `auto, train and metro`, repeated neighbours once. */
export function modeSentence(modes: readonly LegMode[]): string {
  const rides = modes.filter((mode) => mode !== 'walk');
  const names = (rides.length > 0 ? rides : modes)
    .filter((mode, index, all) => mode !== all[index - 1])
    .map((mode) => siteWords.modes[mode].toLowerCase());
  return siteWords.units.and(names);
}

export const kilometres = (km: number): string =>
  km < 10 ? String(Math.round(km * 10) / 10) : Math.round(km).toLocaleString(locale());
