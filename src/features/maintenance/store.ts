import type { Database, Queryable } from '../../database/connect.ts';

export type { Database, Queryable };

/** Rows of one statement: its locks and its share of the log stay small, whatever has piled up. */
export const CLEANUP_ROWS = 2000;

interface Expired {
  readonly table: string;
  readonly key: string;
  /** Of an expired row, by an index. `$1`: batch size, `$2`: longest window of a limit in ms. */
  readonly when: string;
}

const expired = {
  routes: { table: 'cached_routes', key: 'id', when: 'expires_at < now()' },
  geocodes: { table: 'cached_geocodes', key: 'id', when: 'expires_at < now()' },
  leases: { table: 'cache_leases', key: 'cache_key', when: 'until < now()' },
  limits: {
    table: 'rate_limits',
    key: 'identifier',
    when: `window_start < now() - $2::bigint * interval '1 millisecond'`,
  },
  sessions: { table: 'sessions', key: 'id', when: 'expires < now()' },
  verificationTokens: { table: 'verification_tokens', key: 'identifier, token', when: 'expires < now()' },
  sharedLinks: { table: 'shared_links', key: 'id', when: 'expires_at < now()' },
  idempotencyKeys: { table: 'idempotency_keys', key: 'user_id, key', when: 'expires_at < now()' },
} as const satisfies Record<string, Expired>;

export type Cleaned = keyof typeof expired;
export const cleanedTables = Object.keys(expired) as Cleaned[];

/** Deletes one batch of expired rows, passing over those in use. Answers how many. */
export async function deleteExpired(db: Queryable, what: Cleaned, longestWindowMs: number): Promise<number> {
  const { table, key, when } = expired[what];
  const { rowCount } = await db.query({
    name: `delete_expired_${what}`,
    text: `DELETE FROM ${table} WHERE (${key}) IN
             (SELECT ${key} FROM ${table} WHERE ${when} LIMIT $1 FOR UPDATE SKIP LOCKED)`,
    values: what === 'limits' ? [CLEANUP_ROWS, longestWindowMs] : [CLEANUP_ROWS],
  });
  return rowCount ?? 0;
}

/** Deletes one batch of accesses older than so many months, at least a year by policy. Answers how many. */
export async function deleteOldAccesses(db: Queryable, months: number): Promise<number> {
  const { rowCount } = await db.query({
    name: 'delete old accesses',
    text: `DELETE FROM admin_accesses WHERE id IN
             (SELECT id FROM admin_accesses WHERE at < now() - make_interval(months => $2::int) LIMIT $1)`,
    values: [CLEANUP_ROWS, months],
  });
  return rowCount ?? 0;
}

/**
 * Columns that a trip and its legs keep on their way. Test: they are all there are. On the way back
 * `starts_at` and `ends_at` are found anew, and so are `bookable_legs` and `leg_count` (triggers).
 */
export const TRIP_COLUMNS = `id, user_id, origin, destination, stops, date, "time", timezone, passengers, preference,
  selected_route, bookable_legs, leg_count, status, created_at, updated_at, starts_at, ends_at, reminders_planned_at`;
export const LEG_COLUMNS = `id, user_id, trip_id, leg_index, mode, is_booked, platform, booking_ref, booked_at, cost_minor,
  currency, fare_class, departs_at, remind_at, reminder_sent, created_at, updated_at`;

/**
 * Until the transaction ends: every batch walks the index and stops at its limit. With statistics of before a large
 * import the planner reads and sorts all that is old for each batch (88 instead of 3 ms at 40,000 trips).
 */
export async function walkIndexes(tx: Queryable): Promise<void> {
  await tx.query({
    name: 'walk_indexes',
    text: `SELECT set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true),
             set_config('enable_sort', 'off', true)`,
  });
}

/**
 * Locks up to `limit` completed trips of before a date. A trip that came back from the archive goes there again only
 * when nothing was done to it since that date.
 */
export async function lockOldTrips(tx: Queryable, before: string, limit: number): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>({
    name: 'lock_old_trips',
    text: `SELECT id FROM trips
           WHERE status = 'COMPLETED' AND date < $1 AND (archived_at IS NULL OR updated_at < $1::date)
           ORDER BY date LIMIT $2 FOR UPDATE SKIP LOCKED`,
    values: [before, limit],
  });
  return rows.map((row) => row.id);
}

/** Locks the legs of trips; answers the trips of which somebody is changing a leg right now. */
export async function lockLegs(tx: Queryable, tripIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await tx.query<{ trip_id: string }>({
    name: 'lock_old_legs',
    text: `WITH locked AS MATERIALIZED (SELECT id FROM booking_legs WHERE trip_id = ANY ($1) FOR UPDATE SKIP LOCKED)
           SELECT DISTINCT trip_id FROM booking_legs WHERE trip_id = ANY ($1) AND id NOT IN (SELECT id FROM locked)`,
    values: [tripIds],
  });
  return new Set(rows.map((row) => row.trip_id));
}

