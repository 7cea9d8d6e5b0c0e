import { z } from 'zod';
import { legModes } from '../journeys/contract.ts';
import { cell, datedProvenance, inForce, readTable } from '../rule-tables/index.ts';
import { parseClock } from '../../units/time.ts';

const clock = z.string().transform((text, context) => {
  const minutes = parseClock(text);
  if (minutes === null) context.addIssue({ code: 'custom', message: `"${text}" is not HH:MM` });
  return minutes ?? 0;
});

const windowRow = z.object({
  mode: z.enum(legModes),
  days_ahead: cell(),
  /** Minutes of the day, Indian time. */
  opens: clock,
  tatkal_days: cell(),
  tatkal_ac: clock,
  tatkal_other: clock,
  /** Trains that start in these minutes of the day have their first chart on the day before. */
  chart_from: clock,
  chart_to: clock,
  chart_previous_day: clock,
  /** Others so many hours before they start. */
  chart_hours: cell(),
  note: z.string(),
  ...datedProvenance,
});
export type BookingWindow = z.infer<typeof windowRow>;

const refundRow = z.object({
  /** Any of these in the name of the train, lower case; empty: every other train. */
  trains: z.string().transform((text) => text.split(';').filter(Boolean)),
  /** Classes, empty: every one. */
  class: z.string().transform((text) => text.split(';').filter(Boolean)),
  /** Hours before departure: from (included) to (left out; empty: any longer). */
  from_hours: cell(),
  to_hours: cell(Infinity),
  refund_percent: cell(),
  /** Kept of each passenger. */
  flat_minor: cell(0),
  ...datedProvenance,
});
export type RefundRule = z.infer<typeof refundRow>;

let windows: readonly BookingWindow[] | undefined;
/** How a mode is booked on a day; undefined where a ticket can be had at any time. */
export const bookingWindow = (mode: string, day: string): BookingWindow | undefined =>
  (windows ??= readTable('rules/booking-windows.csv', windowRow)).find(
    (row) => row.mode === mode && inForce(row, day),
  );

let refunds: readonly RefundRule[] | undefined;
/** Refund slabs of a train's class, the longest notice first; those of its kind of train before the general ones. */
export function railRefunds(trainName: string, fareClass: string | null, day: string): RefundRule[] {
  const named = trainName.toLowerCase();
  const rows = (refunds ??= readTable('rules/rail-refunds.csv', refundRow)).filter(
    (row) =>
      inForce(row, day) &&
      (row.class.length === 0 || fareClass === null || row.class.includes(fareClass)) &&
      row.trains.every((kind) => kind !== ''),
  );
  const own = rows.filter((row) => row.trains.some((kind) => named.includes(kind)));
  const chosen = own.length > 0 ? own : rows.filter((row) => row.trains.length === 0);
  return chosen.toSorted((a, b) => b.from_hours - a.from_hours || b.flat_minor - a.flat_minor);
}
