import { asCaller, type Caller } from '../../database/caller.ts';
import { routeNameSchema, savedRouteIdSchema, type SavedRouteSummary } from './contract.ts';
import { orNoRoute } from './orNoRoute.ts';
import { updateName } from './store.ts';

/** Gives a saved route another name, or none with null. Throws `NOT_FOUND`. */
export async function renameSavedRoute(
  caller: Caller,
  savedRouteId: string,
  name: string | null,
): Promise<SavedRouteSummary> {
  const id = savedRouteIdSchema.parse(savedRouteId);
  const checked = routeNameSchema.nullable().parse(name);
  return orNoRoute(await asCaller(caller, (database) => updateName(database, caller.userId, id, checked)));
}
