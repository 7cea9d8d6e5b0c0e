/** Migrations: apply, ask, compare, start over. The same history as `npx prisma migrate deploy` keeps. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { AppError } from '../errors.ts';
import { deployOpen, engineGone, type MigrationProgress } from './deploy.ts';
import { processToken } from './processToken.ts';
import { ensureQueue, QUEUE_SCHEMA } from './queue.ts';
import { ensureRoles, rolesRefused } from './roles.ts';
import { describeSchema } from './schema/describe.ts';
import { differences } from './schema/differences.ts';
import { everything, readMigrations, schemaTarget, withEngine } from './schema/engine.ts';
import { createScratchDatabase } from './schema/migrationPg.ts';
import { sqlStateOf } from './sqlstate.ts';
import { readConnection } from './url.ts';

export interface MigrationStatus {
  /** Names in order, as in prisma/migrations. */
  readonly applied: readonly string[];
  readonly pending: readonly string[];
  /** Begun and not finished: the process was killed, or the SQL failed. */
  readonly failed: readonly string[];
  /** Applied, but the file has changed since. */
  readonly edited: readonly string[];
  /** Applied, but not in this version of RouteStitch: the database is newer. */
  readonly unknown: readonly string[];
  readonly upToDate: boolean;
}

export type { MigrationProgress } from './deploy.ts';

const { version: ownVersion } = JSON.parse(
  readFileSync(path.resolve(import.meta.dirname, '../../package.json'), 'utf8'),
) as { version: string };

/** Ours, beside the engine's own lock (72707369), which gives up after 10 s. */
const LOCK = [0x526f7574, 0x65537469] as const; // "RouteSti"
const LOCK_PATIENCE_MS = 120_000;

/**
 * Brings the database up to date, partitions, job queue and roles included; does nothing quickly when it is. Concurrent callers
 * take turns. A migration that was killed half-way left nothing behind (each runs in one transaction, which records it
 * too) and is repeated. One that only a newer version knows is left alone: see docs/operations.md, "Upgrade".
 * @returns names of the migrations applied now.
 */
export async function migrate(
  ownerUrl: string,
  onProgress?: (progress: MigrationProgress) => void,
): Promise<string[]> {
  const applied = await withOwner(ownerUrl, async (owner) => {
    await lock(owner);
    await engineGone(owner);
    const status = await readStatus(owner);
    await refuseUnknown(owner, status);
    const names = status.upToDate ? [] : await deploy(ownerUrl, owner, status, onProgress);
    await ensurePartitions(owner);
    await ensureQueue(owner, ownerUrl);
    return names;
  });
  await ensureRoles(ownerUrl);
  return applied;
}

/** What a migration that takes something away leaves behind: `COMMENT ON SCHEMA public IS 'RouteStitch 0.3.0 or newer'`. */
const FLOOR = /RouteStitch (\d+)\.(\d+)\.(\d+) or newer/;

/** Whether this version may use a schema that a newer one has changed: unless it was told that it must not. */
async function isOldEnough(owner: pg.Client): Promise<boolean> {
  const { rows } = await owner.query<{ text: string | null }>(
    `SELECT obj_description('public'::regnamespace, 'pg_namespace') AS text`,
  );
  const floor = FLOOR.exec(rows[0]?.text ?? '')
    ?.slice(1)
    .map(Number);
  if (!floor) return true;
  const own = ownVersion.split('.').map((part) => Number.parseInt(part, 10));
  const at = floor.findIndex((part, index) => part !== own[index]);
  return at < 0 || own[at]! > floor[at]!;
}

async function refuseUnknown(owner: pg.Client, status: MigrationStatus): Promise<void> {
  if (status.unknown.length > 0 && !(await isOldEnough(owner)))
    throw new AppError(
      'DATABASE',
      `The database was changed by a newer version so that this one cannot use it any more (${status.unknown.join(', ')}): install the newer version of RouteStitch`,
    );
  if (status.edited.length > 0)
    throw new AppError(
      'DATABASE',
      `Migrations were changed after they had been applied: ${status.edited.join(', ')}. Restore the files of prisma/migrations, and put changes into a new migration`,
    );
}

