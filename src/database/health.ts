/** How the server is, as far as a role that owns nothing may see. */
import type { Queryable } from './connect.ts';
import { translatingErrors } from './sqlstate.ts';

export interface DatabaseHealth {
  /** `18.1`. */
  readonly version: string;
  readonly startedAt: Date;
  readonly sizeBytes: number;
  readonly connections: number;
  readonly maxConnections: number;
  /** Of the pages that were read since the server started, those found in its memory; null before any was. */
  readonly cacheHitShare: number | null;
  /** Of our own processes; null when none is open beside this. */
  readonly longestTransactionSeconds: number | null;
  /** Connections of our own that wait for a lock. */
  readonly waitingForLocks: number;
  readonly deadlocks: number;
}

/** Asked of a server that may be busy. `service`: a database as rs_service. */
export const databaseHealth = (service: Queryable): Promise<DatabaseHealth> =>
  translatingErrors(async () => {
    const { rows } = await service.query<DatabaseHealth & Record<string, unknown>>({
      name: 'state of database',
      text: `
        SELECT split_part(current_setting('server_version'), ' ', 1) AS version, pg_postmaster_start_time() AS "startedAt",
          pg_database_size(current_database()) AS "sizeBytes", d.numbackends AS connections,
          current_setting('max_connections')::int AS "maxConnections",
          round(d.blks_hit::numeric / nullif(d.blks_hit + d.blks_read, 0), 4)::float8 AS "cacheHitShare",
          d.deadlocks, own."longestTransactionSeconds", own."waitingForLocks"
        FROM pg_stat_database d, (
          SELECT round(max(extract(epoch FROM now() - xact_start)))::int AS "longestTransactionSeconds",
            count(*) FILTER (WHERE wait_event_type = 'Lock') AS "waitingForLocks"
          FROM pg_stat_activity
          WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()
        ) AS own
        WHERE d.datname = current_database()`,
    });
    return rows[0]!;
  });
