import type { Queryable } from '../../database/connect.ts';
import { translatingErrors } from '../../database/sqlstate.ts';
import { AppError } from '../../errors.ts';
import { countErasedSince, selectAffected } from './breachStore.ts';
import { personalTables } from './exportTables.ts';

export interface BreachQuery {
  readonly since: Date;
  readonly until: Date;
  /** Names of `personalTables`; none: all. */
  readonly tables: readonly string[];
}

export interface Breach {
  readonly since: string;
  readonly until: string;
  readonly tables: readonly string[];
  /** By address. */
  readonly affected: readonly {
    readonly userId: string;
    /** To be told. */
    readonly email: string;
    /** Rows by table. */
    readonly rows: Readonly<Record<string, number>>;
  }[];
  /** Users who were there in the window and have been erased since: nobody can be told any more. */
  readonly erased: number;
}

/**
 * Whose data lay in these tables in a window of time: rows made before its end, since whoever reads a table reads also
 * what was written years before. What was deleted since then is not known any more, only how many users were erased.
 * Throws `INVALID_REQUEST`.
 * @param service a database as rs_service.
 */
export async function findAffected(
  service: Queryable,
  { since, until, tables }: BreachQuery,
): Promise<Breach> {
  if (since >= until) throw new AppError('INVALID_REQUEST', 'The window must end after it begins');
  const known = personalTables.map(({ name }) => name as string);
  const unknown = tables.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new AppError(
      'INVALID_REQUEST',
      `No table "${unknown}" says anything about users: ${known.join(', ')}`,
    );
  const asked = tables.length === 0 ? known : tables;
  const users = new Map<string, { userId: string; email: string; rows: Record<string, number> }>();
  for (const table of personalTables) {
    if (!asked.includes(table.name)) continue;
    for (const row of await translatingErrors(() => selectAffected(service, table, until))) {
      const user = users.get(row.userId) ?? { userId: row.userId, email: row.email, rows: {} };
      user.rows[table.name] = row.rows;
      users.set(row.userId, user);
    }
  }
  return {
    since: since.toISOString(),
    until: until.toISOString(),
    tables: asked,
    affected: [...users.values()].toSorted((a, b) => (a.email < b.email ? -1 : 1)),
    erased: await translatingErrors(() => countErasedSince(service, since)),
  };
}
