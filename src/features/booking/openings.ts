import {
  asEpochMinute,
  type EpochDay,
  type EpochMinute,
  epochMinuteOf,
  formatInstant,
  formatShortDate,
  instantOf,
  parseDate,
  wallClockAt,
} from '../../units/time.ts';
import type { BookableLeg, Opening } from './contract.ts';
import { type BookingWindow, bookingWindow } from './windows.ts';

/** A leg to be booked. */
export interface LegToBook {
  readonly legIndex: number;
  readonly leg: BookableLeg;
  /** Code of the class: `SL`, `3A`; null when it is not chosen yet. */
  readonly fareClass: string | null;
  /** When the train leaves its first station, instant with offset; null when that is not known. */
  readonly trainStartsAt: string | null;
}

/** Railway clocks, wherever the traveller is. */
const ZONE = 'Asia/Kolkata';
const AC_CLASSES = new Set(['1A', '2A', '3A', '3E', 'CC', 'EC']);

interface Dated extends LegToBook {
  readonly window: BookingWindow | undefined;
  readonly opens: EpochMinute | null;
}

type Reason = Opening['reason'];
/** Trains run full, flights grow dearer, buses there are always, a taxi is called on the day. */
const reasonOf: Readonly<Record<string, Reason>> = {
  train: 'SCARCE',
  flight: 'PRICE_RISES',
  bus: 'ALWAYS_THERE',
};
const rankOf: Readonly<Record<Reason, number>> = {
  OPENS_FIRST: 0,
  SCARCE: 0,
  PRICE_RISES: 1,
  ALWAYS_THERE: 2,
  ON_THE_DAY: 3,
};

/**
 * When each leg opens, when Tatkal does and its chart is made, and in which order to buy: what opens first comes
 * first; of what is open, trains (berths run out), then flights (fares rise), then buses, and what is called on the
 * day last. A leg is bought only when those before it in this order are: else a dear ticket waits for a berth that
 * never comes.
 * @param now when the traveller asks.
 */
export function openings(legs: readonly LegToBook[], now: EpochMinute): Opening[] {
  const dated = legs.map((leg): Dated => {
    const window = bookingWindow(leg.leg.mode, leg.leg.departure.slice(0, 10));
    return { ...leg, window, opens: window ? opensAt(leg, window) : null };
  });
  const ordered = dated.toSorted(
    (a, b) =>
      Math.max(a.opens ?? 0, now) - Math.max(b.opens ?? 0, now) ||
      rankOf[reasonOf[a.leg.mode] ?? 'ON_THE_DAY'] - rankOf[reasonOf[b.leg.mode] ?? 'ON_THE_DAY'] ||
      a.legIndex - b.legIndex,
  );
  const order = new Map(ordered.map(({ legIndex }, index) => [legIndex, index + 1]));
  return dated.map((leg) => opening(leg, order.get(leg.legIndex)!, now));
}

function opening(leg: Dated, order: number, now: EpochMinute): Opening {
  const { window, opens, legIndex } = leg;
  const open = opens === null || opens <= now;
  const reason = open ? (reasonOf[leg.leg.mode] ?? 'ON_THE_DAY') : 'OPENS_FIRST';
  const write = (instant: EpochMinute | null): string | null =>
    instant === null ? null : formatInstant(instant, ZONE);
  return {
    legIndex,
    opensAt: write(opens),
    open,
    tatkalAt: write(window ? tatkalAt(leg, window) : null),
    chartAt: write(window ? chartAt(leg, window) : null),
    order,
    reason,
    text: say(reason, opens),
  };
}

/** The day on which the train starts: that of its service day, not of the traveller's station. */
const startDay = ({ leg }: LegToBook): EpochDay =>
  parseDate(leg.run?.serviceDate ?? leg.departure.slice(0, 10))!;

const opensAt = (leg: LegToBook, window: BookingWindow): EpochMinute =>
  instantOf((startDay(leg) - window.days_ahead) as EpochDay, window.opens, ZONE);

/** Not in 1A; of a class that is not known, when the first of them opens. */
function tatkalAt(leg: LegToBook, window: BookingWindow): EpochMinute | null {
  if (leg.fareClass === '1A') return null;
  const ac = leg.fareClass === null || AC_CLASSES.has(leg.fareClass);
  const day = (startDay(leg) - window.tatkal_days) as EpochDay;
  return instantOf(day, ac ? window.tatkal_ac : window.tatkal_other, ZONE);
}

function chartAt(leg: LegToBook, window: BookingWindow): EpochMinute | null {
  if (leg.trainStartsAt === null) return null;
  const starts = epochMinuteOf(Date.parse(leg.trainStartsAt));
  const { day, minutes } = wallClockAt(starts, ZONE);
  return window.chart_from <= minutes && minutes <= window.chart_to
    ? instantOf((day - 1) as EpochDay, window.chart_previous_day, ZONE)
    : asEpochMinute(starts - window.chart_hours * 60);
}

const texts: Readonly<Record<Exclude<Reason, 'OPENS_FIRST'>, string>> = {
  SCARCE: 'Open now. Berths run out: book it before the legs that can always be had.',
  PRICE_RISES: 'Open now. Fares rise towards the day; book it when the trains are booked.',
  ALWAYS_THERE: 'Seats can mostly be had; book it when the legs before it are certain.',
  ON_THE_DAY: 'Nothing to book ahead.',
};

function say(reason: Reason, opens: EpochMinute | null): string {
  if (reason !== 'OPENS_FIRST') return texts[reason];
  const at = formatInstant(opens!, ZONE);
  return `Booking opens on ${formatShortDate(at.slice(0, 10))} at ${at.slice(11, 16)}.`;
}
