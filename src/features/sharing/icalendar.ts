/**
 * The text form of RFC 5545, as far as trips need it. Written here because the packages for it know one zone an event
 * and leave the definition of zones to others: a flight ends in another zone than it begins in.
 */
import {
  type EpochDay,
  epochDayOf,
  type EpochMinute,
  asEpochMinute,
  formatClock,
  formatDate,
  instantOf,
  MINUTES_PER_DAY,
  wallClockAt,
  zoneOffset,
} from '../../units/time.ts';

const LINE_OCTETS = 75;
const encoder = new TextEncoder();

/** TEXT of RFC 5545, 3.3.11, on any name: what would end a line or a value is escaped or dropped. */
export const escapeText = (text: string): string =>
  text
    .replaceAll(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    // oxlint-disable-next-line no-control-regex -- these may not stand in a content line
    .replaceAll(/[\u0000-\u0008\u000B-\u001F\u007F]/g, '')
    .replaceAll(/[\\;,]/g, (mark) => `\\${mark}`)
    .replaceAll('\n', '\\n');

/** Lines of at most 75 octets, broken between characters and going on after a space. */
export function fold(line: string): string {
  if (Buffer.byteLength(line) <= LINE_OCTETS) return line;
  const parts: string[] = [];
  let part = '';
  let octets = 0;
  for (const character of line) {
    const size = encoder.encode(character).length;
    if (octets + size > LINE_OCTETS) {
      parts.push(part);
      [part, octets] = [' ', 1];
    }
    part += character;
    octets += size;
  }
  return [...parts, part].join('\r\n');
}

const compact = (text: string): string => text.replaceAll(/[-:]/g, '');
const wallClock = (day: EpochDay, minutes: number): string =>
  `${compact(formatDate(day))}T${compact(formatClock(minutes))}00`;

/** `20261215T040000Z`. */
export const utcTime = (epochMs: number): string =>
  `${compact(new Date(epochMs).toISOString().slice(0, 19))}Z`;

/**
 * `DTSTART;TZID=Asia/Kolkata:20261215T093000`. Of an hour that clocks show twice the wall clock means one thing to one
 * program and another to the next, so there the instant is written.
 */
export function zonedTime(name: string, at: EpochMinute, zone: string): string {
  const { day, minutes } = wallClockAt(at, zone);
  const local = day * MINUTES_PER_DAY + minutes;
  const twice = [-MINUTES_PER_DAY, MINUTES_PER_DAY].some((apart) => {
    const offset = zoneOffset(asEpochMinute(at + apart), zone);
    const other = asEpochMinute(local - offset);
    return other !== at && zoneOffset(other, zone) === offset;
  });
  return twice ? `${name}:${utcTime(at * 60_000)}` : `${name};TZID=${zone}:${wallClock(day, minutes)}`;
}

/** `+0530`. */
function offsetText(minutes: number): string {
  return `${minutes < 0 ? '-' : '+'}${compact(formatClock(Math.abs(minutes)))}`;
}

/** Shorter than any two changes of a zone lie apart (Ramadan in Morocco takes a month). */
const PROBE_MINUTES = 16 * MINUTES_PER_DAY;

/**
 * The definition of a zone for the years in which it is used: the offset that a year begins with, and every change in
 * it, as the runtime's zone database has them.
 */
export function timeZone(zone: string, years: readonly number[]): string[] {
  const lines = ['BEGIN:VTIMEZONE', `TZID:${zone}`];
  for (const year of years) {
    const start = instantOf(epochDayOf(year, 1, 1)!, 0, zone);
    const end = instantOf(epochDayOf(year + 1, 1, 1)!, 0, zone);
    lines.push(...observance(start, zoneOffset(start, zone), zoneOffset(start, zone)));
    for (let from: EpochMinute = start; from < end;) {
      const to = asEpochMinute(Math.min(from + PROBE_MINUTES, end));
      const [before, after] = [zoneOffset(from, zone), zoneOffset(to, zone)];
      if (before !== after) lines.push(...observance(changeBetween(from, to, zone), before, after));
      from = to;
    }
  }
  return [...lines, 'END:VTIMEZONE'];
}

/** The first minute with the offset of `to`. */
function changeBetween(from: EpochMinute, to: EpochMinute, zone: string): EpochMinute {
  const before = zoneOffset(from, zone);
  let [low, high]: [number, number] = [from, to];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (zoneOffset(asEpochMinute(middle), zone) === before) low = middle;
    else high = middle;
  }
  return asEpochMinute(high);
}

/** Its onset is written by the clock that was in use until then. */
function observance(onset: EpochMinute, before: number, after: number): string[] {
  const local = onset + before;
  const day = Math.floor(local / MINUTES_PER_DAY) as EpochDay;
  const kind = after > before ? 'DAYLIGHT' : 'STANDARD';
  return [
    `BEGIN:${kind}`,
    `DTSTART:${wallClock(day, local - day * MINUTES_PER_DAY)}`,
    `TZOFFSETFROM:${offsetText(before)}`,
    `TZOFFSETTO:${offsetText(after)}`,
    `END:${kind}`,
  ];
}
