import type { Queryable } from '../../database/connect.ts';

export type { Queryable };

/**
 * Reads and counts in one statement on the database's clock, so it is exact over processes and machines.
 * `seen` is the row before: when its window is full nothing is written, not even a lock, which keeps a flood of
 * refused requests cheap. Two that race for the last place meet in ON CONFLICT, whose WHERE looks again under the lock.
 * `excluded.window_start` is this statement's clock: one reading for all comparisons.
 */
const TAKE = `
  WITH clock AS MATERIALIZED (SELECT clock_timestamp() AS now),
  seen AS MATERIALIZED (
    SELECT request_count, window_start FROM rate_limits, clock
    WHERE identifier = $1 AND window_start > now - $3::bigint * interval '1 millisecond'
  ),
  taken AS (
    INSERT INTO rate_limits AS kept (identifier, request_count, window_start)
    SELECT $1, 1, now FROM clock WHERE NOT EXISTS (SELECT FROM seen WHERE request_count >= $2)
    ON CONFLICT (identifier) DO UPDATE SET
      request_count = CASE WHEN kept.window_start <= excluded.window_start - $3::bigint * interval '1 millisecond'
        THEN 1 ELSE kept.request_count + 1 END,
      window_start = CASE WHEN kept.window_start <= excluded.window_start - $3::bigint * interval '1 millisecond'
        THEN excluded.window_start ELSE kept.window_start END
    WHERE kept.request_count < $2
      OR kept.window_start <= excluded.window_start - $3::bigint * interval '1 millisecond'
    RETURNING request_count, window_start
  )
  SELECT taken.request_count, coalesce(taken.window_start, seen.window_start, clock.now) AS window_start
  FROM clock LEFT JOIN taken ON true LEFT JOIN seen ON true`;

export interface WindowRow {
  /** Requests counted in the window with this one; null when this one was refused. */
  readonly request_count: number | null;
  readonly window_start: Date;
}

export async function takeFromWindow(
  db: Queryable,
  identifier: string,
  maxRequests: number,
  windowMs: number,
): Promise<WindowRow> {
  const { rows } = await db.query<WindowRow>({
    name: 'take_from_window',
    text: TAKE,
    values: [identifier, maxRequests, windowMs],
  });
  return rows[0]!;
}
