import type { Queryable } from '../../database/connect.ts';
import { newId } from '../../units/ids.ts';
import type { NewSavedRoute, SavedRoute, SavedRouteSummary } from './contract.ts';

/** Every statement names the user besides the row-level policies, as in the trips slice. */

type Instants = 'createdAt' | 'updatedAt' | 'lastUsedAt';
type SummaryRow = Omit<SavedRouteSummary, Instants> & {
  createdAt: Date;
  updatedAt: Date;
  lastUsedAt: Date | null;
};
type RouteRow = SummaryRow & Pick<SavedRoute, 'route'>;

const SUMMARY = `id, name, origin, destination, stops, times_used AS "timesUsed", last_used_at AS "lastUsedAt",
  created_at AS "createdAt", updated_at AS "updatedAt"`;

const withTexts = <Row extends SummaryRow>(row: Row) => ({
  ...row,
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

export async function insertSavedRoute(
  tx: Queryable,
  userId: string,
  saved: NewSavedRoute,
): Promise<SavedRoute | null> {
  const { rows } = await tx.query<RouteRow>({
    name: 'insert saved route',
    text: `INSERT INTO saved_routes (id, user_id, name, origin, destination, stops, route, updated_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, now()) RETURNING ${SUMMARY}, route`,
    values: [
      newId(),
      userId,
      saved.name ?? null,
      JSON.stringify(saved.origin),
      JSON.stringify(saved.destination),
      saved.stops ? JSON.stringify(saved.stops) : null,
      JSON.stringify(saved.route),
    ],
  });
  return rows[0] ? withTexts(rows[0]) : null;
}

export async function selectSavedRoute(
  tx: Queryable,
  userId: string,
  id: string,
): Promise<SavedRoute | null> {
  const { rows } = await tx.query<RouteRow>({
    name: 'saved route',
    text: `SELECT ${SUMMARY}, route FROM saved_routes WHERE id = $2 AND user_id = $1`,
    values: [userId, id],
  });
  return rows[0] ? withTexts(rows[0]) : null;
}

/** The last route of a page. */
export interface PageEnd {
  readonly createdAt: Date;
  readonly id: string;
}

/** Saved routes after `end` in the order (created_at descending, id), in one statement. */
export async function selectSavedRoutes(
  tx: Queryable,
  userId: string,
  limit: number,
  end: PageEnd | null,
): Promise<SavedRouteSummary[]> {
  const after = end ? 'AND created_at <= $3 AND (created_at < $3 OR id > $4)' : '';
  const { rows } = await tx.query<SummaryRow>({
    name: end ? 'saved routes after' : 'saved routes',
    text: `SELECT ${SUMMARY} FROM saved_routes WHERE user_id = $1 ${after} ORDER BY created_at DESC, id LIMIT $2`,
    values: [userId, limit, ...(end ? [end.createdAt, end.id] : [])],
  });
  return rows.map(withTexts);
}

export async function updateName(
  tx: Queryable,
  userId: string,
  id: string,
  name: string | null,
): Promise<SavedRouteSummary | null> {
  const { rows } = await tx.query<SummaryRow>({
    name: 'rename saved route',
    text: `UPDATE saved_routes SET name = $3, updated_at = now() WHERE id = $2 AND user_id = $1 RETURNING ${SUMMARY}`,
    values: [userId, id, name],
  });
  return rows[0] ? withTexts(rows[0]) : null;
}

/** Counts in the statement: uses at the same time all count. */
export async function countUse(tx: Queryable, userId: string, id: string): Promise<SavedRoute | null> {
  const { rows } = await tx.query<RouteRow>({
    name: 'use saved route',
    text: `UPDATE saved_routes SET times_used = times_used + 1, last_used_at = clock_timestamp()
           WHERE id = $2 AND user_id = $1 RETURNING ${SUMMARY}, route`,
    values: [userId, id],
  });
  return rows[0] ? withTexts(rows[0]) : null;
}

export async function deleteSavedRouteRow(tx: Queryable, userId: string, id: string): Promise<boolean> {
  const { rowCount } = await tx.query({
    name: 'delete saved route',
    text: 'DELETE FROM saved_routes WHERE id = $2 AND user_id = $1',
    values: [userId, id],
  });
  return rowCount === 1;
}
