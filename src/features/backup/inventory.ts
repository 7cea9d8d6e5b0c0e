/** What a database holds: counts and sums by table, and the schema as statements. */
import type pg from 'pg';
import { describeWithin, ourSchemas } from '../../database/schema/describe.ts';
import type { Inventory, ReportProgress } from './contract.ts';

/** Schemas whose tables are counted: ours; of a physical copy everybody's in the database. */
export type Schemas = 'ours' | 'all';

export interface TakenInventory {
  readonly inventory: Inventory;
  readonly statements: readonly string[];
}

const ourNames = ourSchemas.map((name) => `'${name}'`).join(', ');
const within = (column: string, schemas: Schemas): string =>
  schemas === 'ours'
    ? `${column} IN (${ourNames})`
    : `${column} <> 'information_schema' AND ${column} NOT LIKE 'pg\\_%'`;

/** Rows are summed as text, and text follows these settings. */
const sameText = `
  SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL IntervalStyle = 'postgres';
  SET LOCAL extra_float_digits = 1; SET LOCAL bytea_output = 'hex'; SET LOCAL xmloption = 'content';
  SET LOCAL lc_monetary = 'C'; SET LOCAL statement_timeout = 0;`;

/** Inside a transaction that the caller has begun: everything is of one moment when that is REPEATABLE READ. */
export async function takeInventory(
  client: pg.ClientBase,
  schemas: Schemas,
  report: ReportProgress,
): Promise<TakenInventory> {
  await client.query(sameText);
  const names = await tableNames(client, schemas);
  const tables: Inventory['tables'] = [];
  for (const name of names) {
    report('counting tables', tables.length, names.length);
    tables.push(await sumOf(client, name));
  }
  const inventory: Inventory = {
    tables,
    sequences: await rowsOf(client, sequencesOf(schemas)),
    extensions: await namesOf(client, extensions),
    roles: await namesOf(client, roles),
    migrations: tables.some(({ name }) => name === 'public._prisma_migrations')
      ? await namesOf(client, migrations)
      : [],
  };
  return { inventory, statements: await describeWithin(client) };
}

/** Tables with rows of their own that survive a crash: a cache that does not is not in a backup either. */
export const tableNames = (client: pg.ClientBase, schemas: Schemas): Promise<string[]> =>
  namesOf(
    client,
    `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind = 'r' AND c.relpersistence = 'p' AND ${within('n.nspname', schemas)} ORDER BY 1`,
  );

/** Sums of hashes do not depend on the order of rows; a row that is there twice counts twice. */
async function sumOf(client: pg.ClientBase, name: string): Promise<Inventory['tables'][number]> {
  const { rows } = await client.query<{ rows: string; checksum: string }>(`
    SELECT count(*) AS rows, coalesce(sum(('x' || left(h, 16))::bit(64)::bigint::numeric), 0) || ':'
      || coalesce(sum(('x' || right(h, 16))::bit(64)::bigint::numeric), 0) AS checksum
    FROM (SELECT md5(t::text) AS h FROM ${name} t OFFSET 0) AS hashed`);
  return { name, rows: Number(rows[0]!.rows), checksum: rows[0]!.checksum };
}

const sequencesOf = (schemas: Schemas): string => `
  SELECT format('%I.%I', schemaname, sequencename) AS name, last_value::text AS value FROM pg_sequences
  WHERE ${within('schemaname', schemas)} ORDER BY 1`;
const extensions = `SELECT extname AS name FROM pg_extension ORDER BY 1`;
const migrations = `
  SELECT migration_name AS name FROM public._prisma_migrations
  WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY 1`;
/** To whom something of ours is granted or shown: whoever restores must have them. Owners are left out of dumps. */
const roles = `
  SELECT DISTINCT r.rolname AS name FROM pg_shdepend d JOIN pg_roles r ON r.oid = d.refobjid
  WHERE d.refclassid = 'pg_authid'::regclass AND d.deptype IN ('a', 'r')
    AND d.dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND CASE d.classid
      WHEN 'pg_namespace'::regclass THEN d.objid
      WHEN 'pg_class'::regclass THEN (SELECT relnamespace FROM pg_class WHERE oid = d.objid)
      WHEN 'pg_proc'::regclass THEN (SELECT pronamespace FROM pg_proc WHERE oid = d.objid)
      WHEN 'pg_policy'::regclass THEN (SELECT relnamespace FROM pg_class WHERE oid = (SELECT polrelid FROM pg_policy WHERE oid = d.objid))
    END IN (SELECT oid FROM pg_namespace WHERE nspname IN (${ourNames}))
  ORDER BY 1`;

async function rowsOf<Row extends pg.QueryResultRow>(client: pg.ClientBase, text: string): Promise<Row[]> {
  return (await client.query<Row>(text)).rows;
}

async function namesOf(client: pg.ClientBase, text: string): Promise<string[]> {
  return (await rowsOf<{ name: string }>(client, text)).map(({ name }) => name);
}
