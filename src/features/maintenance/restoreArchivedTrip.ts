import { asCaller, type Caller } from '../../database/caller.ts';
import { AppError, readInput } from '../../errors.ts';
import { archivedTripIdSchema } from './contract.ts';
import { moveFromArchive } from './store.ts';

/**
 * Takes a trip back from the archive with its legs, as it was. It stays among the others until nothing has been done
 * to it for as long as any other trip before it is archived. Throws `NOT_FOUND` when the user's archive has no such
 * trip.
 */
export async function restoreArchivedTrip(caller: Caller, tripId: string): Promise<void> {
  const id = readInput(archivedTripIdSchema, tripId, 'tripId');
  await asCaller(caller, (database) =>
    database.transaction(async (tx) => {
      if (!(await moveFromArchive(tx, caller.userId, id)))
        throw new AppError('NOT_FOUND', 'Your archive has no such trip.');
    }),
  );
}
