import type { Queryable } from '../../database/connect.ts';
import type { PersonalTable } from './exportTables.ts';

/** Null when there is no such user. */
export async function selectEmail(db: Queryable, userId: string): Promise<string | null> {
  const { rows } = await db.query<{ email: string }>({
    name: 'email of user',
    text: 'SELECT email FROM users WHERE id = $1',
    values: [userId],
  });
  return rows[0]?.email ?? null;
}

/** Rows of one owner without their secrets, oldest first. Table and columns are constants of `exportTables.ts`. */
export async function rowsOf(
  db: Queryable,
  { name, owner, secrets, made }: PersonalTable,
  value: string,
): Promise<Record<string, unknown>[]> {
  const { rows } = await db.query<{ row: Record<string, unknown> }>({
    text: `SELECT to_jsonb(t) - $2::text[] AS row FROM ${name} t WHERE t.${owner} = $1 ORDER BY ${made === null ? '1' : `t.${made}, 1`}`,
    values: [value, secrets],
  });
  return rows.map(({ row }) => row);
}
