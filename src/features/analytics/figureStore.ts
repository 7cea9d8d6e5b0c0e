import type { Database, Queryable } from '../../database/connect.ts';
import { CLICK_HOURS } from './store.ts';

export type { Database, Queryable };

export interface Span {
  readonly from: Date;
  /** Not in it any more. */
  readonly to: Date;
}

/** Figures must not hold up requests for long. */
const PATIENCE_MS = 10_000;

/** Until the transaction ends: as one moment saw it, reading only, and given up after ten seconds. */
export async function beginReading(tx: Queryable): Promise<void> {
  await tx.query({ text: 'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY' });
  await tx.query({
    name: 'patience of figures',
    // Counting by hashes in memory takes half the time of sorting; compiling takes longer than what it saves.
    text: `SELECT set_config('statement_timeout', $1, true), set_config('work_mem', '64MB', true), set_config('jit', 'off', true)`,
    values: [String(PATIENCE_MS)],
  });
}

/** Searches that led to a platform, each once. `$1`, `$2`: begin and end of the searches; their clicks come later. */
const LED = `
  SELECT search_id, bool_or(did_book) IS TRUE AS booked FROM booking_clicks
  WHERE search_id IS NOT NULL AND created_at >= $1 AND created_at < $2::timestamptz + interval '${CLICK_HOURS} hours'
  GROUP BY search_id`;

export interface FunnelRow {
  readonly date: string;
  readonly searches: number;
  readonly withRoutes: number;
  readonly clicked: number;
  readonly booked: number;
}

/** Days of the zone with searches. */
export async function selectFunnelDays(
  db: Queryable,
  { from, to }: Span,
  zone: string,
): Promise<FunnelRow[]> {
  const { rows } = await db.query<FunnelRow & Record<string, unknown>>({
    name: 'funnel days',
    text: `
      WITH led AS (${LED})
      SELECT (created_at AT TIME ZONE $3)::date AS date, count(*) AS searches,
        count(*) FILTER (WHERE routes_found > 0) AS "withRoutes",
        count(*) FILTER (WHERE clicked_route IS NOT NULL OR led.search_id IS NOT NULL) AS clicked,
        count(*) FILTER (WHERE led.booked) AS booked
      FROM search_queries LEFT JOIN led ON led.search_id = id
      WHERE created_at >= $1 AND created_at < $2
      GROUP BY 1 ORDER BY 1`,
    values: [from, to, zone],
  });
  return rows;
}

export interface ClicksRow {
  readonly total: number;
  readonly ofSearches: number;
  readonly answered: number;
  readonly booked: number;
}

export async function selectClicks(db: Queryable, { from, to }: Span): Promise<ClicksRow> {
  const { rows } = await db.query<ClicksRow & Record<string, unknown>>({
    name: 'clicks of a period',
    text: `
      SELECT count(*) AS total, count(search_id) AS "ofSearches", count(did_book) AS answered,
        count(*) FILTER (WHERE did_book) AS booked
      FROM booking_clicks WHERE created_at >= $1 AND created_at < $2`,
    values: [from, to],
  });
  return rows[0]!;
}

/** `from` and `to` null: all corridors that are not listed, with how many they are. */
export interface CorridorRow extends Omit<FunnelRow, 'date'> {
  readonly from: string | null;
  readonly to: string | null;
  readonly visits: number;
  readonly routesFound: number;
  readonly corridors: number;
}

/**
 * The most searched corridors with at least `minVisits` visits, and the rest as one row. A visit is a user, or a network
 * on a day; where neither is known, an hour, since one person may search many times in it.
 */
export async function selectCorridors(
  db: Queryable,
  { from, to }: Span,
  { minVisits, limit }: { readonly minVisits: number; readonly limit: number },
): Promise<CorridorRow[]> {
  const { rows } = await db.query<CorridorRow & Record<string, unknown>>({
    name: 'corridors',
    text: `
      WITH led AS (${LED}),
      visit AS (
        SELECT corridor_from, corridor_to, count(*) AS searches, count(*) FILTER (WHERE routes_found > 0) AS found,
          sum(routes_found) AS routes,
          count(*) FILTER (WHERE clicked_route IS NOT NULL OR led.search_id IS NOT NULL) AS clicked,
          count(*) FILTER (WHERE led.booked) AS booked
        FROM search_queries LEFT JOIN led ON led.search_id = id
        WHERE created_at >= $1 AND created_at < $2
        GROUP BY corridor_from, corridor_to,
          coalesce(hashtextextended(coalesce(user_id, ip_hash), 0), extract(epoch FROM date_trunc('hour', created_at))::bigint)
      ),
      corridor AS (
        SELECT corridor_from, corridor_to, count(*) AS visits, sum(searches) AS searches, sum(found) AS found,
          sum(routes) AS routes, sum(clicked) AS clicked, sum(booked) AS booked
        FROM visit GROUP BY corridor_from, corridor_to
      ),
      placed AS (
        SELECT *, corridor_from IS NOT NULL AND corridor_to IS NOT NULL AND visits >= $3 AS shown,
          row_number() OVER (PARTITION BY corridor_from IS NOT NULL AND corridor_to IS NOT NULL AND visits >= $3
            ORDER BY searches DESC, corridor_from, corridor_to) AS place
        FROM corridor
      )
      SELECT CASE WHEN shown AND place <= $4 THEN corridor_from END AS "from",
        CASE WHEN shown AND place <= $4 THEN corridor_to END AS "to",
        count(*) AS corridors, sum(visits)::bigint AS visits, sum(searches)::bigint AS searches,
        sum(found)::bigint AS "withRoutes", sum(routes)::bigint AS "routesFound", sum(clicked)::bigint AS clicked,
        sum(booked)::bigint AS booked
      FROM placed GROUP BY 1, 2 ORDER BY 1 IS NULL, sum(searches) DESC, 1, 2`,
    values: [from, to, minVisits, limit],
  });
  return rows;
}

export interface PlatformRow {
  readonly platform: string;
  readonly currency: string;
  readonly clicks: number;
  readonly answered: number;
  readonly booked: number;
  readonly commissionKnownOf: number;
  readonly expectedCommissionMinor: number | null;
}

/** A platform has a handful of names; a table of more would be no answer. */
const MOST_PLATFORMS = 500;

export async function selectPlatforms(db: Queryable, { from, to }: Span): Promise<PlatformRow[]> {
  const { rows } = await db.query<PlatformRow & Record<string, unknown>>({
    name: 'platforms of a period',
    text: `
      SELECT platform, currency, count(*) AS clicks, count(did_book) AS answered,
        count(*) FILTER (WHERE did_book) AS booked, count(commission_minor) AS "commissionKnownOf",
        CASE WHEN count(commission_minor) > 0
          THEN coalesce(sum(commission_minor) FILTER (WHERE did_book), 0) END AS "expectedCommissionMinor"
      FROM booking_clicks WHERE created_at >= $1 AND created_at < $2
      GROUP BY platform, currency ORDER BY clicks DESC, platform, currency LIMIT ${MOST_PLATFORMS}`,
    values: [from, to],
  });
  return rows;
}
