/** Values of the interface as a traveller reads and hears them. */
import { formatRupees } from '../../src/units/money.ts';
import {
  formatDate,
  formatDuration,
  parseDate,
  wallClockAt,
  weekdayOf,
  asEpochDay,
} from '../../src/units/time.ts';
import type { EpochDay } from '../../src/units/time.ts';
import { epochMinuteOf } from '../../src/units/time.ts';
import { words } from '../words.ts';
import type { LegMode, PickName, Price, Route } from './shapes.ts';

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
export const weekdayName = (date: string): string => {
  const day = parseDate(date.slice(0, 10));
  return day === null ? '' : words.weekdays[weekdayOf(day)]!;
};
/** `2026-12-04…` → `Fri 4 Dec`. */
export const dayName = (date: string): string =>
  `${weekdayName(date)} ${Number(date.slice(8, 10))} ${words.months[Number(date.slice(5, 7)) - 1] ?? ''}`;
/** `15 Nov 2026`; without the year where it is that of `beside`. */
export const shortDate = (date: string, beside = ''): string =>
  (date.slice(0, 4) === beside.slice(0, 4) ? dayName(date) : longDate(date)).replace(/^\S+ /u, '');
export const longDate = (date: string): string => `${dayName(date)} ${date.slice(0, 4)}`;

/** 23:00–04:59, when night fares hold and few like to stand at a station. */
export const isNight = (instant: string): boolean => {
  const hour = Number(instant.slice(11, 13));
  return hour >= 23 || hour < 5;
};

/**
 * `16 h 15 m`, kept on one line; below an hour `20 min`, because "Walk 20 m" could be metres.
 */
export const durationText = (minutes: number): string =>
  (minutes < 60 ? `${minutes} min` : formatDuration(minutes)).replaceAll(' ', '\u00A0');

/** `16 hours 15 minutes`, for the ear. */
export function spokenDuration(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return words.units.minutes(rest);
  return rest === 0 ? words.units.hours(hours) : `${words.units.hours(hours)} ${words.units.minutes(rest)}`;
}

/** `₹3,450–3,900`. Estimates are shown in whole rupees, outwards. */
export function priceRange(price: Pick<Price, 'lowMinor' | 'highMinor'>, share = 1): string {
  const low = formatRupees(Math.floor(price.lowMinor / share / 100) * 100);
  const high = formatRupees(Math.ceil(price.highMinor / share / 100) * 100);
  return low === high ? low : `${low}–${high.replace(/^\D+/u, '')}`;
}

/** `Auto, train and metro`, repeated neighbours once. */
export function modeSentence(modes: readonly LegMode[]): string {
  const rides = modes.filter((mode) => mode !== 'walk');
  const names = (rides.length > 0 ? rides : modes)
    .filter((mode, index, all) => mode !== all[index - 1])
    .map((mode) => words.modes[mode].toLowerCase());
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

const labelSentence = (labels: readonly PickName[]): string =>
  labels.map((label) => words.picks[label].toLowerCase()).join(' and ');

/**
 * The heading of an option as one sentence for those who hear it: "Option 2, balanced: train and metro,
 * leaves Fri 21:05, arrives Sat 13:20, 16 hours 15 minutes, …".
 */
export function optionSentence(route: Route, position: number, passengers: number): string {
  const labels = labelSentence(route.labels);
  const tight = route.tightestChange;
  const parts = [
    `${words.card.option} ${position}${labels === '' ? '' : `, ${labels}`}: ${modeSentence(route.legs.map(({ mode }) => mode))}`,
    `leaves ${weekdayName(route.departure)} ${clockOf(route.departure)}`,
    `arrives ${weekdayName(route.arrival)} ${clockOf(route.arrival)}`,
    spokenDuration(route.durationMinutes),
    words.card.changes(route.changes),
    route.price === null
      ? words.card.noPrice.toLowerCase()
      : `${words.card.about} ${priceRange(route.price)} ${words.card.forParty(passengers)}`,
    ...(tight === null ? [] : [`tightest change ${spokenDuration(tight.minutes)} at ${tight.place}`]),
  ];
  return `${parts.join(', ')}.`;
}

export const kilometres = (km: number): string =>
  km < 10 ? String(Math.round(km * 10) / 10) : Math.round(km).toLocaleString('en-IN');
