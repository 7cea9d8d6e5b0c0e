import type { Caller } from '../../database/caller.ts';
import { AppError, readInput } from '../../errors.ts';
import { type BatchBooking, batchBookingSchema } from './contract.ts';
import { getTrip } from './getTrip.ts';
import { type BookedLegs, markAllLegsBooked } from './markAllLegsBooked.ts';

/**
 * Records legs of one trip as booked, by their indexes, or every leg without them. All or none. Throws as
 * `markAllLegsBooked`, and `NOT_FOUND` when one of the indexes is no leg that is booked.
 */
export async function markLegsOfTrip(
  caller: Caller,
  tripId: string,
  booking: BatchBooking = {},
): Promise<BookedLegs> {
  const { legIndexes, ...details } = readInput(batchBookingSchema, booking);
  if (!legIndexes) return markAllLegsBooked(caller, tripId, details);
  const { bookingLegs } = await getTrip(caller, tripId);
  const ids = new Map(bookingLegs.map(({ legIndex, id }) => [legIndex, id]));
  const missing = legIndexes.filter((index) => !ids.has(index));
  if (missing.length > 0)
    throw new AppError('NOT_FOUND', `The trip has no leg ${missing.join(', ')} to book; none was changed.`);
  return markAllLegsBooked(
    caller,
    legIndexes.map((index) => ids.get(index)!),
    details,
  );
}
