import {
  asEpochDay,
  asEpochMinute,
  type EpochMinute,
  epochMinuteOf,
  instantOf,
  parseClock,
  parseDate,
} from '../../units/time.ts';
import type { Notifications } from '../accounts/contract.ts';
import { bookableLegSchema } from '../booking/contract.ts';
import { openings } from '../booking/index.ts';
import type { BookingLeg, KeptRoute, Trip } from '../trips/index.ts';
import type { ReminderKind } from './contract.ts';
import { outsideQuiet } from './quietHours.ts';

/** What of a trip reminders are made of. */
export type RemindedTrip = Pick<Trip, 'status' | 'timezone' | 'selectedRoute' | 'bookingLegs'>;

export interface PlannedReminder {
  readonly kind: ReminderKind;
  /** With `kind` and `eventAt`, what makes it the same one. */
  readonly legKey: string;
  readonly legIndex: number;
  readonly eventAt: EpochMinute;
  readonly dueAt: EpochMinute;
  /** Later it is of no use. */
  readonly useUntil: EpochMinute;
  /** The leg is booked: it is kept for when the booking is taken back, and not sent otherwise. */
  readonly needless: boolean;
}

/** The evening before an opening at eight, when there is time to prepare for it. */
const OPENING_LEAD = 14 * 60;
/** Late tickets are still tickets. */
const OPENING_USE = 24 * 60;
const TATKAL_USE = 2 * 60;
/** When one is told that a leg is not booked. */
const MORNING = parseClock('09:00')!;
/** A leg that ends a stay of so many minutes begins with leaving the place. */
const STAY = 180;

const OPEN = new Set<Trip['status']>(['PLANNED', 'PARTIALLY_BOOKED', 'FULLY_BOOKED', 'IN_PROGRESS']);
/** What is called on the day needs no booking ahead. */
const BOOKED_AHEAD = new Set(['train', 'flight', 'bus']);

type KeptLeg = KeptRoute['legs'][number];
interface Dated {
  readonly index: number;
  readonly leg: KeptLeg;
  readonly departs: EpochMinute;
  /** `YYYY-MM-DD` by the clock of its place. */
  readonly day: string;
  readonly booking: BookingLeg | undefined;
}

/**
 * All reminders of a trip, whatever is past of them: the same trip and wishes make the same ones. None of a trip
 * without a route, which has no departures.
 * @param now for what opens when.
 */
export function plannedReminders(
  trip: RemindedTrip,
  wishes: Notifications,
  now: EpochMinute,
): PlannedReminder[] {
  if (!OPEN.has(trip.status) || !wishes.emailReminders) return [];
  const legs = datedLegs(trip);
  const wanted = new Set(wishes.kinds);
  return [...legs.flatMap((leg) => bookingReminders(leg, wishes, now)), ...leaving(legs, wishes)]
    .filter(({ kind }) => wanted.has(kind))
    .toSorted((a, b) => a.dueAt - b.dueAt);
}

function datedLegs({ selectedRoute, bookingLegs }: RemindedTrip): Dated[] {
  const bookings = new Map(bookingLegs.map((leg) => [leg.legIndex, leg]));
  return (selectedRoute?.legs ?? []).flatMap((leg, index): Dated[] => {
    if (!leg.departure) return [];
    const departs = epochMinuteOf(Date.parse(leg.departure));
    return [{ index, leg, departs, day: leg.departure.slice(0, 10), booking: bookings.get(index) }];
  });
}

function bookingReminders(dated: Dated, wishes: Notifications, now: EpochMinute): PlannedReminder[] {
  const { index, leg, departs, day, booking } = dated;
  if (!booking || !BOOKED_AHEAD.has(leg.mode)) return [];
  const of = { legKey: booking.id, legIndex: index, needless: booking.isBooked };
  const reminders: PlannedReminder[] = [];
  const { opensAt, tatkalAt } = openingOf(dated, now);
  const opening = (kind: ReminderKind, at: EpochMinute, use: number): void => {
    const dueAt = outsideQuiet(asEpochMinute(at - OPENING_LEAD), wishes, 'earlier');
    const useUntil = asEpochMinute(Math.min(at + use, departs));
    if (dueAt < useUntil) reminders.push({ ...of, kind, eventAt: at, dueAt, useUntil });
  };
  if (opensAt !== null) opening('BOOKING_OPENS', opensAt, OPENING_USE);
  if (tatkalAt !== null) opening('TATKAL_OPENS', tatkalAt, TATKAL_USE);
  const { daysBefore, timezone } = wishes;
  const morning = instantOf(asEpochDay(parseDate(day)! - daysBefore), MORNING, timezone);
  const dueAt = outsideQuiet(morning, wishes, 'later');
  // Before the booking opens there is nothing to remind of; then the opening is told.
  if (dueAt < departs && (opensAt === null || opensAt <= dueAt))
    reminders.push({ ...of, kind: 'NOT_BOOKED', eventAt: startOfDay(dated), dueAt, useUntil: departs });
  return reminders;
}

/** Of a leg as a search wrote it; a kept route may be of any version, and then nothing is known. */
function openingOf({ index, leg }: Dated, now: EpochMinute) {
  const read = bookableLegSchema.safeParse(leg);
  const instant = (at: string | null | undefined): EpochMinute | null =>
    at ? epochMinuteOf(Date.parse(at)) : null;
  if (!read.success) return { opensAt: null, tatkalAt: null };
  const bookable = { legIndex: index, leg: read.data, fareClass: classOf(leg), trainStartsAt: null };
  const [found] = openings([bookable], now);
  return { opensAt: instant(found?.opensAt), tatkalAt: instant(found?.tatkalAt) };
}

function classOf(leg: KeptLeg): string | null {
  const { price } = leg as { price?: { classCode?: unknown } | null };
  return typeof price?.classCode === 'string' ? price.classCode : null;
}

/** Whether the class of a leg is not known, on which the hour of its Tatkal depends. */
export const openingClassOpen = ({ selectedRoute }: RemindedTrip, legIndex: number): boolean => {
  const leg = selectedRoute?.legs[legIndex];
  return leg === undefined || classOf(leg) === null;
};

/** Midnight by the clock that the departure is written in. */
function startOfDay({ leg, departs }: Dated): EpochMinute {
  const clock = parseClock(leg.departure!.slice(11, 16))!;
  return asEpochMinute(departs - clock);
}

/** Leaving home, and leaving the place of each stay. */
function leaving(legs: readonly Dated[], wishes: Notifications): PlannedReminder[] {
  return legs.flatMap(({ index, leg, departs }, position): PlannedReminder[] => {
    const { stayMinutes } = leg as { stayMinutes?: unknown };
    if (position > 0 && !(typeof stayMinutes === 'number' && stayMinutes >= STAY)) return [];
    const dueAt = outsideQuiet(asEpochMinute(departs - wishes.leaveMinutes), wishes, 'earlier');
    return [
      {
        kind: 'LEAVE',
        legKey: 'leave',
        legIndex: index,
        eventAt: departs,
        dueAt,
        useUntil: departs,
        needless: false,
      },
    ];
  });
}