/** Locked trips and legs → archive. */
export async function moveToArchive(tx: Queryable, tripIds: readonly string[]): Promise<void> {
  await tx.query({
    name: 'archive_trips',
    text: `INSERT INTO archive.trips (${TRIP_COLUMNS}, archived_at)
           SELECT ${TRIP_COLUMNS}, now() FROM trips WHERE id = ANY ($1)`,
    values: [tripIds],
  });
  await tx.query({
    name: 'archive_legs',
    text: `INSERT INTO archive.booking_legs (${LEG_COLUMNS})
           SELECT ${LEG_COLUMNS} FROM booking_legs WHERE trip_id = ANY ($1)`,
    values: [tripIds],
  });
  await tx.query({
    name: 'delete_archived',
    text: 'DELETE FROM trips WHERE id = ANY ($1)',
    values: [tripIds],
  });
}

/** Archive → trips, with the legs; `archived_at` stays as the memory of it. False when the user has no such trip there. */
export async function moveFromArchive(tx: Queryable, userId: string, tripId: string): Promise<boolean> {
  const values = [userId, tripId];
  const { rowCount } = await tx.query({
    name: 'restore_trip',
    text: `INSERT INTO trips (${TRIP_COLUMNS}, archived_at)
           SELECT ${TRIP_COLUMNS.replace('updated_at', 'now()')}, archived_at FROM archive.trips
           WHERE user_id = $1 AND id = $2
           ON CONFLICT DO NOTHING`,
    values,
  });
  if (rowCount !== 1) return false;
  await tx.query({
    name: 'restore_legs',
    text: `INSERT INTO booking_legs (${LEG_COLUMNS})
           SELECT ${LEG_COLUMNS} FROM archive.booking_legs WHERE user_id = $1 AND trip_id = $2`,
    values,
  });
  await tx.query({
    name: 'delete_restored',
    text: 'DELETE FROM archive.trips WHERE user_id = $1 AND id = $2',
    values,
  });
  return true;
}

export interface ArchivedRow {
  readonly id: string;
  readonly origin: unknown;
  readonly destination: unknown;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly time: string | null;
  readonly passengers: number;
  readonly status: string;
  readonly archivedAt: Date;
}

/** A page of the user's archive after (date, id), latest date first. */
export async function selectArchived(
  db: Queryable,
  userId: string,
  limit: number,
  end: { readonly date: string; readonly id: string } | null,
): Promise<ArchivedRow[]> {
  const after = end ? 'AND date <= $3 AND (date < $3 OR id > $4)' : '';
  const { rows } = await db.query<ArchivedRow & Record<string, unknown>>({
    name: end ? 'archived_after' : 'archived',
    text: `SELECT id, origin, destination, date, "time", passengers, status, archived_at AS "archivedAt"
           FROM archive.trips WHERE user_id = $1 ${after} ORDER BY date DESC, id LIMIT $2`,
    values: [userId, limit, ...(end ? [end.date, end.id] : [])],
  });
  return rows;
}

export const partitionedTables = ['search_queries', 'booking_clicks'] as const;
export type PartitionedTable = (typeof partitionedTables)[number];

/** Names of the partitions of a table that exist, oldest first: `search_queries_202611`. */
export async function selectPartitions(db: Queryable, table: PartitionedTable): Promise<string[]> {
  const { rows } = await db.query<{ name: string }>({
    text: `SELECT c.relname::text AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
           WHERE i.inhparent = $1::regclass ORDER BY 1`,
    values: [table],
  });
  return rows.map((row) => row.name);
}

/** Makes the partitions of the months from `first` on (`YYYY-MM-DD`) that are missing. */
export async function makePartitions(
  db: Queryable,
  table: PartitionedTable,
  first: string,
  ahead: number,
): Promise<void> {
  await db.query({
    text: `SELECT ensure_month_partition($1::regclass, (date_trunc('month', $2::date) + month * interval '1 month')::date)
           FROM generate_series(0, $3::int) AS month`,
    values: [table, first, ahead],
  });
}

/** Drops the months that ended before a day. Waits for its lock only so long: readers of the table queue behind it. */
export async function dropPartitions(
  db: Database,
  table: PartitionedTable,
  keepFrom: string,
  lockMs: number,
): Promise<number> {
  return db.transaction(async (tx) => {
    await tx.query({ text: `SELECT set_config('lock_timeout', $1, true)`, values: [`${lockMs}ms`] });
    const { rows } = await tx.query<{ dropped: number }>({
      text: 'SELECT drop_months_before($1::regclass, $2::date) AS dropped',
      values: [table, keepFrom],
    });
    return rows[0]?.dropped ?? 0;
  });
}
