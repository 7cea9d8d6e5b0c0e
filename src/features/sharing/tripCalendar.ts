import {
  asEpochMinute,
  type EpochMinute,
  epochMinuteOf,
  instantOf,
  parseClock,
  parseDate,
  wallClockAt,
} from '../../units/time.ts';
import type { Trip } from '../trips/contract.ts';
import { escapeText, fold, timeZone, utcTime, zonedTime } from './icalendar.ts';
import { type Itinerary, type ItineraryLeg, itineraryOf } from './itinerary.ts';
import { endName, modeName, wallClockOf } from './words.ts';

export interface CalendarOptions {
  readonly name: string;
  /** Whether booking references are in it: for a file of the user's own, never under a link. */
  readonly references: boolean;
}

/** So long before the first leg one is reminded, and before a ride beyond the time to board it. */
const LEAVE_MINUTES = 60;
const RIDE_MINUTES = 30;

/** When a zone is used, by the wall clock's year; what the calendar must define. */
type Zones = Map<string, Set<number>>;

/** Above it a calendar program takes long to read: some ten megabytes, or a thousand trips. */
const MAX_EVENTS = 10_000;

/**
 * Trips as a calendar: an event a leg, each in the zones of its own ends, with an alarm before it leaves; a trip
 * without a route is one event at its time, or of its whole day. The same trips make the same bytes. Trips beyond
 * 10,000 events are left out, and a last event says so.
 */
export const tripCalendar = (trips: readonly Trip[], options: CalendarOptions): string => {
  const calendar = new Calendar(options);
  calendar.add(trips);
  return calendar.text();
};

/** The same of trips that come page by page. */
export async function pagedCalendar(
  pages: AsyncIterable<readonly Trip[]>,
  options: CalendarOptions,
): Promise<string> {
  const calendar = new Calendar(options);
  for await (const trips of pages) if (!calendar.add(trips)) break;
  return calendar.text();
}

class Calendar {
  readonly #options: CalendarOptions;
  readonly #zones: Zones = new Map();
  readonly #lines: string[] = [];
  #events = 0;
  #full = false;

  constructor(options: CalendarOptions) {
    this.#options = options;
  }

