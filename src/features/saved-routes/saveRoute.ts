import { asCaller, type Caller } from '../../database/caller.ts';
import { readInput } from '../../errors.ts';
import { type SavedRoute, type SavedRouteInput, savedRouteInputSchema } from './contract.ts';
import { orNoRoute } from './orNoRoute.ts';
import { insertSavedRoute } from './store.ts';

/** Keeps a route for another time. Throws `INVALID_REQUEST` when the input is none. */
export async function saveRoute(caller: Caller, input: SavedRouteInput): Promise<SavedRoute> {
  const saved = readInput(savedRouteInputSchema, input);
  return orNoRoute(await asCaller(caller, (database) => insertSavedRoute(database, caller.userId, saved)));
}
