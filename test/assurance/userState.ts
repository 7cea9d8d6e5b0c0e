import type pg from 'pg';
import { userTables } from './rowSecurityCatalogue.ts';

/**
 * A sum of every row that is these users', over all tables of the catalogue. `without`: columns that may change, by
 * table; `*`: all of them.
 */
export async function stateOf(
  owner: pg.ClientBase,
  userIds: readonly string[],
  without: Readonly<Record<string, readonly string[]>> = {},
): Promise<string> {
  const tables = (await userTables(owner)).filter(
    ({ name, partition }) => !partition && !without[name]?.includes('*'),
  );
  const sums = tables.map(({ name, owner: column }) => {
    const left = (without[name] ?? []).map((one) => ` - '${one}'`).join('');
    return `(SELECT '${name} ' || count(*) || ' ' || coalesce(sum(hashtextextended((to_jsonb(t)${left})::text, 0)), 0)
             FROM ${name} t WHERE ${column} = ANY ($1))`;
  });
  const { rows } = await owner.query<{ state: string }>(
    `SELECT concat_ws(', ', ${sums.join(', ')}) AS state`,
    [userIds],
  );
  return rows[0]!.state;
}
