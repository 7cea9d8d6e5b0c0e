import { asCaller, type Caller, type Transactional } from '../../database/caller.ts';
import { AppError, readInput } from '../../errors.ts';
import {
  type BatchDetails,
  batchDetailsSchema,
  type BookingLeg,
  legIdsSchema,
  tripIdSchema,
} from './contract.ts';
import { bookLegs, bookTrip } from './legStore.ts';
import { noTrip, tripCancelled } from './refusals.ts';

export interface BookedLegs {
  readonly count: number;
  readonly legs: readonly BookingLeg[];
}

/**
 * Records several legs as booked: every leg of one trip (its id), or the legs with these ids, of one trip or several.
 * All or none. Throws `NOT_FOUND` when one of them is not the caller's, `CONFLICT` when the trip is cancelled and
 * `UNPROCESSABLE` when the trip has nothing to book.
 */
export async function markAllLegsBooked(
  caller: Caller,
  tripIdOrLegIds: string | readonly string[],
  details: BatchDetails = {},
): Promise<BookedLegs> {
  const shared = readInput(batchDetailsSchema, details);
  const target =
    typeof tripIdOrLegIds === 'string'
      ? readInput(tripIdSchema, tripIdOrLegIds, 'tripIdOrLegIds')
      : readInput(legIdsSchema, tripIdOrLegIds, 'tripIdOrLegIds');
  const legs = await asCaller(caller, (database) =>
    typeof target === 'string'
      ? ofTrip(database, caller.userId, target, shared)
      : byIds(database, caller.userId, [...new Set(target)], shared),
  );
  return { count: legs.length, legs };
}

async function ofTrip(
  database: Transactional,
  userId: string,
  id: string,
  details: BatchDetails,
): Promise<BookingLeg[]> {
  const booked = await bookTrip(database, userId, id, details);
  if (!booked) throw noTrip();
  if (booked.cancelled) throw tripCancelled();
  if (booked.legs.length === 0)
    throw new AppError('UNPROCESSABLE', 'The trip has nothing to book. Select a route first.');
  return booked.legs;
}

/** In a transaction only so that one missing leg takes the others back. */
const byIds = (
  database: Transactional,
  userId: string,
  ids: string[],
  details: BatchDetails,
): Promise<BookingLeg[]> =>
  database.transaction(async (tx) => {
    const legs = await bookLegs(tx, userId, ids, details);
    if (legs.length < ids.length)
      throw new AppError(
        'NOT_FOUND',
        'Not all of these legs are legs of a trip of yours that goes on; none was changed.',
      );
    return legs;
  });
