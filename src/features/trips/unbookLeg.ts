import { asCaller, type Caller } from '../../database/caller.ts';
import { AppError, readInput } from '../../errors.ts';
import { type BookingLeg, legIndexSchema, tripIdSchema } from './contract.ts';
import { unbookLegRow } from './legStore.ts';

/**
 * Takes the booking of a leg back with all that was recorded of it; of a cancelled trip too. Doing it twice changes
 * nothing. Throws `NOT_FOUND`.
 */
export async function unbookLeg(caller: Caller, tripId: string, legIndex: number): Promise<BookingLeg> {
  const id = readInput(tripIdSchema, tripId, 'tripId');
  const index = readInput(legIndexSchema, legIndex, 'legIndex');
  const leg = await asCaller(caller, (database) => unbookLegRow(database, caller.userId, id, index));
  if (!leg) throw new AppError('NOT_FOUND', `You have no such trip with a leg ${index} to book.`);
  return leg;
}
