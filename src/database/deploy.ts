/** Applies migrations beside the traffic: nobody waits behind a waiting migration for longer than a second. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { MigrationDirectory } from '@prisma/schema-engine-wasm/schema_engine_bg';
import type pg from 'pg';
import { AppError } from '../errors.ts';
import { type ConcurrentIndex, concurrentIndex } from './schema/concurrentIndex.ts';
import { everything, readMigrations, withEngine } from './schema/engine.ts';

export interface MigrationProgress {
  readonly name: string;
  readonly done: number;
  readonly total: number;
}

/** Whoever wants the same table waits behind a statement that waits for its lock. */
const LOCK_TIMEOUT_MS = 1000;
/** Between two attempts the traffic flows. */
const PAUSE_MS = 1000;
/** A table that nobody lets go of for so long needs a look. */
const PATIENCE_MS = 120_000;

/** Held by the engine's connection while it works, also by one whose process was killed, until the server notices. */
const ENGINE_LOCK = 72_707_369;

/** The migrations that are begun and not finished, `failed`, and those that are not begun. */
export interface Open {
  readonly pending: readonly string[];
  readonly failed: readonly string[];
}

/**
 * Waits until no engine of another process is at work in this database: one that was killed still runs its last
 * statement, and may yet finish it.
 */
export async function engineGone(owner: pg.Client): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const { rowCount } = await owner.query(
      `SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted AND objid = ${ENGINE_LOCK}
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    );
    if (!rowCount) return;
    if (Date.now() > deadline)
      throw new AppError(
        'DATABASE',
        'An earlier migration still runs in the database: wait for it, or end it with pg_terminate_backend',
      );
    await sleep(100);
  }
}

/** Applies what is open, one after the other. Throws the engine's error. */
export async function deployOpen(
  ownerUrl: string,
  owner: pg.Client,
  { pending, failed }: Open,
  onProgress?: (progress: MigrationProgress) => void,
): Promise<string[]> {
  const all = await readMigrations();
  const applied: string[] = [];
  const gone = failed.filter((name) => !pending.includes(name));
  if (gone.length > 0)
    await withEngine(ownerUrl, async (engine) => {
      for (const migrationName of gone) await engine.markMigrationRolledBack({ migrationName });
    });
  for (const name of pending) {
    onProgress?.({ name, done: applied.length, total: pending.length });
    const upTo = all.migrationDirectories.filter((directory) => directory.path <= name);
    const index = concurrentIndex(scriptOf(upTo.at(-1)!));
    const begun = failed.includes(name);
    if (index && begun && (await finishedIndex(ownerUrl, owner, name, index))) applied.push(name);
    else
      applied.push(
        ...(await apply(ownerUrl, { ...all, migrationDirectories: upTo }, { name, index, begun })),
      );
  }
  onProgress?.({ name: '', done: applied.length, total: pending.length });
  return applied;
}

const scriptOf = ({ migrationFile: { content } }: MigrationDirectory): string =>
  content.tag === 'ok' ? content.value : '';

/** An index that is half built is in the way of its own repetition; one that is whole needs its record only. */
async function finishedIndex(
  ownerUrl: string,
  owner: pg.Client,
  migrationName: string,
  { name }: ConcurrentIndex,
): Promise<boolean> {
  const { rows } = await owner.query<{ valid: boolean }>(
    'SELECT indisvalid AND indisready AS valid FROM pg_index WHERE indexrelid = to_regclass($1)',
    [name],
  );
  if (rows.length === 0) return false;
  if (!rows[0]!.valid) {
    await owner.query(`DROP INDEX CONCURRENTLY "${name}"`);
    return false;
  }
  await withEngine(ownerUrl, async (engine) => {
    await engine.markMigrationRolledBack({ migrationName });
    await engine.markMigrationApplied({ migrationName, migrationsList: await readMigrations() });
  });
  return true;
}

interface Task {
  readonly name: string;
  readonly index: ConcurrentIndex | null;
  /** By a process that did not finish it. */
  readonly begun: boolean;
}

/** Waiting for its locks a second at a time. An index that is built beside the traffic waits without being in the way. */
async function apply(
  ownerUrl: string,
  migrationsList: Awaited<ReturnType<typeof readMigrations>>,
  { name: migrationName, index, begun }: Task,
): Promise<string[]> {
  const deadline = Date.now() + PATIENCE_MS;
  for (let again = begun; ; again = true) {
    try {
      const work = async (engine: Parameters<Parameters<typeof withEngine>[1]>[0]): Promise<string[]> => {
        if (again) await engine.markMigrationRolledBack({ migrationName });
        return (await engine.applyMigrations({ migrationsList, filters: everything })).appliedMigrationNames;
      };
      return await withEngine(ownerUrl, work, index ? 0 : LOCK_TIMEOUT_MS);
    } catch (error) {
      if (!isLockTimeout(error) || Date.now() > deadline) throw error;
      await sleep(PAUSE_MS * (0.5 + Math.random()));
    }
  }
}

/** The engine passes the server's words on, and no code. */
const isLockTimeout = (error: unknown): boolean =>
  /55P03|lock timeout/.test(
    error instanceof Error ? `${error.message} ${JSON.stringify(error)}` : String(error),
  );
