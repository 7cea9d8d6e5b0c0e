import type { Queryable } from '../../database/connect.ts';
import type { PersonalTable } from './exportTables.ts';

export interface AffectedRow extends Record<string, unknown> {
  readonly userId: string;
  readonly email: string;
  readonly rows: number;
}

/**
 * Users with rows of a table that were there before `until`, with how many. Table and columns are constants of
 * `exportTables.ts`.
 */
export async function selectAffected(
  db: Queryable,
  { name, owner, made }: PersonalTable,
  until: Date,
): Promise<AffectedRow[]> {
  const join = owner === 'identifier' ? 'u.email = t.identifier' : `u.id = t.${owner}`;
  const { rows } = await db.query<AffectedRow>({
    text: `SELECT u.id AS "userId", u.email, count(*) AS rows FROM ${name} t JOIN users u ON ${join}
           WHERE ${made === null ? '$1::timestamptz IS NOT NULL' : `t.${made} < $1`} GROUP BY u.id, u.email`,
    values: [until],
  });
  return rows;
}

/** Users erased since then, who were there before and have no address any more. */
export async function countErasedSince(db: Queryable, since: Date): Promise<number> {
  const { rows } = await db.query<{ n: number }>({
    text: 'SELECT count(*) AS n FROM erasures WHERE erased_at >= $1',
    values: [since],
  });
  return rows[0]?.n ?? 0;
}
