/** What the catalogue says of row-level security: which tables are users', and what does not protect them. */
import type pg from 'pg';
import { unreadableTables } from '../../src/features/backup/index.ts';

export interface Column {
  readonly name: string;
  /** As `format_type` writes it. */
  readonly type: string;
  readonly primaryKey: boolean;
  /** In a unique index, the primary key's included. */
  readonly unique: boolean;
}

export interface UserTable {
  /** Qualified and quoted. */
  readonly name: string;
  /** The column that says whose a row is. */
  readonly owner: string;
  readonly columns: readonly Column[];
  readonly partition: boolean;
}

/** Tables without a user, each looked at: what rs_app may read or write of them is everybody's. */
const nobodys = new Set([
  'cached_geocodes',
  'cached_routes',
  'cache_leases',
  'rate_limits',
  'networks',
  'network_notices',
  'network_feeds',
  // rs_app may not even read these:
  'job_runs',
  'graphile_worker.migrations',
  'graphile_worker._private_job_queues',
  'graphile_worker._private_jobs',
  'graphile_worker._private_known_crontabs',
  'graphile_worker._private_tasks',
  'feed_archives',
  'feed_archive_parts',
  'verification_tokens',
  'erasures',
  'hold.erased_users', // users no more; rs_service adds rows and cannot read them
  '_prisma_migrations',
]);
/** Where a row may also be nobody's. */
const alsoAnonymous = new Set(['search_queries', 'booking_clicks']);
/** Functions that run as their owner, for rs_service. */
const declaredDefiners = new Set([
  'ensure_month_partition(regclass,date)',
  'drop_months_before(regclass,date)',
]);

const OURS = `n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'`;

export async function userTables(client: pg.ClientBase): Promise<UserTable[]> {
  const { rows } = await client.query<UserTable>(`
    SELECT c.oid::regclass::text AS name, CASE WHEN c.oid = 'users'::regclass THEN 'id' ELSE 'user_id' END AS owner,
      c.relispartition AS partition,
      (SELECT json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
          'primaryKey', EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary AND a.attnum = ANY (i.indkey)),
          'unique', EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisunique AND a.attnum = ANY (i.indkey)))
        ORDER BY a.attnum)
       FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE ${OURS} AND c.relkind IN ('r', 'p', 'f') AND (c.oid = 'users'::regclass OR EXISTS (
      SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'user_id' AND NOT a.attisdropped))
    ORDER BY 1`);
  return rows;
}

interface TableFacts {
  readonly name: string;
  readonly has_user: boolean;
  readonly partition: boolean;
  readonly enabled: boolean;
  readonly forced: boolean;
  /** Those that bind rs_app. */
  readonly policies: readonly { readonly name: string; readonly using: string; readonly check: string }[];
}

/** One line per fault. */
export async function protectionFaults(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<TableFacts>(`
    SELECT c.oid::regclass::text AS name, c.relispartition AS partition, c.relrowsecurity AS enabled, c.relforcerowsecurity AS forced,
      c.oid = 'users'::regclass OR EXISTS (
        SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'user_id' AND NOT a.attisdropped) AS has_user,
      (SELECT coalesce(json_agg(json_build_object('name', p.polname,
          'using', coalesce(pg_get_expr(p.polqual, c.oid), ''), 'check', coalesce(pg_get_expr(p.polwithcheck, c.oid), ''))), '[]')
       FROM pg_policy p WHERE p.polrelid = c.oid AND p.polroles <> ARRAY['rs_service'::regrole::oid]
         AND NOT (p.polroles = ARRAY['rs_backup'::regrole::oid] AND p.polcmd = 'r')) AS policies
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE ${OURS} AND c.relkind IN ('r', 'p', 'f') ORDER BY 1`);
  const faults = rows.flatMap((table) => tableFaults(table));
  for (const part of [roleFaults, viewFaults, definerFaults]) faults.push(...(await part(client)));
  for (const name of await unreadableTables(client))
    faults.push(`${name}: a backup would miss rows; the migration that makes it calls open_to_backup`);
  return faults;
}