  /** False when no more are taken. */
  add(trips: readonly Trip[]): boolean {
    for (const trip of trips) {
      if (this.#full) break;
      const events = tripEvents(itineraryOf(trip), this.#options, this.#zones);
      this.#full = this.#events + events.length > MAX_EVENTS;
      this.#events += events.length;
      for (const event of this.#full ? [leftOutEvent(trip)] : events)
        for (const line of event) this.#lines.push(`${fold(line)}\r\n`);
    }
    return !this.#full;
  }

  text(): string {
    const { name } = this.#options;
    // A calendar without any component is none (RFC 5545, 3.6).
    if (this.#events === 0) this.#zones.set('Asia/Kolkata', new Set([2026]));
    const head = [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//RouteStitch//Trips//EN',
      'CALSCALE:GREGORIAN',
      `NAME:${escapeText(name)}`,
      `X-WR-CALNAME:${escapeText(name)}`,
      'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
      'X-PUBLISHED-TTL:PT1H',
      ...[...this.#zones].flatMap(([zone, years]) =>
        timeZone(
          zone,
          [...years].toSorted((a, b) => a - b),
        ),
      ),
    ];
    return [...head.map((line) => `${fold(line)}\r\n`), ...this.#lines, 'END:VCALENDAR\r\n'].join('');
  }
}

/** On the day of the first trip that is not shown. */
const leftOutEvent = (trip: Trip): string[] => [
  'BEGIN:VEVENT',
  'UID:left-out@routestitch',
  ...stamps(trip),
  `DTSTART;VALUE=DATE:${trip.date.replaceAll('-', '')}`,
  'SUMMARY:RouteStitch: later trips are not in this calendar',
  `DESCRIPTION:${escapeText(`It shows ${MAX_EVENTS} legs at most. Subscribe to a later trip by itself.`)}`,
  'END:VEVENT',
];

/** The lines of each event. */
function tripEvents(itinerary: Itinerary, options: CalendarOptions, zones: Zones): string[][] {
  const { trip, legs } = itinerary;
  const dated = legs.filter((leg) => leg.mode !== 'walk' && leg.departure !== null && leg.arrival !== null);
  if (dated.length === 0) return [tripEvent(trip, zones)];
  return dated.map((leg, index) => legEvent(trip, leg, index === 0, options, zones));
}

/** A zoned time, noted among the zones to define. */
function zoned(name: string, at: EpochMinute, zone: string, zones: Zones): string {
  const year = new Date(wallClockAt(at, zone).day * 86_400_000).getUTCFullYear();
  zones.set(zone, (zones.get(zone) ?? new Set()).add(year));
  return zonedTime(name, at, zone);
}

const minuteOf = (instant: string): EpochMinute => epochMinuteOf(Date.parse(instant));

/** What all events of a trip say; later versions of one have a later stamp and a higher sequence. */
function stamps({ createdAt, updatedAt }: Trip): string[] {
  const [created, updated] = [Date.parse(createdAt), Date.parse(updatedAt)];
  return [
    `DTSTAMP:${utcTime(updated)}`,
    `CREATED:${utcTime(created)}`,
    `LAST-MODIFIED:${utcTime(updated)}`,
    `SEQUENCE:${Math.max(0, Math.floor((updated - created) / 1000))}`,
  ];
}

const alarm = (minutes: number, text: string): string[] => [
  'BEGIN:VALARM',
  'ACTION:DISPLAY',
  `TRIGGER:-PT${minutes}M`,
  `DESCRIPTION:${escapeText(text)}`,
  'END:VALARM',
];

function legEvent(
  trip: Trip,
  leg: ItineraryLeg,
  first: boolean,
  { references }: CalendarOptions,
  zones: Zones,
): string[] {
  const [fromZone, toZone] = [leg.from?.zone ?? trip.timezone, leg.to?.zone ?? trip.timezone];
  const start = minuteOf(leg.departure!);
  const end = asEpochMinute(Math.max(start, minuteOf(leg.arrival!)));
  const cancelled = trip.status === 'CANCELLED';
  const what = leg.line ?? modeName(leg.mode);
  const summary = `${what}: ${endName(leg.from)} → ${endName(leg.to)}`;
  const ride = leg.line !== null;
  const before = Math.max(ride ? leg.bufferMinutes + RIDE_MINUTES : 0, first ? LEAVE_MINUTES : 0);
  return [
    'BEGIN:VEVENT',
    `UID:${leg.booking?.id ?? `${trip.id}-${leg.index}`}@routestitch`,
    ...stamps(trip),
    zoned('DTSTART', start, fromZone, zones),
    zoned('DTEND', end, toZone, zones),
    `SUMMARY:${escapeText(summary)}`,
    ...(leg.from ? [`LOCATION:${escapeText(endName(leg.from))}`] : []),
    `DESCRIPTION:${escapeText(description(trip, leg, references))}`,
    `STATUS:${cancelled ? 'CANCELLED' : leg.booking?.isBooked === false ? 'TENTATIVE' : 'CONFIRMED'}`,
    ...(cancelled || before === 0 ? [] : alarm(before, `${summary} in ${before} minutes`)),
    'END:VEVENT',
  ];
}

function description(trip: Trip, leg: ItineraryLeg, references: boolean): string {
  const { booking } = leg;
  const said = [
    `Departs ${clockText(leg.departure!, leg.from?.zone ?? trip.timezone)}`,
    `Arrives ${clockText(leg.arrival!, leg.to?.zone ?? trip.timezone)}`,
  ];
  if (leg.bufferMinutes > 0) said.push(`Be there ${leg.bufferMinutes} minutes before.`);
  if (booking && !booking.isBooked) said.push('Not booked yet.');
  if (booking?.isBooked && references)
    said.push(['Booked', booking.platform, booking.bookingRef].filter(Boolean).join(', '));
  return said.join('\n');
}

/** `Tue 15 Dec 09:30 (Asia/Kolkata)`. */
function clockText(instant: string, zone: string): string {
  const { day, clock } = wallClockOf(instant, zone);
  return `${day} ${clock} (${zone})`;
}

/** A trip without a route. */
function tripEvent(trip: Trip, zones: Zones): string[] {
  const summary = `${trip.origin.name} → ${trip.destination.name}`;
  const cancelled = trip.status === 'CANCELLED';
  const start = instantOf(parseDate(trip.date)!, parseClock(trip.time ?? '00:00')!, trip.timezone);
  const day = trip.date.replaceAll('-', '');
  return [
    'BEGIN:VEVENT',
    `UID:${trip.id}@routestitch`,
    ...stamps(trip),
    trip.time === null ? `DTSTART;VALUE=DATE:${day}` : zoned('DTSTART', start, trip.timezone, zones),
    `SUMMARY:${escapeText(summary)}`,
    'DESCRIPTION:No route is chosen yet.',
    `STATUS:${cancelled ? 'CANCELLED' : 'TENTATIVE'}`,
    ...(cancelled || trip.time === null
      ? []
      : alarm(LEAVE_MINUTES, `${summary} in ${LEAVE_MINUTES} minutes`)),
    'END:VEVENT',
  ];
}
