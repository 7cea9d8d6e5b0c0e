import { asCaller, type Caller } from '../../database/caller.ts';
import { readInput } from '../../errors.ts';
import { type Trip, type TripInput, tripInputSchema } from './contract.ts';
import { insertLegs } from './legStore.ts';
import { planLegs } from './planLegs.ts';
import { noTrip } from './refusals.ts';
import { insertTrip, selectTrip } from './store.ts';

/**
 * Keeps a plan, with the route if one is chosen already, and a booking leg for each of its legs that is booked.
 * Throws `INVALID_REQUEST` when the input is none.
 */
export async function createTrip(caller: Caller, input: TripInput): Promise<Trip> {
  const trip = readInput(tripInputSchema, input);
  const { legs } = planLegs(null, [], trip.selectedRoute ?? null);
  return asCaller(caller, (database) =>
    database.transaction(async (tx) => {
      const id = await insertTrip(tx, caller.userId, trip);
      await insertLegs(tx, caller.userId, id, legs);
      const created = await selectTrip(tx, caller.userId, id);
      if (!created) throw noTrip();
      return created;
    }),
  );
}
