/** One process at a time per DATA_DIR while a server is made, started, joined or stopped. */
import { link, readFile, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../errors.ts';
import { isAlive, startedAt } from './processes.ts';

const mine = `${process.pid} ${startedAt(process.pid)}`;

/** A first start takes seconds (initdb); minutes mean that something hangs. */
const PATIENCE_MS = 120_000;
const BREAKER_MAX_AGE_MS = 10_000;

/**
 * Runs `work` while this process holds the lock file. The lock of a dead process is broken.
 * Throws `DATABASE` after two minutes, naming the holder.
 */
export async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  await acquire(file);
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

async function acquire(file: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  const draft = `${file}.${process.pid}.${crypto.randomUUID()}`;
  await writeFile(draft, mine, { mode: 0o644 });
  try {
    for (;;) {
      // link() is atomic and the file is complete when it appears, unlike open with O_EXCL and a later write.
      if (await linked(draft, file)) return;
      const holder = await readFile(file, 'utf8').catch(() => undefined);
      if (holder !== undefined && isStale(holder)) await breakLock(file);
      if (Date.now() > deadline)
        throw new AppError(
          'DATABASE',
          `Process ${holder?.split(' ')[0] ?? 'unknown'} has held ${file} for two minutes: stop it, or delete the file if it is not RouteStitch`,
        );
      await sleep(20 + Math.random() * 40);
    }
  } finally {
    await rm(draft, { force: true });
  }
}

async function linked(draft: string, file: string): Promise<boolean> {
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function isStale(holder: string): boolean {
  const [pid = '', started = ''] = holder.split(' ');
  if (!/^\d+$/.test(pid) || !isAlive(Number(pid))) return true;
  return started !== '' && startedAt(Number(pid)) !== started;
}

/** Two processes may see the same stale lock: only the one that holds the breaker file looks again and removes it. */
async function breakLock(file: string): Promise<void> {
  const breaker = `${file}.break`;
  try {
    await writeFile(breaker, mine, { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const age = await stat(breaker).then(
      (found) => Date.now() - found.mtimeMs,
      () => 0,
    );
    if (age > BREAKER_MAX_AGE_MS) await rm(breaker, { force: true });
    return;
  }
  try {
    const holder = await readFile(file, 'utf8').catch(() => undefined);
    if (holder !== undefined && isStale(holder)) await unlink(file).catch(() => {});
  } finally {
    await rm(breaker, { force: true });
  }
}