function tableFaults({ name, has_user, partition, enabled, forced, policies }: TableFacts): string[] {
  if (!has_user)
    return nobodys.has(name) ? [] : [`${name}: neither has a user_id nor is declared as nobody's`];
  const faults: string[] = [];
  if (!enabled) faults.push(`${name}: row-level security is not enabled`);
  if (!forced) faults.push(`${name}: row-level security is not forced`);
  const own = `(${name === 'users' ? 'id' : 'user_id'} = ( SELECT app_user_id() AS app_user_id))`;
  const checks = alsoAnonymous.has(name) ? [own, `((user_id IS NULL) OR ${own})`] : [own];
  // Word for word: "own or something else" would hold the right words too.
  for (const policy of policies)
    if (policy.using !== own || !checks.includes(policy.check))
      faults.push(
        `${name}: policy ${policy.name} lets through USING ${policy.using} WITH CHECK ${policy.check}`,
      );
  if (partition ? policies.length > 0 : policies.length === 0)
    faults.push(`${name}: ${partition ? 'a partition is reached through its parent only' : 'no policy'}`);
  return faults;
}

async function roleFaults(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ fault: string }>(`
    SELECT r.rolname || ' ' || fact.fault AS fault FROM pg_roles r, LATERAL (VALUES
      (r.rolsuper, 'is a superuser'), (r.rolbypassrls, 'bypasses row-level security'), (r.rolcreaterole, 'may create roles'),
      (r.rolcreatedb, 'may create databases'), (r.rolreplication, 'may replicate'),
      (EXISTS (SELECT FROM pg_shdepend d WHERE d.refclassid = 'pg_authid'::regclass AND d.refobjid = r.oid AND d.deptype = 'o'), 'owns something'),
      (EXISTS (SELECT FROM pg_auth_members m WHERE m.member = r.oid), 'is a member of another role'))
      AS fact (so, fault)
    WHERE r.rolname IN ('rs_app', 'rs_service', 'rs_backup') AND fact.so ORDER BY 1`);
  return rows.map(({ fault }) => fault);
}

/** A view reads as its owner unless it says otherwise; a materialized view cannot. */
async function viewFaults(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(`
    SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE ${OURS} AND (c.relkind = 'm' OR c.relkind = 'v' AND NOT coalesce(c.reloptions && ARRAY['security_invoker=true', 'security_invoker=on'], false))
    ORDER BY 1`);
  return rows.map(({ name }) => `view ${name} reads as its owner`);
}

async function definerFaults(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string; app: boolean }>(`
    SELECT p.oid::regprocedure::text AS name, has_function_privilege('rs_app', p.oid, 'EXECUTE') AS app
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE ${OURS} AND p.prosecdef ORDER BY 1`);
  return rows
    .filter(({ name, app }) => app || !declaredDefiners.has(name))
    .map(({ name }) => `function ${name} runs as its owner, undeclared or for rs_app`);
}

/** Count and order-free checksum of the rows of every table, and one of the rights and policies. */
export async function checksums(client: pg.ClientBase): Promise<Record<string, string>> {
  const { rows } = await client.query<{ name: string }>(`
    SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE ${OURS} AND c.relkind IN ('r', 'p') ORDER BY 1`);
  const sums: Record<string, string> = {};
  for (const { name } of rows) {
    const { rows: sum } = await client.query<{ sum: string }>(
      `SELECT count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)), 0) AS sum FROM ${name} t`,
    );
    sums[name] = sum[0]!.sum;
  }
  const { rows: rights } = await client.query<{ sum: string }>(`
    SELECT md5(concat((SELECT string_agg(c.oid::text || c.relowner || coalesce(c.relacl::text, '') || c.relrowsecurity || c.relforcerowsecurity, ' ' ORDER BY c.oid) FROM pg_class c),
      (SELECT string_agg(a.attrelid::text || a.attname || a.attacl::text, ' ' ORDER BY a.attrelid, a.attnum) FROM pg_attribute a),
      (SELECT string_agg(p::text, ' ' ORDER BY p.oid) FROM pg_policy p))) AS sum`);
  sums['rights'] = rights[0]!.sum;
  return sums;
}
