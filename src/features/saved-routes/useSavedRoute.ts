import { asCaller, type Caller } from '../../database/caller.ts';
import { readInput } from '../../errors.ts';
import { type SavedRoute, savedRouteIdSchema } from './contract.ts';
import { orNoRoute } from './orNoRoute.ts';
import { countUse } from './store.ts';

/** Takes a saved route up again: counts the use, notes the time and answers the route. Throws `NOT_FOUND`. */
export async function useSavedRoute(caller: Caller, savedRouteId: string): Promise<SavedRoute> {
  const id = readInput(savedRouteIdSchema, savedRouteId, 'savedRouteId');
  return orNoRoute(await asCaller(caller, (database) => countUse(database, caller.userId, id)));
}
