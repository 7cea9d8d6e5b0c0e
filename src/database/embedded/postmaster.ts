/** The running server of one cluster: find it, start it, stop it. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { AppError } from '../../errors.ts';
import type { Cluster } from './cluster.ts';
import { superuser } from './cluster.ts';
import { isAlive, isPostgres, processesIn } from './processes.ts';

export interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

/** Server settings for this run only, over those of the configuration file. */
export type Settings = Readonly<Record<string, string>>;

/** Recovery after a crash replays at most max_wal_size (512 MB), which takes seconds. */
const START_MS = 60_000;
const STOP_MS = 20_000;
const LOG_BYTES = 10_000_000;

/**
 * The server that runs on this data folder, by its `postmaster.pid`: the process must live, be PostgreSQL and name
 * this folder. A port alone proves nothing: another server may have taken it.
 */
export async function findPostmaster(cluster: Cluster): Promise<Postmaster | undefined> {
  const text = await readFile(path.join(cluster.data, 'postmaster.pid'), 'utf8').catch(() => '');
  const [pid, folder, , port] = text.split('\n');
  if (!pid || !folder || !port || !/^\d+$/.test(pid) || !/^\d+$/.test(port.trim())) return undefined;
  if (!isAlive(Number(pid)) || !isPostgres(Number(pid))) return undefined;
  const data = await realpath(cluster.data);
  // A folder that was moved under its server still has the old name in the file.
  const same =
    (await realpath(folder).catch(() => folder)) === data || processesIn(data).includes(Number(pid));
  return same ? { pid: Number(pid), port: Number(port) } : undefined;
}

/**
 * PostgreSQL refuses to start while the process of a left-over `postmaster.pid` exists, even when the id now belongs
 * to something else or to a zombie. Removed only when no process works in the data folder any more, because the file
 * also protects against a second server beside surviving children of a killed one.
 */
async function removeLeftover(cluster: Cluster): Promise<void> {
  const file = path.join(cluster.data, 'postmaster.pid');
  const pid = Number((await readFile(file, 'utf8').catch(() => '')).split('\n')[0]);
  if (!pid || (isAlive(pid) && isPostgres(pid))) return;
  const folder = await realpath(cluster.data);
  for (let i = 0; i < 100 && processesIn(folder).length > 0; i++) await sleep(50);
  if (process.platform === 'linux' && processesIn(folder).length === 0) await rm(file, { force: true });
}

/** Starts the server on `preferredPort` when it is free, else on a free port, and waits until it answers. */
export async function startPostmaster(
  cluster: Cluster,
  password: string,
  preferredPort?: number,
  settings: Settings = {},
): Promise<Postmaster> {
  await removeLeftover(cluster);
  await rotateLog(cluster);
  let last: unknown;
  for (let attempt = 0; attempt < 3; attempt++) {
    const port = await freePort(attempt === 0 ? preferredPort : undefined);
    const child = spawnServer(cluster, port, settings);
    try {
      await waitUntilReady(port, password, () => child.exitCode ?? child.signalCode ?? undefined);
      child.unref();
      if (child.pid === undefined) throw new Error('no process id');
      return { pid: child.pid, port };
    } catch (error) {
      last = error;
      if (child.exitCode === null) child.kill('SIGQUIT');
      await sleep(200 * (attempt + 1)); // children of a killed server need a moment to go
    }
  }
  throw new AppError(
    'DATABASE',
    `The built-in PostgreSQL does not start: ${(last as Error).message}. End of ${cluster.logFile}:\n${await endOfLog(cluster)}`,
    { cause: last },
  );
}

/** Detached, so that Ctrl-C in the terminal reaches RouteStitch only, which stops the server when nobody needs it. */
function spawnServer(cluster: Cluster, port: number, settings: Settings): ChildProcess {
  const log = openSync(cluster.logFile, 'a', 0o600);
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(cluster.binaries.postgres, ['-D', cluster.data, '-p', String(port), ...options], {
    ...cluster.account,
    cwd: cluster.data,
    detached: true,
    stdio: ['ignore', log, log],
  });
  child.on('error', () => {}); // reported by waitUntilReady as an exit
  closeSync(log);
  return child;
}

/** Resolves when the server answers with this password. `exited` tells how it ended, if it did. */
export async function waitUntilReady(
  port: number,
  password: string,
  exited: () => string | number | undefined = () => undefined,
): Promise<void> {
  const deadline = Date.now() + START_MS;
  for (;;) {
    const end = exited();
    if (end !== undefined) throw new Error(`it ended with ${end}`);
    try {
      await ping(port, password);
      return;
    } catch (error) {
      // 57P03: starting up or recovering. Anything else that it answers (a wrong password) will not change.
      const { code } = error as { code?: string };
      if (code !== undefined && code !== '57P03' && /^[0-9A-Z]{5}$/.test(code)) throw error;
      if (Date.now() > deadline) throw error;
    }
    await sleep(25);
  }
}

async function ping(port: number, password: string): Promise<void> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: superuser,
    password,
    database: 'postgres',
    application_name: 'routestitch start',
    connectionTimeoutMillis: 5000,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('SELECT 1');
  } finally {
    await client.end().catch(() => {});
  }
}

/** Fast shutdown: open transactions are rolled back. Escalates once, as `pg_ctl stop` would be told to. */
export async function stopPostmaster(cluster: Cluster): Promise<void> {
  const server = await findPostmaster(cluster);
  if (!server) return;
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    process.kill(server.pid, signal);
    const deadline = Date.now() + STOP_MS;
    while (Date.now() < deadline) {
      if (!isAlive(server.pid)) return;
      await sleep(15);
    }
  }
  throw new AppError('DATABASE', `PostgreSQL (process ${server.pid}) does not stop: see ${cluster.logFile}`);
}

function freePort(preferred?: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', (error) => (preferred === undefined ? reject(error) : resolve(freePort())));
    server.listen({ host: '127.0.0.1', port: preferred ?? 0, exclusive: true }, () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

async function rotateLog(cluster: Cluster): Promise<void> {
  const size = await stat(cluster.logFile).then(
    (found) => found.size,
    () => 0,
  );
  if (size > LOG_BYTES) await rename(cluster.logFile, `${cluster.logFile}.1`);
}

async function endOfLog(cluster: Cluster): Promise<string> {
  const file = await open(cluster.logFile).catch(() => undefined);
  if (!file) return '(no log)';
  try {
    const { size } = await file.stat();
    const length = Math.min(size, 2000);
    const { buffer } = await file.read({ buffer: Buffer.alloc(length), position: size - length });
    return buffer.toString().split('\n').slice(-10).join('\n');
  } finally {
    await file.close();
  }
}
