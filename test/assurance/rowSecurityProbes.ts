/** Statements that try to reach another user's rows, made from the catalogue, and what came of them. */
import pg from 'pg';
import { roleUrl } from '../../src/database/roles.ts';
import type { Column, UserTable } from './rowSecurityCatalogue.ts';

/** A row as text, by column. */
type Row = Readonly<Record<string, string | null>>;

/**
 * `none`: reaches no row (or may not be said at all). `refused`: must be an error, of a policy or a missing right;
 * `orphan`: of these, or because no such parent is the user's (the composite reference of user and trip).
 * `own`: returns the owners of the rows it reaches, all of them the prober; undone.
 */
type Expected = 'none' | 'refused' | 'orphan' | 'own';

export interface Probe {
  readonly text: string;
  readonly expected: Expected;
  /** The same for a row that nobody has: must answer alike. */
  readonly absent?: string;
}

/** By a policy or for want of a privilege. */
const DENIED = '42501';
const NO_PARENT = '23503';

const literal = (value: string | null, type: string): string =>
  value === null ? 'NULL' : `${pg.escapeLiteral(value)}::${type}`;
const quoted = (name: string): string => pg.escapeIdentifier(name);

/** Of one row of a victim. `prober`: whose id the prober writes as theirs. */
export function* probesOf({ name, owner, columns }: UserTable, row: Row, prober: string): Generator<Probe> {
  const victim = pg.escapeLiteral(row[owner]!);
  const keys = columns.filter((column) => column.primaryKey);
  const matching = (absent: boolean): string =>
    keys
      .map((key) => {
        const value = absent && key.type === 'text' ? `${row[key.name]}-absent` : row[key.name]!;
        return `x.${quoted(key.name)} = ${literal(value, key.type)}`;
      })
      .join(' AND ') || `x.${owner} = ${victim}`;
  const [theRow, noRow] = [matching(false), matching(true)];
  const either = (make: (where: string) => string): Probe => ({
    text: make(theRow),
    absent: make(noRow),
    expected: 'none',
  });
  const none = (text: string): Probe => ({ text, expected: 'none' });

  for (const column of columns) {
    const c = quoted(column.name);
    const value = literal(row[column.name] ?? null, column.type);
    yield either((where) => `SELECT ${c} FROM ${name} x WHERE ${where}`);
    yield none(`SELECT ${c} FROM ${name} WHERE ${owner} = ${victim}`);
    yield none(`SELECT (${c}::text || 'x')::int FROM ${name} x WHERE ${theRow}`); // an error would tell the value
    yield either((where) => `UPDATE ${name} x SET ${c} = ${value} WHERE ${where} RETURNING x.${owner}`);
    yield none(`UPDATE ${name} SET ${c} = ${value} WHERE ${owner} = ${victim}`);
    if (row[column.name] !== null && column.type !== 'json')
      yield none(
        `SELECT ${owner} FROM ${name} WHERE ${c} = ${value} AND ${owner} <> coalesce(app_user_id(), '')`,
      );
  }
  yield either((where) => `SELECT FROM ${name} x WHERE ${where} FOR UPDATE`);
  yield either((where) => `SELECT FROM ${name} x WHERE ${where} FOR KEY SHARE`);
  yield none(`UPDATE ${name} SET ${owner} = ${pg.escapeLiteral(prober)} WHERE ${owner} = ${victim}`);
  yield either((where) => `DELETE FROM ${name} x WHERE ${where} RETURNING x.${owner}`);
  yield either((where) => `DELETE FROM ${name} x WHERE ${where}`);
  yield none(`DELETE FROM ${name} WHERE ${owner} = ${victim}`);
  yield none(`DELETE FROM ${name} x USING users u WHERE u.id = x.${owner} AND u.id = ${victim}`);
  yield none(`WITH taken AS (DELETE FROM ${name} x WHERE ${theRow} RETURNING *) SELECT * FROM taken`);
  const s = `(SELECT ${victim} AS victim) s ON x.${owner} = s.victim`;
  yield none(`MERGE INTO ${name} x USING ${s} WHEN MATCHED THEN DELETE`);
  for (const { name: column } of columns)
    yield none(
      `MERGE INTO ${name} x USING ${s} WHEN MATCHED THEN UPDATE SET ${quoted(column)} = x.${quoted(column)}`,
    );
  yield* insertsOf({ name, owner, columns }, row, prober);
}

let fresh = 0;
/** A value that breaks no unique index. */
function freshValue(column: Column, value: string | null): string | null {
  if (!column.unique) return value;
  if (column.name.endsWith('_hash')) return String(++fresh).padStart(64, '0');
  if (column.type === 'text') return `probe ${++fresh}`;
  return column.type === 'smallint' ? String(20 + (++fresh % 40)) : value;
}

