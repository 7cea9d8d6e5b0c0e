import type { Queryable } from '../../database/connect.ts';

export type { Queryable };

/**
 * Decides and counts in one statement on the database's clock, so it is exact over processes and machines: whoever
 * meets the row waits for its lock and is judged by what stands there then. A full window makes the WHERE false:
 * nothing is written, and only then the second half reads when it began. (A look before the insert would spare the
 * lock, but a plan made while the table was empty scans it from end to end when it has grown.)
 * `excluded.window_start` is the statement's clock: one reading for all comparisons.
 */
const TAKE = `
  WITH taken AS (
    INSERT INTO rate_limits AS kept (identifier, request_count, window_start)
    VALUES ($1, 1, clock_timestamp())
    ON CONFLICT (identifier) DO UPDATE SET
      request_count = CASE WHEN kept.window_start <= excluded.window_start - $3::bigint * interval '1 millisecond'
        THEN 1 ELSE kept.request_count + 1 END,
      window_start = CASE WHEN kept.window_start <= excluded.window_start - $3::bigint * interval '1 millisecond'
        THEN excluded.window_start ELSE kept.window_start END
    WHERE kept.request_count < $2
      OR kept.window_start <= excluded.window_start - $3::bigint * interval '1 millisecond'
    RETURNING request_count, window_start
  )
  SELECT request_count, window_start FROM taken
  UNION ALL
  SELECT NULL, window_start FROM rate_limits WHERE identifier = $1 AND NOT EXISTS (SELECT FROM taken)`;

export interface WindowRow {
  /** Requests counted in the window with this one; null when this one was refused. */
  readonly request_count: number | null;
  readonly window_start: Date;
}

/** Null: refused, in a window that another request began and filled while this statement ran. */
export async function takeFromWindow(
  db: Queryable,
  identifier: string,
  maxRequests: number,
  windowMs: number,
): Promise<WindowRow | null> {
  const { rows } = await db.query<WindowRow>({
    name: 'take_from_window',
    text: TAKE,
    values: [identifier, maxRequests, windowMs],
  });
  return rows[0] ?? null;
}

/**
 * The same for several identifiers of one limit and window, each with the number of requests that came. The count may
 * pass the limit with the last of them: who came before it was full is let in, by the number that is answered.
 */
const TAKE_TOGETHER = `
  INSERT INTO rate_limits AS kept (identifier, request_count, window_start)
  SELECT identifier, wanted, clock_timestamp()
  FROM unnest($1::text[], $2::int[]) AS asked (identifier, wanted) ORDER BY identifier
  ON CONFLICT (identifier) DO UPDATE SET
    request_count = CASE WHEN kept.window_start <= excluded.window_start - $4::bigint * interval '1 millisecond'
      THEN excluded.request_count ELSE kept.request_count + excluded.request_count END,
    window_start = CASE WHEN kept.window_start <= excluded.window_start - $4::bigint * interval '1 millisecond'
      THEN excluded.window_start ELSE kept.window_start END
  WHERE kept.request_count < $3
    OR kept.window_start <= excluded.window_start - $4::bigint * interval '1 millisecond'
  RETURNING identifier, request_count,
    $4::bigint + round(extract(epoch FROM window_start - clock_timestamp()) * 1000)::bigint AS left_ms`;

export interface TakenRow {
  readonly identifier: string;
  /** Requests counted in the window with these. */
  readonly request_count: number;
  /** Milliseconds to the end of the window. */
  readonly left_ms: number;
}

/** Rows of the identifiers whose window was not full; `identifiers` sorted, each once. */
export async function takeTogether(
  db: Queryable,
  identifiers: readonly string[],
  wanted: readonly number[],
  maxRequests: number,
  windowMs: number,
): Promise<TakenRow[]> {
  const { rows } = await db.query<TakenRow & Record<string, unknown>>({
    name: 'take_together',
    text: TAKE_TOGETHER,
    values: [identifiers, wanted, maxRequests, windowMs],
  });
  return rows;
}

/** Milliseconds to the end of each window. Not prepared: a plan made for an empty table would scan a full one. */
export async function selectWindowsLeft(
  db: Queryable,
  identifiers: readonly string[],
  windowMs: number,
): Promise<Map<string, number>> {
  if (identifiers.length === 0) return new Map();
  const { rows } = await db.query<{ identifier: string; left_ms: number }>({
    text: `SELECT identifier, $2::bigint + round(extract(epoch FROM window_start - clock_timestamp()) * 1000)::bigint AS left_ms
           FROM rate_limits WHERE identifier = ANY ($1)`,
    values: [identifiers, windowMs],
  });
  return new Map(rows.map(({ identifier, left_ms }) => [identifier, left_ms]));
}

export interface CountedKinds {
  /** Null for counters of no rule of ours. */
  readonly rule: string | null;
  /** `ip4`, `ip6-64`, `ip6-48`, `user` … */
  readonly kind: string | null;
  readonly max: number | null;
  readonly keys: number;
  /** In a window that has not ended. */
  readonly active: number | null;
  /** Those of them that are refused. */
  readonly full: number | null;
}

/** Counters by rule and kind, which are the first two parts of an identifier: `search:ip4:192.0.2.7`. */
export async function selectCounters(
  db: Queryable,
  known: readonly { rule: string; kind: string; max: number; windowMs: number }[],
): Promise<CountedKinds[]> {
  const { rows } = await db.query<CountedKinds & Record<string, unknown>>({
    name: 'state of limiter',
    text: `
      SELECT l.rule, l.kind, l.max, count(*) AS keys,
        CASE WHEN l.rule IS NOT NULL THEN count(*) FILTER (WHERE running) END AS active,
        CASE WHEN l.rule IS NOT NULL THEN count(*) FILTER (WHERE running AND request_count >= l.max) END AS "full"
      FROM rate_limits r
      LEFT JOIN unnest($1::text[], $2::text[], $3::int[], $4::bigint[]) AS l (rule, kind, max, window_ms)
        ON l.rule = split_part(r.identifier, ':', 1) AND l.kind = split_part(r.identifier, ':', 2)
      CROSS JOIN LATERAL (SELECT r.window_start > clock_timestamp() - l.window_ms * interval '1 millisecond') AS w (running)
      GROUP BY l.rule, l.kind, l.max ORDER BY l.rule, keys DESC, l.kind`,
    values: [
      known.map(({ rule }) => rule),
      known.map(({ kind }) => kind),
      known.map(({ max }) => max),
      known.map(({ windowMs }) => windowMs),
    ],
  });
  return rows;
}
