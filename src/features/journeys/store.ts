import type { Queryable } from '../../database/connect.ts';
import { newId } from '../../units/ids.ts';
import type { Location } from '../places/contract.ts';
import type { Preference, Route, SearchAlternative, SearchNote, SearchResponse } from './contract.ts';

export type { Queryable };

/** What a search answers beside its routes. */
export interface AnswerFrame {
  readonly picks: Readonly<SearchResponse['picks']>;
  readonly excluded: SearchResponse['excluded'];
  readonly notes: readonly SearchNote[];
  readonly alternatives: readonly SearchAlternative[];
  readonly partial: boolean;
  /** ISO 8601. */
  readonly generatedAt: string;
}

export interface CachedAnswer {
  readonly routes: Route[];
  /** Null in a row of `cacheRouteResults` without one. */
  readonly answer: AnswerFrame | null;
}

/** `leftMs`: until it expires. */
export async function selectCachedAnswer(
  db: Queryable,
  cacheKey: string,
): Promise<(CachedAnswer & { readonly leftMs: number }) | null> {
  const { rows } = await db.query<CachedAnswer & { leftMs: number }>({
    name: 'select_cached_route',
    text: `SELECT routes, answer, floor(extract(epoch FROM expires_at - clock_timestamp()) * 1000)::int AS "leftMs"
           FROM cached_routes WHERE cache_key = $1 AND expires_at > clock_timestamp()`,
    values: [cacheKey],
  });
  return rows[0] ?? null;
}

export interface CacheEntry extends Partial<Pick<CachedAnswer, 'answer'>> {
  readonly origin: Location;
  readonly destination: Location;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly preference: Preference;
  readonly routes: readonly Route[];
}

/** Writes or renews an entry and gives up the holder's lease on it, in one statement. */
export async function upsertCachedRoute(
  db: Queryable,
  cacheKey: string,
  entry: CacheEntry,
  routesJson: string,
  { ttlSeconds, holder }: { ttlSeconds: number; holder: string | null },
): Promise<void> {
  await db.query({
    name: 'upsert_cached_route',
    text: `
      WITH released AS (DELETE FROM cache_leases WHERE cache_key = $2 AND holder = $11)
      INSERT INTO cached_routes (id, cache_key, origin, destination, date, preference, routes, total_results, answer,
        created_at, expires_at)
      SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, now, now + $10::int * interval '1 second' FROM clock_timestamp() AS now
      ON CONFLICT (cache_key) DO UPDATE SET origin = excluded.origin, destination = excluded.destination,
        date = excluded.date, preference = excluded.preference, routes = excluded.routes,
        total_results = excluded.total_results, answer = excluded.answer, created_at = excluded.created_at,
        expires_at = excluded.expires_at`,
    values: [
      newId(),
      cacheKey,
      JSON.stringify(entry.origin),
      JSON.stringify(entry.destination),
      entry.date,
      entry.preference,
      routesJson,
      entry.routes.length,
      entry.answer ? JSON.stringify(entry.answer) : null,
      ttlSeconds,
      holder,
    ],
  });
}

/** True: `holder` computes the entry until the lease ends; also when it has the lease already. No connection is held meanwhile. */
export async function takeLease(
  db: Queryable,
  cacheKey: string,
  holder: string,
  leaseMs: number,
): Promise<boolean> {
  const { rowCount } = await db.query({
    name: 'take_lease',
    text: `
      INSERT INTO cache_leases AS lease (cache_key, holder, until)
      VALUES ($1, $2, clock_timestamp() + $3::int * interval '1 millisecond')
      ON CONFLICT (cache_key) DO UPDATE SET holder = excluded.holder, until = excluded.until
      WHERE lease.until < clock_timestamp() OR lease.holder = excluded.holder`,
    values: [cacheKey, holder, leaseMs],
  });
  return rowCount === 1;
}

export async function releaseLease(db: Queryable, cacheKey: string, holder: string): Promise<void> {
  await db.query({
    name: 'release_lease',
    text: 'DELETE FROM cache_leases WHERE cache_key = $1 AND holder = $2',
    values: [cacheKey, holder],
  });
}

/** Rows a statement deletes at most: locks stay short. */
const DELETE_ROWS = 2000;

/**
 * Deletes what is beyond `maxRows` or `maxBytes` (as stored, compressed), what expires first first. Answers how many.
 * The sizes are read from the rows' pointers: no route is loaded.
 */
export async function deleteExcessRoutes(db: Queryable, maxRows: number, maxBytes: number): Promise<number> {
  const { rowCount } = await db.query({
    name: 'delete_excess_routes',
    text: `
      WITH measured AS (
        SELECT cache_key, row_number() OVER newest AS place,
          sum(pg_column_size(routes) + coalesce(pg_column_size(answer), 0)) OVER newest AS bytes
        FROM cached_routes WINDOW newest AS (ORDER BY expires_at DESC, cache_key ROWS UNBOUNDED PRECEDING)
      ),
      excess AS (
        SELECT cache_key FROM cached_routes
        WHERE cache_key IN (SELECT cache_key FROM measured WHERE place > $1 OR bytes > $2)
        LIMIT ${DELETE_ROWS} FOR UPDATE SKIP LOCKED
      )
      DELETE FROM cached_routes USING excess WHERE cached_routes.cache_key = excess.cache_key`,
    values: [maxRows, maxBytes],
  });
  return rowCount ?? 0;
}

export interface RouteCacheRow {
  readonly rows: number;
  readonly expired: number;
  /** With indexes, and what is stored beside the rows. */
  readonly bytes: number;
  readonly oldestAt: Date | null;
  readonly newestAt: Date | null;
  /** Searches that are being computed. */
  readonly leases: number;
}

export async function selectRouteCache(db: Queryable): Promise<RouteCacheRow> {
  const { rows } = await db.query<RouteCacheRow & Record<string, unknown>>({
    name: 'state of route cache',
    text: `
      SELECT count(*) AS rows, count(*) FILTER (WHERE expires_at <= clock_timestamp()) AS expired,
        pg_total_relation_size('cached_routes') AS bytes, min(created_at) AS "oldestAt", max(created_at) AS "newestAt",
        (SELECT count(*) FROM cache_leases WHERE until > clock_timestamp()) AS leases
      FROM cached_routes`,
  });
  return rows[0]!;
}