async function deploy(
  ownerUrl: string,
  owner: pg.Client,
  status: MigrationStatus,
  onProgress?: (progress: MigrationProgress) => void,
): Promise<string[]> {
  try {
    return await deployOpen(ownerUrl, owner, status, onProgress);
  } catch (cause) {
    throw await explain(ownerUrl, owner, cause);
  }
}

/** The engine's errors are long and say nothing about roles. */
async function explain(ownerUrl: string, owner: pg.Client, cause: unknown): Promise<unknown> {
  const { rows } = await owner
    .query<{ migration_name: string; logs: string | null }>(
      'SELECT migration_name, logs FROM _prisma_migrations WHERE finished_at IS NULL AND rolled_back_at IS NULL',
    )
    .catch(() => ({ rows: [] }));
  const failed = rows[0];
  const text = `${failed?.logs ?? ''} ${cause instanceof Error ? cause.message : ''}`;
  if (/database schema is not empty/.test(text))
    return new AppError(
      'DATABASE',
      'The database has tables of something else in schema public: give RouteStitch an empty database',
      { cause },
    );
  if (!failed) return cause;
  if (/42501|permission denied to create role/.test(text)) return rolesRefused(ownerUrl, cause);
  return new AppError(
    'DATABASE',
    `Migration ${failed.migration_name} failed: ${failed.logs ?? String(cause)}`,
    { cause },
  );
}

/** The months ahead that analytics are written to. */
async function ensurePartitions(owner: pg.Client): Promise<void> {
  await owner.query(`
    SELECT ensure_month_partition(parent, (date_trunc('month', now() AT TIME ZONE 'UTC') + ahead * interval '1 month')::date)
    FROM unnest(ARRAY['search_queries', 'booking_clicks']::regclass[]) AS parent, generate_series(0, 3) AS ahead`);
}

/** What is applied and what is not, without the engine (its checksum is the SHA-256 of the file). */
export async function migrationStatus(ownerUrl: string): Promise<MigrationStatus> {
  return withOwner(ownerUrl, readStatus);
}

interface HistoryRow {
  readonly migration_name: string;
  readonly checksum: string;
  readonly finished: boolean;
}

async function readStatus(owner: pg.Client): Promise<MigrationStatus> {
  const { migrationDirectories } = await readMigrations();
  const history = await readHistory(owner);
  const finished = new Map(
    history.filter((row) => row.finished).map((row) => [row.migration_name, row.checksum]),
  );
  const names = migrationDirectories.map((directory) => directory.path);
  const failed = history.filter((row) => !row.finished && !finished.has(row.migration_name));
  const edited = migrationDirectories.filter(({ path: name, migrationFile }) => {
    const checksum = finished.get(name);
    return checksum !== undefined && !checksumsOf(migrationFile.content.value).includes(checksum);
  });
  const pending = names.filter((name) => !finished.has(name));
  const unknown = [...finished.keys()].filter((name) => !names.includes(name));
  return {
    applied: names.filter((name) => finished.has(name)),
    pending,
    failed: [...new Set(failed.map((row) => row.migration_name))],
    edited: edited.map((directory) => directory.path),
    unknown,
    upToDate: pending.length === 0 && unknown.length === 0 && edited.length === 0 && failed.length === 0,
  };
}

/** Prisma accepts a file whose line ends Git changed. */
function checksumsOf(script: string): string[] {
  const lf = script.replaceAll('\r\n', '\n');
  return [script, lf, lf.replaceAll('\n', '\r\n')].map((text) =>
    createHash('sha256').update(text).digest('hex'),
  );
}

