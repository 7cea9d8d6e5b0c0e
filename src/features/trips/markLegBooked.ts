import { asCaller, type Caller } from '../../database/caller.ts';
import { AppError } from '../../errors.ts';
import {
  type BookingDetails,
  bookingDetailsSchema,
  type BookingLeg,
  legIndexSchema,
  tripIdSchema,
} from './contract.ts';
import { type BookingRefusal, upsertBookedLeg } from './legStore.ts';
import { noTrip, tripCancelled } from './refusals.ts';

/**
 * Records that a leg is booked. Doing it again updates the details and keeps the first time; details left out stay.
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
  const id = tripIdSchema.parse(tripId);
  const index = legIndexSchema.parse(legIndex);
  const details = bookingDetailsSchema.parse(bookingDetails);
  const booked = await asCaller(caller, (database) =>
    upsertBookedLeg(database, caller.userId, id, index, details),
  );
  if (!booked) throw noTrip(id);
  if (typeof booked === 'string') throw refusals[booked](index);
  return booked;
}

const refusals: Readonly<Record<BookingRefusal, (index: number) => AppError>> = {
  CANCELLED: tripCancelled,
  NO_SUCH_LEG: (index) => new AppError('NOT_FOUND', `The selected route has no leg ${index}.`),
  NOT_BOOKABLE: (index) =>
    new AppError('UNPROCESSABLE', `Leg ${index} of the route is not booked with anybody.`),
  NO_MODE: () => new AppError('UNPROCESSABLE', 'Select a route first, or say the mode of the leg.'),
  OTHER_MODE: (index) => new AppError('UNPROCESSABLE', `Leg ${index} of the route has another mode.`),
};
