/** Makes a cluster of a copy of a running one: replays its log up to the moment that was marked. */
import { existsSync } from 'node:fs';
import { chown, lstat, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { AppError } from '../../errors.ts';
import { type Cluster, readPassword, superuser } from './cluster.ts';
import { findPostmaster, startPostmaster, stopPostmaster } from './postmaster.ts';

/** Replaying a gigabyte takes half a minute. */
const PATIENCE_MS = 30 * 60_000;

/**
 * Starts the server on a copy (`data` and `password` are in place) and waits until it has replayed everything up to
 * `restorePoint` and takes writes. Answers the port. Throws `DATABASE` when the copy is not whole.
 */
export async function recoverCopy(cluster: Cluster, restorePoint: string): Promise<number> {
  const signal = path.join(cluster.data, 'recovery.signal');
  await writeFile(signal, '', { mode: 0o600 });
  const password = await readPassword(cluster);
  await own(cluster, signal);
  const { port } = await startPostmaster(cluster, password, undefined, {
    restore_command: 'exit 1', // all of the log that is needed lies in pg_wal
    recovery_target_name: restorePoint,
    recovery_target_action: 'promote',
  });
  await promoted(cluster, port, password);
  return port;
}

async function promoted(cluster: Cluster, port: number, password: string): Promise<void> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: superuser,
    password,
    database: 'postgres',
    application_name: 'routestitch recovery',
  });
  client.on('error', () => undefined);
  const deadline = Date.now() + PATIENCE_MS;
  try {
    await client.connect();
    for (;;) {
      const { rows } = await client.query<{ recovering: boolean }>(
        'SELECT pg_is_in_recovery() AS recovering',
      );
      if (!rows[0]?.recovering) return;
      if (Date.now() > deadline) throw new Error('it takes longer than half an hour');
      await sleep(50);
    }
  } catch (cause) {
    throw new AppError(
      'DATABASE',
      `The copy could not be recovered: ${(cause as Error).message}; see ${cluster.logFile}`,
      { cause },
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Stops it so that everything is in the data files. */
export async function stopRecovered(cluster: Cluster): Promise<void> {
  await stopPostmaster(cluster);
  if (existsSync(path.join(cluster.data, 'recovery.signal')) || (await findPostmaster(cluster)))
    throw new AppError('DATABASE', `The recovered server in ${cluster.home} did not end well`);
}

/** Gives a file, or a folder and what is in it, to the server's account: what was unpacked is of whoever unpacked it. */
export async function own(cluster: Pick<Cluster, 'account'>, target: string): Promise<void> {
  const { uid, gid } = cluster.account;
  if (uid === undefined || gid === undefined) return;
  await chown(target, uid, gid);
  if (!(await lstat(target)).isDirectory()) return;
  for (const name of await readdir(target)) await own(cluster, path.join(target, name));
}
