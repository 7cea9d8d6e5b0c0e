/**
 * Days, minutes and zones: the one module that converts between wall clocks and instants.
 *
 * - `EpochDay`: days since 1970-01-01, a calendar date without a zone.
 * - `EpochMinute`: minutes since 1970-01-01T00:00Z, an instant at the resolution of a timetable.
 * - A service day starts at noon minus 12 hours local time (GTFS reference, "Time"), which differs from
 *   midnight on the two days a year when the clock changes.
 */
declare const brand: unique symbol;
export type EpochDay = number & { readonly [brand]: 'EpochDay' };
export type EpochMinute = number & { readonly [brand]: 'EpochMinute' };

export const MINUTES_PER_DAY = 1440;
const MS_PER_MINUTE = 60_000;
const MS_PER_DAY = 86_400_000;

export const asEpochDay = (day: number): EpochDay => day as EpochDay;
export const asEpochMinute = (minute: number): EpochMinute => minute as EpochMinute;

/** Truncates to the minute, as printed timetables do. */
export const epochMinuteOf = (epochMs: number): EpochMinute =>
  Math.floor(epochMs / MS_PER_MINUTE) as EpochMinute;

/** `null` when the date does not exist (2026-02-30). */
export function epochDayOf(year: number, month: number, day: number): EpochDay | null {
  const ms = Date.UTC(year, month - 1, day);
  const date = new Date(ms);
  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day)
    return null;
  return (ms / MS_PER_DAY) as EpochDay;
}

/** Parses `YYYY-MM-DD`; `null` when it is not a date of the calendar. */
export function parseDate(text: string): EpochDay | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return match ? epochDayOf(Number(match[1]), Number(match[2]), Number(match[3])) : null;
}

/** Formats as `YYYY-MM-DD`. */
export const formatDate = (day: EpochDay): string => new Date(day * MS_PER_DAY).toISOString().slice(0, 10);

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Mon` … `Sun`. */
export const weekdayName = (day: EpochDay): string => WEEKDAYS[weekdayOf(day)] ?? '';

/** `2026-12-02` → `Wed 2 Dec`; a text that is no date stays as it is. */
export function formatShortDate(date: string): string {
  const day = parseDate(date);
  if (day === null) return date;
  return `${weekdayName(day)} ${Number(date.slice(8, 10))} ${MONTHS[Number(date.slice(5, 7)) - 1]}`;
}

/**
 * The same day so many calendar months earlier, or the last day of that month when it has no such day:
 * 6 months before 31 August 2026 is 28 February 2026 (`Date.setMonth` says 3 March).
 */
export function monthsBefore(day: EpochDay, months: number): EpochDay {
  const date = new Date(day * MS_PER_DAY);
  const [year, month, dayOfMonth] = [date.getUTCFullYear(), date.getUTCMonth() - months, date.getUTCDate()];
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return (Date.UTC(year, month, Math.min(dayOfMonth, last)) / MS_PER_DAY) as EpochDay;
}

/** 0 = Monday … 6 = Sunday. 1970-01-01 was a Thursday. */
export const weekdayOf = (day: EpochDay): number => (((day + 3) % 7) + 7) % 7;

/** Parses `HH:MM` (00:00–23:59) into minutes; `null` when malformed. */
export function parseClock(text: string): number | null {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  return match ? Number(match[1]) * 60 + Number(match[2]) : null;
}

/** Formats minutes of a day as `HH:MM`; values beyond a day wrap. */
export function formatClock(minutes: number): string {
  const wrapped = ((minutes % MINUTES_PER_DAY) + MINUTES_PER_DAY) % MINUTES_PER_DAY;
  return `${String(Math.floor(wrapped / 60)).padStart(2, '0')}:${String(wrapped % 60).padStart(2, '0')}`;
}

/** Formats a duration as `16 h 15 m`. */
export function formatDuration(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return `${rest} m`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} m`;
}

const formats = new Map<string, Intl.DateTimeFormat>();
function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
    formats.set(zone, format);
  }
  return format;
}

/** True when the runtime's zone database knows the IANA name. */
export function isZone(zone: string): boolean {
  try {
    formatOf(zone);
    return true;
  } catch {
    return false;
  }
}

