import { translatingErrors } from '../../database/sqlstate.ts';
import { LONGEST_WINDOW_MS } from '../limits/index.ts';
import { CLEANUP_ROWS, cleanedTables, type Cleaned, deleteExpired, type Queryable } from './store.ts';

/** Rows deleted, by what they were. */
export type CleanupCounts = Readonly<Record<Cleaned, number>>;

/**
 * Deletes what has expired: cached routes and geocodes, leases, limits, sessions, verification tokens, shared
 * links, idempotency keys. In batches of 2,000 that pass over rows in use, so several may run at once and nobody waits for them.
 * Expiry is judged on the database's clock.
 * @param service a database as rs_service.
 */
export function cleanupExpiredCaches(service: Queryable): Promise<CleanupCounts> {
  return translatingErrors(async () => {
    const counts: Partial<Record<Cleaned, number>> = {};
    for (const what of cleanedTables) {
      let deleted = 0;
      for (let batch = CLEANUP_ROWS; batch === CLEANUP_ROWS; deleted += batch)
        batch = await deleteExpired(service, what, LONGEST_WINDOW_MS);
      counts[what] = deleted;
    }
    return counts as CleanupCounts;
  });
}