function* insertsOf(
  { name, owner, columns }: Pick<UserTable, 'name' | 'owner' | 'columns'>,
  row: Row,
  prober: string,
): Generator<Probe> {
  const names = columns.map((column) => quoted(column.name)).join(', ');
  const parent = new Set(['trip_id']);
  const insert = (userId: string, anew: boolean): string => {
    const values = columns.map((column) => {
      if (column.name === owner) return pg.escapeLiteral(userId);
      const value = row[column.name] ?? null;
      return literal(anew && !parent.has(column.name) ? freshValue(column, value) : value, column.type);
    });
    return `INSERT INTO ${name} (${names}) VALUES (${values.join(', ')})`;
  };
  const victim = row[owner]!;
  const keys = columns.filter((column) => column.primaryKey).map((column) => quoted(column.name));
  if (owner !== 'id') yield { text: insert(victim, true), expected: 'refused' };
  yield { text: insert(victim, false), expected: 'refused' };
  yield { text: `${insert(victim, true)} RETURNING *`, expected: 'refused' };
  if (keys.length > 0)
    for (const { name: column } of columns) {
      const set = `DO UPDATE SET ${quoted(column)} = excluded.${quoted(column)}`;
      yield {
        text: `${insert(victim, false)} ON CONFLICT (${keys.join(', ')}) ${set} RETURNING *`,
        expected: 'refused',
      };
    }
  if (keys.length > 0 && !keys.includes(owner)) {
    // The key is another's, the row says it is one's own: the other's row must stay what it is.
    const set = `DO UPDATE SET ${owner} = excluded.${owner}`;
    yield {
      text: `${insert(prober, false)} ON CONFLICT (${keys.join(', ')}) ${set}`,
      expected: 'refused',
    };
  }
  if (columns.some((column) => parent.has(column.name)) && owner !== 'id' && !name.includes('clicks'))
    yield { text: insert(prober, true), expected: 'orphan' }; // one's own leg on another's trip
  const copied = columns.map((column) =>
    column.name === owner
      ? pg.escapeLiteral(prober)
      : column.primaryKey && column.type === 'text'
        ? `x.${quoted(column.name)} || ' copy'`
        : `x.${quoted(column.name)}`,
  );
  yield {
    text: `INSERT INTO ${name} (${names}) SELECT ${copied.join(', ')} FROM ${name} x WHERE x.${owner} = ${pg.escapeLiteral(victim)}`,
    expected: 'none',
  };
}

/** Without naming a victim: whatever is reached must be one's own. */
export function* sweepsOf({ name, owner, columns }: UserTable): Generator<Probe> {
  const own = (text: string): Probe => ({ text, expected: 'own' });
  const o = `x.${owner} AS owner`;
  yield own(`SELECT ${o} FROM ${name} x`);
  yield own(`SELECT ${o}, x FROM ${name} x TABLESAMPLE SYSTEM (100)`);
  yield own(`SELECT ${o} FROM ${name} x FOR SHARE`);
  yield own(`SELECT ${o} FROM users u RIGHT JOIN ${name} x ON u.id = x.${owner}`);
  yield own(
    `SELECT ${o} FROM trips t FULL JOIN ${name} x ON t.user_id = x.${owner} WHERE x.${owner} IS NOT NULL`,
  );
  yield own(`SELECT max(${owner}) AS owner FROM ${name} HAVING count(*) > 0`);
  yield own(`SELECT min(${owner}) AS owner FROM ${name} HAVING count(*) > 0`);
  yield own(`SELECT lead(${owner}, 0) OVER (ORDER BY ${owner}) AS owner FROM ${name}`);
  yield own(`DELETE FROM ${name} x RETURNING ${o}`);
  for (const { name: column } of columns) {
    const c = quoted(column);
    yield own(`SELECT ${o}, x.${c} FROM ${name} x ORDER BY x.${c}::text`);
    yield own(`UPDATE ${name} x SET ${c} = x.${c} RETURNING ${o}`);
  }
}