async function readHistory(owner: pg.Client): Promise<HistoryRow[]> {
  const { rows: found } = await owner.query<{ exists: boolean }>(
    `SELECT to_regclass('public._prisma_migrations') IS NOT NULL AS exists`,
  );
  if (!found[0]?.exists) return [];
  const { rows } = await owner.query<HistoryRow>(
    `SELECT migration_name, checksum, finished_at IS NOT NULL AS finished
     FROM public._prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at`,
  );
  return rows;
}

export interface Drift {
  /** SQL that the migrations lack to make what schema.prisma says; empty when they agree. */
  readonly schema: string;
  /** Lines of the catalogue that only the migrations (`- `) or only this database (`+ `) have. */
  readonly live: readonly string[];
}

/**
 * Compares schema.prisma with the migrations, and this database with the migrations: not only what Prisma sees, but
 * policies, checks, triggers, functions and grants too. Uses scratch databases, so it needs CREATEDB.
 */
export async function drift(ownerUrl: string): Promise<Drift> {
  const migrationsList = await readMigrations();
  const scratch = await createScratchDatabase(ownerUrl).catch((cause: unknown) => {
    if (sqlStateOf(cause) !== '42501') throw cause;
    throw new AppError(
      'DATABASE',
      'To compare, the owner must be allowed to create a database: ALTER ROLE … CREATEDB',
      {
        cause,
      },
    );
  });
  try {
    await withEngine(scratch.url, (engine) =>
      engine.applyMigrations({ migrationsList, filters: everything }),
    );
    const expected = await withOwner(scratch.url, describeSchema);
    const found = await withOwner(ownerUrl, describeSchema);
    return { schema: await schemaDrift(scratch.url), live: differences(expected, found) };
  } finally {
    await scratch.drop();
  }
}

/** SQL from the migrations to schema.prisma (or to another text in its place), empty when they agree. */
export async function schemaDrift(ownerUrl: string, schemaText?: string): Promise<string> {
  const to = await schemaTarget(schemaText);
  const from = { tag: 'migrations' as const, ...(await readMigrations()) };
  const result = await withEngine(ownerUrl, (engine) =>
    engine.diff({ from, to, script: true, exitCode: true, filters: everything }),
  );
  return result.exitCode === 0 ? '' : (result.stdout ?? '').trim();
}

/** Takes everything of RouteStitch's out of a database, the job queue included. */
export const emptyDatabase = `
  DROP SCHEMA IF EXISTS archive CASCADE;
  DROP SCHEMA IF EXISTS part CASCADE;
  DROP SCHEMA IF EXISTS hold CASCADE;
  DROP SCHEMA IF EXISTS ${QUEUE_SCHEMA} CASCADE;
  DROP SCHEMA public CASCADE;
  CREATE SCHEMA public;
  GRANT USAGE ON SCHEMA public TO PUBLIC;`;

/** Empties the database and migrates it afresh. Everything in it is lost; the roles stay. */
export async function reset(ownerUrl: string): Promise<void> {
  await withOwner(ownerUrl, async (owner) => {
    await lock(owner);
    await owner.query(emptyDatabase);
  });
  await migrate(ownerUrl);
}

async function withOwner<T>(ownerUrl: string, work: (owner: pg.Client) => Promise<T>): Promise<T> {
  const owner = new pg.Client({
    ...readConnection(ownerUrl).client,
    application_name: `${processToken} owner`,
    connectionTimeoutMillis: 10_000,
  });
  owner.on('error', () => {});
  await owner.connect();
  try {
    return await work(owner);
  } finally {
    await owner.end().catch(() => {});
  }
}

/** Held until the connection ends, also when its process is killed. */
async function lock(owner: pg.Client): Promise<void> {
  const deadline = Date.now() + LOCK_PATIENCE_MS;
  for (;;) {
    const { rows } = await owner.query<{ got: boolean }>('SELECT pg_try_advisory_lock($1, $2) AS got', [
      ...LOCK,
    ]);
    if (rows[0]?.got) return;
    if (Date.now() > deadline)
      throw new AppError(
        'DATABASE',
        'Another process has been migrating this database for two minutes: wait for it or stop it',
      );
    await sleep(50);
  }
}
