import { asCaller, type Caller } from '../../database/caller.ts';
import { readInput } from '../../errors.ts';
import { tripIdSchema } from './contract.ts';
import { noTrip } from './refusals.ts';
import { deleteTripRow } from './store.ts';

/** Deletes a trip with its legs, in the archive too. Throws `NOT_FOUND`. */
export async function deleteTrip(caller: Caller, tripId: string): Promise<void> {
  const id = readInput(tripIdSchema, tripId, 'tripId');
  const deleted = await asCaller(caller, (database) => deleteTripRow(database, caller.userId, id));
  if (!deleted) throw noTrip();
}
