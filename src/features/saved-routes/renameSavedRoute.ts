import { asCaller, type Caller } from '../../database/caller.ts';
import { readInput } from '../../errors.ts';
import { routeNameSchema, savedRouteIdSchema, type SavedRouteSummary } from './contract.ts';
import { orNoRoute } from './orNoRoute.ts';
import { updateName } from './store.ts';

/** Gives a saved route another name, or none with null. Throws `NOT_FOUND`. */
export async function renameSavedRoute(
  caller: Caller,
  savedRouteId: string,
  name: string | null,
): Promise<SavedRouteSummary> {
  const id = readInput(savedRouteIdSchema, savedRouteId, 'savedRouteId');
  const checked = readInput(routeNameSchema.nullable(), name, 'name');
  return orNoRoute(await asCaller(caller, (database) => updateName(database, caller.userId, id, checked)));
}