/** Ways round the policies that rs_app must not have, whoever is set. */
export function* escapesOf({ name, owner }: UserTable): Generator<Probe> {
  const refused = (text: string): Probe => ({ text, expected: 'refused' });
  yield refused(`ALTER TABLE ${name} DISABLE ROW LEVEL SECURITY`);
  yield refused(`ALTER TABLE ${name} OWNER TO rs_app`);
  yield refused(`CREATE POLICY mine ON ${name} USING (true)`);
  yield refused(`DROP POLICY own ON ${name}`);
  yield refused(`TRUNCATE ${name}`);
  yield { text: `GRANT ALL ON ${name} TO rs_app`, expected: 'none' }; // a warning; see `checksums`
  yield refused(`COPY ${name} TO '/dev/null'`);
  yield refused(`CREATE INDEX ON ${name} (${owner})`);
  yield refused(`CREATE TRIGGER mine BEFORE UPDATE ON ${name} EXECUTE FUNCTION forget_user()`);
  yield {
    text: `SELECT * FROM pg_stats WHERE format('%I.%I', schemaname, tablename)::regclass = '${name}'::regclass`,
    expected: 'none',
  };
}

/** What is not of one table. */
export const escapes: readonly Probe[] = [
  'SET ROLE rs_service',
  'SET SESSION AUTHORIZATION rs_service',
  'ALTER ROLE rs_app BYPASSRLS',
  'GRANT rs_service TO rs_app',
  `SELECT ensure_month_partition('search_queries', '2030-01-01')`,
  `SELECT drop_months_before('search_queries', '2100-01-01')`,
  `CREATE OR REPLACE FUNCTION app_user_id() RETURNS text LANGUAGE sql AS $$ SELECT 'x' $$`,
  'CREATE TABLE public.mine (id int)',
  `SELECT pg_read_file('PG_VERSION')`,
  `COPY users TO PROGRAM 'cat'`,
  'SELECT * FROM pg_authid',
  'SELECT * FROM pg_statistic',
].map((text) => ({ text, expected: 'refused' }));

interface Outcome {
  readonly state: string | null;
  readonly rows: readonly unknown[];
  readonly count: number;
}

async function outcomeOf(asked: Promise<pg.QueryResult>): Promise<Outcome> {
  try {
    const { rows, rowCount } = await asked;
    return { state: null, rows, count: rowCount ?? 0 };
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (typeof code !== 'string') throw error;
    return { state: code, rows: [], count: 0 };
  }
}

/** Why the answer is a leak; undefined: it is none. */
function leakIn(probe: Probe, user: string | undefined, { state, rows, count }: Outcome): string | undefined {
  if (probe.expected === 'refused' || probe.expected === 'orphan')
    return state === DENIED || (probe.expected === 'orphan' && state === NO_PARENT)
      ? undefined
      : `not refused: ${state ?? `${count} rows`}`;
  if (state !== null) return state === DENIED ? undefined : `answers with ${state}`;
  if (probe.expected === 'none') return count === 0 ? undefined : `reaches ${count} rows`;
  const foreign = rows.filter((row) => (row as { owner: unknown }).owner !== user).length;
  return foreign === 0 ? undefined : `reaches ${foreign} rows of others`;
}

const CHUNK = 200;

/** Sends the probes as rs_app with this user set (undefined: none); one line per leak, and how many were sent. */
export async function sendProbes(
  ownerUrl: string,
  user: string | undefined,
  probes: Iterable<Probe>,
): Promise<{ sent: number; reached: number; leaks: string[] }> {
  const client = new pg.Client({ connectionString: roleUrl(ownerUrl, 'rs_app'), pipeline: true });
  await client.connect();
  const result = { sent: 0, reached: 0, leaks: [] as string[] };
  const send = async (probe: Probe): Promise<void> => {
    const undo = probe.expected === 'own';
    if (undo) void client.query('BEGIN');
    const asked = outcomeOf(client.query(probe.text));
    const undone = undo ? client.query('ROLLBACK') : undefined;
    const absent = probe.absent === undefined ? undefined : outcomeOf(client.query(probe.absent));
    const outcome = await asked;
    await undone;
    result.sent += absent ? 2 : 1;
    if (probe.expected === 'own') result.reached += outcome.count;
    const leak = leakIn(probe, user, outcome);
    if (leak) result.leaks.push(`as ${user ?? 'nobody'}: ${leak}: ${probe.text}`);
    const other = await absent;
    if (other && (other.state !== outcome.state || other.count !== outcome.count))
      result.leaks.push(
        `as ${user ?? 'nobody'}: ${outcome.state}/${outcome.count}, but of an absent row ${other.state}/${other.count}: ${probe.text}`,
      );
  };
  try {
    if (user !== undefined) await client.query(`SELECT set_config('app.user_id', $1, false)`, [user]);
    let chunk: Promise<void>[] = [];
    for (const probe of probes) {
      chunk.push(send(probe));
      if (chunk.length < CHUNK) continue;
      await Promise.all(chunk);
      chunk = [];
    }
    await Promise.all(chunk);
    return result;
  } finally {
    await client.end();
  }
}
