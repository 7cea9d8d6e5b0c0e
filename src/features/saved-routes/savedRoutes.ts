import { asCaller, type Caller } from '../../database/caller.ts';
import { readInput } from '../../errors.ts';
import {
  type SavedRoute,
  savedRouteIdSchema,
  type SavedRoutePage,
  type SavedRoutePageQuery,
  savedRoutePageQuerySchema,
} from './contract.ts';
import { orNoRoute } from './orNoRoute.ts';
import { selectSavedRoute, selectSavedRoutes } from './store.ts';

/** A page of the user's saved routes, latest first, without the routes themselves. */
export async function getSavedRoutes(
  caller: Caller,
  query: SavedRoutePageQuery = {},
): Promise<SavedRoutePage> {
  const { limit, cursor } = readInput(savedRoutePageQuerySchema, query);
  const [at, id] = cursor?.split('_') ?? [];
  const end = at && id ? { createdAt: new Date(Number(at)), id } : null;
  const found = await asCaller(caller, (database) =>
    selectSavedRoutes(database, caller.userId, limit + 1, end),
  );
  const savedRoutes = found.slice(0, limit);
  const last = savedRoutes.at(-1);
  // created_at has milliseconds, as many as the cursor.
  const nextCursor = found.length > limit && last ? `${Date.parse(last.createdAt)}_${last.id}` : null;
  return { savedRoutes, nextCursor };
}

/** One with its route. Throws `NOT_FOUND`. */
export async function getSavedRoute(caller: Caller, savedRouteId: string): Promise<SavedRoute> {
  const id = readInput(savedRouteIdSchema, savedRouteId, 'savedRouteId');
  return orNoRoute(await asCaller(caller, (database) => selectSavedRoute(database, caller.userId, id)));
}
