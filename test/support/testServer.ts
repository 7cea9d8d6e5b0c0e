/** One throw-away PostgreSQL with a migrated template database, for a whole test run or for one file run alone. */
import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { migrate } from '../../src/database/migrate.ts';
import { openServer } from '../../src/database/server.ts';
import { withDatabase } from '../../src/database/url.ts';

/** Test processes find the run's server here. */
export const urlVariable = 'ROUTESTITCH_TEST_DATABASE_URL';
export const templateName = 'routestitch_template';
const prefix = 'routestitch-test-';

export interface TestServer {
  /** The maintenance database of the server, as its owner. */
  readonly url: string;
  stop(): Promise<void>;
}

export async function startTestServer(): Promise<TestServer> {
  await removeAbandoned();
  const folder = await mkdtemp(path.join(tmpdir(), `${prefix}${process.pid}-`));
  await chmod(folder, 0o755); // under root the server's account must enter it
  const server = await openServer({ dataDir: folder, durable: false });
  const admin = new pg.Client({ connectionString: server.ownerUrl });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${templateName}`);
  await admin.end();
  await migrate(withDatabase(server.ownerUrl, templateName));
  return {
    url: server.ownerUrl,
    stop: async () => {
      await server.release();
      stopServerIn(folder); // also when a test left connections open
      await sleep(50);
      await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    },
  };
}

/** A test process that was killed leaves its server behind. */
async function removeAbandoned(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1];
    if (pid === undefined || isRunning(Number(pid))) continue;
    stopServerIn(path.join(tmpdir(), name));
    await rm(path.join(tmpdir(), name), {
      recursive: true,
      force: true,
      maxRetries: 20,
      retryDelay: 100,
    }).catch(
      () => {}, // another user's, or being removed by another run
    );
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function stopServerIn(folder: string): void {
  try {
    const [pid, data] = readFileSync(path.join(folder, 'postgres', 'data', 'postmaster.pid'), 'utf8').split(
      '\n',
    );
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    if (data !== undefined && command.includes(data)) process.kill(Number(pid), 'SIGQUIT');
  } catch {
    // stopped already
  }
}
