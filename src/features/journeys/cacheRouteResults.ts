import { type CacheEntry, type Queryable, upsertCachedRoute } from './store.ts';

/** The document's 15 minutes; a partial answer only until a quieter moment. */
const TTL_SECONDS = 15 * 60;
const PARTIAL_TTL_SECONDS = 15;
/** A usual answer of 12 routes is 40 KB. What is larger is not worth its place. */
const LARGEST_BYTES = 1_048_576;

/**
 * Keeps routes for 15 minutes under a key of `routeCacheKey`, in place of what was kept there before, and ends the
 * holder's lease. False when the routes are too large to keep.
 */
export async function cacheRouteResults(
  db: Queryable,
  cacheKey: string,
  entry: CacheEntry,
  holder: string | null = null,
): Promise<boolean> {
  const json = JSON.stringify(entry.routes);
  if (Buffer.byteLength(json) > LARGEST_BYTES) return false;
  const ttlSeconds = entry.answer?.partial ? PARTIAL_TTL_SECONDS : TTL_SECONDS;
  await upsertCachedRoute(db, cacheKey, entry, json, { ttlSeconds, holder });
  return true;
}
