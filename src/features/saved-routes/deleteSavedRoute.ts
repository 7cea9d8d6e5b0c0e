import { asCaller, type Caller } from '../../database/caller.ts';
import { readInput } from '../../errors.ts';
import { savedRouteIdSchema } from './contract.ts';
import { orNoRoute } from './orNoRoute.ts';
import { deleteSavedRouteRow } from './store.ts';

/** Throws `NOT_FOUND`. */
export async function deleteSavedRoute(caller: Caller, savedRouteId: string): Promise<void> {
  const id = readInput(savedRouteIdSchema, savedRouteId, 'savedRouteId');
  orNoRoute(await asCaller(caller, (database) => deleteSavedRouteRow(database, caller.userId, id)));
}
