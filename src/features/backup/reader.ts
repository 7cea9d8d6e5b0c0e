/** A connection that sees every row: a dump that misses some in silence is worse than none. */
import pg from 'pg';
import { ensureRoles, roleUrl } from '../../database/roles.ts';
import { ourSchemas } from '../../database/schema/describe.ts';
import { readConnection } from '../../database/url.ts';
import { AppError } from '../../errors.ts';

export interface Reader {
  readonly client: pg.Client;
  /** Of the role that reads; holds a password. */
  readonly url: string;
  /**
   * `owner`: goes round row-level security, and PostgreSQL refuses what it could not go round. `policies`: rs_backup,
   * whom policies let in.
   */
  readonly through: 'owner' | 'policies';
  readonly serverVersion: string;
  readonly major: number;
}

/** Connects as the owner where that may bypass row-level security, else as rs_backup. Throws `DATABASE`. */
export async function openReader(ownerUrl: string): Promise<Reader> {
  const owner = await open(ownerUrl);
  try {
    const { rows } = await owner.query<{ number: string; version: string; bypasses: boolean }>(`
      SELECT current_setting('server_version_num') AS number, split_part(current_setting('server_version'), ' ', 1) AS version,
        rolsuper OR rolbypassrls AS bypasses FROM pg_roles WHERE rolname = current_user`);
    const { number, version: serverVersion, bypasses } = rows[0]!;
    const major = Math.floor(Number(number) / 10_000);
    if (bypasses) return { client: owner, url: ownerUrl, through: 'owner', serverVersion, major };
    await refuseUnreadable(owner);
    await ensureRoles(ownerUrl);
    const url = roleUrl(ownerUrl, 'rs_backup');
    const client = await open(url);
    await owner.end();
    return { client, url, through: 'policies', serverVersion, major };
  } catch (error) {
    await owner.end().catch(() => undefined);
    throw error;
  }
}

export async function open(url: string): Promise<pg.Client> {
  const client = new pg.Client({
    ...readConnection(url).client,
    application_name: 'routestitch backup',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function refuseUnreadable(client: pg.ClientBase): Promise<void> {
  const names = await unreadableTables(client);
  if (names.length > 0)
    throw new AppError(
      'DATABASE',
      `rs_backup does not see all rows of ${names.join(', ')}, so a dump would miss some: run \`routestitch db migrate\`; a table that is not RouteStitch's: SELECT open_to_backup('TABLE')`,
    );
}

/** Tables of which rs_backup may see less than all: not granted, no policy for it, or a policy that restricts it. */
export async function unreadableTables(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = ANY ($1) AND c.relkind IN ('r', 'p') AND NOT (
       has_schema_privilege('rs_backup', n.oid, 'USAGE') AND has_table_privilege('rs_backup', c.oid, 'SELECT')
       AND (NOT c.relrowsecurity OR EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polpermissive
           AND p.polcmd IN ('r', '*') AND 'rs_backup'::regrole = ANY (p.polroles) AND pg_get_expr(p.polqual, c.oid) = 'true')
         AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND NOT p.polpermissive
           AND p.polcmd IN ('r', '*') AND p.polroles && ARRAY[0, 'rs_backup'::regrole::oid]::oid[])))
     ORDER BY 1`,
    [ourSchemas],
  );
  return rows.map(({ name }) => name);
}
