/** What stands where a backup is to be restored: whether it may go, and whose erasure only it remembers. */
import { processToken } from '../../database/processToken.ts';
import { ourSchemas } from '../../database/schema/describe.ts';
import { sqlStateOf } from '../../database/sqlstate.ts';
import { withoutPassword } from '../../database/url.ts';
import { AppError } from '../../errors.ts';
import type { Manifest } from './contract.ts';
import { erasuresIn } from './erasureLedger.ts';
import { open } from './reader.ts';

/** What a database that goes knew of erasures, for the one that comes. */
export interface KnownErasures {
  readonly hashes: readonly string[];
  /** Rows of the hold as JSON. */
  readonly held: readonly object[];
  /** Why it could not be asked. */
  readonly notRead: string | null;
}

export const nothingErased: KnownErasures = { hashes: [], held: [], notRead: null };

/** Throws `CONFLICT` when there is something that may not go, or somebody uses it. */
export async function examineTarget(
  ownerUrl: string,
  { versions }: Manifest,
  replace: boolean,
): Promise<{ occupied: boolean; erased: KnownErasures }> {
  const client = await openExisting(ownerUrl);
  const name = withoutPassword(ownerUrl);
  try {
    const { rows } = await client.query<{ occupied: boolean; users: number; major: number }>(
      `SELECT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
           WHERE n.nspname = ANY ($1) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')) AS occupied,
         (SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'
           AND pid <> pg_backend_pid() AND NOT starts_with(application_name, $2)) AS users,
         current_setting('server_version_num')::int / 10000 AS major`,
      [ourSchemas, processToken],
    );
    const { occupied, users, major } = rows[0]!;
    const saved = Number.parseInt(versions.server, 10);
    if (major < saved)
      throw new AppError(
        'UNPROCESSABLE',
        `The dump is of PostgreSQL ${saved}, and the server at ${name} is ${major}: restore to ${saved} or newer`,
      );
    if (!occupied) return { occupied, erased: nothingErased };
    if (!replace)
      throw new AppError(
        'CONFLICT',
        `The database at ${name} is not empty: --yes replaces all that is in it`,
      );
    if (users > 0)
      throw new AppError(
        'CONFLICT',
        `${users} connections use the database at ${name}: stop RouteStitch (every process of it) and try again`,
      );
    return { occupied, erased: await knownErasures(ownerUrl) };
  } finally {
    await client.end();
  }
}

async function openExisting(ownerUrl: string): ReturnType<typeof open> {
  try {
    return await open(ownerUrl);
  } catch (cause) {
    const name = decodeURIComponent(new URL(ownerUrl).pathname.slice(1));
    if (sqlStateOf(cause) === '3D000')
      throw new AppError('DATABASE', `There is no database "${name}" yet: CREATE DATABASE "${name}"`, {
        cause,
      });
    throw new AppError('DATABASE', `Cannot use ${withoutPassword(ownerUrl)}: ${(cause as Error).message}`, {
      cause,
    });
  }
}

/** Read by its owner, who alone may read the hold. A database that cannot be read does not stop a restore. */
export async function knownErasures(ownerUrl: string): Promise<KnownErasures> {
  try {
    const client = await open(ownerUrl);
    try {
      const hashes = await erasuresIn(client);
      const { rows: found } = await client.query<{ there: boolean }>(
        `SELECT to_regclass('hold.erased_users') IS NOT NULL AS there`,
      );
      if (!found[0]?.there) return { hashes, held: [], notRead: null };
      const { rows } = await client.query<{ held: object }>(
        'SELECT to_jsonb(h) AS held FROM hold.erased_users h',
      );
      return { hashes, held: rows.map(({ held }) => held), notRead: null };
    } finally {
      await client.end();
    }
  } catch (error) {
    return { ...nothingErased, notRead: (error as Error).message };
  }
}
