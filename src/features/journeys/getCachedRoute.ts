import type { Route } from './contract.ts';
import { type Queryable, selectCachedAnswer } from './store.ts';

/** The routes kept under a key of `routeCacheKey`; null when there are none or their 15 minutes are over. */
export async function getCachedRoute(db: Queryable, cacheKey: string): Promise<Route[] | null> {
  return (await selectCachedAnswer(db, cacheKey))?.routes ?? null;
}
