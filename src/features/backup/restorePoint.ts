/** A moment in the log at which nobody writes: recovery can stop there, and a snapshot of it can be counted. */
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { sqlStateOf } from '../../database/sqlstate.ts';
import { AppError } from '../../errors.ts';
import { tableNames } from './inventory.ts';
import { open } from './reader.ts';

/** Writers wait as long as this for us at most, some of the time. */
const LOCK_MS = 150;
/** A vacuum gives way after a second (deadlock_timeout), so it is waited for longer in the end. */
const LONG_LOCK_MS = 1500;
const PATIENCE_MS = 120_000;
const GIVE_WAY_AFTER_MS = 30_000;
const BUSY = new Set(['55P03', '40P01']);

/**
 * Marks the moment by `name` and opens, on `snapshot`, a transaction that sees exactly what was committed then; the
 * caller ends it. Answers the last log file that recovery up to there needs, written out. Throws `UNAVAILABLE`.
 */
export async function markRestorePoint(ownerUrl: string, name: string, snapshot: pg.Client): Promise<string> {
  const locker = await open(ownerUrl);
  try {
    await lockOutWriters(locker);
    await snapshot.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    await snapshot.query('SELECT 1'); // takes the snapshot
    await snapshot.query('SET LOCAL idle_in_transaction_session_timeout = 0');
    const { rows } = await locker.query<{ file: string }>(
      'SELECT pg_walfile_name(pg_create_restore_point($1)) AS file',
      [name],
    );
    await locker.query('COMMIT');
    await locker.query('SELECT pg_switch_wal()'); // writes the file out
    return rows[0]!.file;
  } finally {
    await locker.end().catch(() => undefined);
  }
}

/** In a transaction that has seen nothing yet. Short waits, so that writers hardly notice when a long one is under way. */
async function lockOutWriters(locker: pg.Client): Promise<void> {
  const names = await tableNames(locker, 'all');
  const started = Date.now();
  for (;;) {
    const waited = Date.now() - started;
    try {
      await locker.query('BEGIN');
      await locker.query(`SET LOCAL lock_timeout = ${waited > GIVE_WAY_AFTER_MS ? LONG_LOCK_MS : LOCK_MS}`);
      await locker.query(`LOCK TABLE ${names.join(', ')} IN SHARE MODE`);
      return;
    } catch (cause) {
      await locker.query('ROLLBACK');
      if (!BUSY.has(sqlStateOf(cause) ?? '')) throw cause;
      if (waited > PATIENCE_MS)
        throw new AppError(
          'UNAVAILABLE',
          'A transaction has been writing for two minutes (an import?): back up when it is done',
          { cause },
        );
    }
    await sleep(100 + Math.random() * 400);
  }
}
