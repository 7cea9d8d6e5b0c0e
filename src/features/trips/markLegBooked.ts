import { asCaller, type Caller, type Transactional } from '../../database/caller.ts';
import { AppError, readInput } from '../../errors.ts';
import {
  type BookingDetails,
  bookingDetailsSchema,
  type BookingLeg,
  legIndexSchema,
  tripIdSchema,
} from './contract.ts';
import { selectBookable, upsertBookedLeg } from './legStore.ts';
import { noTrip, tripCancelled } from './refusals.ts';

/**
 * Records that a leg is booked. Doing it again updates the details and keeps the first time; details left out stay, null empties them.
 * The mode is the selected route's; a trip without a route needs it in the details. The trip's status follows.
 * Throws `NOT_FOUND` for a trip or leg that is not there, `CONFLICT` when the trip is cancelled and `UNPROCESSABLE`
 * when the leg is not one that is booked.
 */
export async function markLegBooked(
  caller: Caller,
  tripId: string,
  legIndex: number,
  bookingDetails: BookingDetails = {},
): Promise<BookingLeg> {
  const id = readInput(tripIdSchema, tripId, 'tripId');
  const index = readInput(legIndexSchema, legIndex, 'legIndex');
  const details = readInput(bookingDetailsSchema, bookingDetails);
  return asCaller(
    caller,
    async (database) =>
      (await upsertBookedLeg(database, caller.userId, id, index, details)) ??
      refuse(database, caller.userId, id, index),
  );
}

async function refuse(database: Transactional, userId: string, id: string, index: number): Promise<never> {
  const leg = await selectBookable(database, userId, id, index);
  if (!leg) throw noTrip();
  if (leg.cancelled) throw tripCancelled();
  if (!leg.hasRoute) throw new AppError('UNPROCESSABLE', 'Select a route first, or say the mode of the leg.');
  if (leg.mode === null) throw new AppError('NOT_FOUND', `The selected route has no leg ${index}.`);
  if (!leg.bookable)
    throw new AppError('UNPROCESSABLE', `Leg ${index} of the route is not booked with anybody.`);
  throw new AppError('UNPROCESSABLE', `Leg ${index} of the route is by ${leg.mode}.`);
}
