import { asCaller, type Caller } from '../../database/caller.ts';
import { readInput } from '../../errors.ts';
import { type Trip, tripIdSchema } from './contract.ts';
import { noTrip } from './refusals.ts';
import { selectTrip } from './store.ts';

/**
 * One trip with its route and legs, in the archive too. Throws `NOT_FOUND`, also for another user's trip, and a
 * `INVALID_REQUEST` when the id is none.
 */
export async function getTrip(caller: Caller, tripId: string): Promise<Trip> {
  const id = readInput(tripIdSchema, tripId, 'tripId');
  const trip = await asCaller(caller, (database) => selectTrip(database, caller.userId, id));
  if (!trip) throw noTrip();
  return trip;
}