export interface WallClock {
  readonly day: EpochDay;
  /** Minutes of the day, 0–1439. */
  readonly minutes: number;
}

/** What `zone` shows at an instant, asked of the runtime's zone database: 10 µs. */
function shownAt(instant: EpochMinute, zone: string): WallClock {
  const part: Record<string, number> = {};
  for (const { type, value } of formatOf(zone).formatToParts(instant * MS_PER_MINUTE))
    part[type] = Number(value);
  const ms = Date.UTC(part['year']!, part['month']! - 1, part['day']);
  return { day: (ms / MS_PER_DAY) as EpochDay, minutes: part['hour']! * 60 + part['minute']! };
}

const shownOffset = (instant: EpochMinute, zone: string): number => {
  const local = shownAt(instant, zone);
  return local.day * MINUTES_PER_DAY + local.minutes - instant;
};

/** By zone and day of UTC: the offset that holds all day, `null` where the clock changes in it. */
const dayOffsets = new Map<string, Map<number, number | null>>();
/** Days kept of a zone: two years of timetables, and no more when dates come from outside. */
const MOST_DAY_OFFSETS = 1024;

/** Minutes that `zone` is ahead of UTC at an instant (India: +330). No zone changes its clock twice a day. */
export function zoneOffset(instant: EpochMinute, zone: string): number {
  const day = Math.floor(instant / MINUTES_PER_DAY);
  let offsets = dayOffsets.get(zone);
  if (!offsets) dayOffsets.set(zone, (offsets = new Map()));
  let offset = offsets.get(day);
  if (offset === undefined) {
    const start = day * MINUTES_PER_DAY;
    const first = shownOffset(asEpochMinute(start), zone);
    offset = first === shownOffset(asEpochMinute(start + MINUTES_PER_DAY), zone) ? first : null;
    if (offsets.size >= MOST_DAY_OFFSETS) offsets.clear();
    offsets.set(day, offset);
  }
  return offset ?? shownOffset(instant, zone);
}

/** The wall clock shown in `zone` at an instant. */
export function wallClockAt(instant: EpochMinute, zone: string): WallClock {
  const local = instant + zoneOffset(instant, zone);
  const day = Math.floor(local / MINUTES_PER_DAY) as EpochDay;
  return { day, minutes: local - day * MINUTES_PER_DAY };
}

/**
 * The instant at which `zone` shows this wall clock. A time repeated when clocks go back means its first
 * occurrence; a time skipped when they go forward means the instant the same distance after the change.
 */
export function instantOf(day: EpochDay, minutes: number, zone: string): EpochMinute {
  const local = day * MINUTES_PER_DAY + minutes;
  const before = zoneOffset((local - MINUTES_PER_DAY) as EpochMinute, zone);
  const after = zoneOffset((local + MINUTES_PER_DAY) as EpochMinute, zone);
  for (const offset of [before, after]) {
    const instant = (local - offset) as EpochMinute;
    if (zoneOffset(instant, zone) === offset) return instant;
  }
  return (local - before) as EpochMinute;
}

/** Start of a service day: noon minus 12 hours, local time. */
export const serviceDayStart = (day: EpochDay, zone: string): EpochMinute =>
  (instantOf(day, 720, zone) - 720) as EpochMinute;

/** ISO 8601 with the zone's offset: `2026-12-02T21:05+05:30`. */
export function formatInstant(instant: EpochMinute, zone: string): string {
  const offset = zoneOffset(instant, zone);
  const local = instant + offset;
  const day = Math.floor(local / MINUTES_PER_DAY) as EpochDay;
  const sign = offset < 0 ? '-' : '+';
  return `${formatDate(day)}T${formatClock(local - day * MINUTES_PER_DAY)}${sign}${formatClock(Math.abs(offset))}`;
}

/** Local wall clock without offset: `2026-12-02T21:05`. */
export const formatLocal = (instant: EpochMinute, zone: string): string =>
  formatInstant(instant, zone).slice(0, 16);

/** Parses `YYYY-MM-DDTHH:MM` as a wall clock; `null` when malformed. */
export function parseLocal(text: string): WallClock | null {
  const day = parseDate(text.slice(0, 10));
  const minutes = parseClock(text.slice(11));
  return day === null || minutes === null || text[10] !== 'T' ? null : { day, minutes };
}
