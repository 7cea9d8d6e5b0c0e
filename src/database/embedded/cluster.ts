/** The data folder of the built-in server: where it is, how it is made. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  appendFile,
  chmod,
  chown,
  mkdir,
  readFile,
  readdir,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '../../errors.ts';
import { canEnter, isRoot, serverAccount } from './account.ts';
import type { Account } from './account.ts';
import { serverBinaries, sharedFolder } from './binaries.ts';
import type { Binaries } from './binaries.ts';

export const superuser = 'routestitch';
export const databaseName = 'routestitch';

export interface Cluster {
  /** Holds `data/`, the password file and the server's log. */
  readonly home: string;
  readonly data: string;
  readonly passwordFile: string;
  readonly logFile: string;
  readonly account: Account;
  readonly binaries: Binaries;
}

/** Written to DATA_DIR when the cluster could not lie there. */
interface Pointer {
  readonly home: string;
  /** The DATA_DIR it was made for: a copied folder must not share the original's database. */
  readonly dataDir: string;
}

const pointerName = 'postgres.json';

/** Finds the cluster of a DATA_DIR, or chooses its place. Call it under the lock. */
export async function locateCluster(dataDir: string): Promise<Cluster> {
  const inside = path.join(dataDir, 'postgres');
  const home = (await readPointer(dataDir)) ?? inside;
  const account = await serverAccount(home);
  const chosen = existsSync(home) || canEnter(account, dataDir) ? home : await outside(dataDir);
  return {
    home: chosen,
    data: path.join(chosen, 'data'),
    passwordFile: path.join(chosen, 'password'),
    logFile: path.join(chosen, 'postgres.log'),
    account,
    binaries: await serverBinaries(account, dataDir),
  };
}

async function readPointer(dataDir: string): Promise<string | undefined> {
  const text = await readFile(path.join(dataDir, pointerName), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const pointer = JSON.parse(text) as Pointer;
  if ((await isCopy(pointer, dataDir)) || !existsSync(pointer.home)) return undefined;
  if (pointer.dataDir !== dataDir) await writePointer(dataDir, pointer.home); // the folder was moved
  return pointer.home;
}

/** The original is still there, and is another file (not the same one by another name). */
async function isCopy(pointer: Pointer, dataDir: string): Promise<boolean> {
  if (pointer.dataDir === dataDir) return false;
  const [original, here] = await Promise.all(
    [pointer.dataDir, dataDir].map((folder) => stat(path.join(folder, pointerName)).catch(() => undefined)),
  );
  return original !== undefined && (original.ino !== here?.ino || original.dev !== here.dev);
}

async function writePointer(dataDir: string, home: string): Promise<void> {
  const pointer: Pointer = { home, dataDir };
  const file = path.join(dataDir, pointerName);
  await writeFile(`${file}.new`, `${JSON.stringify(pointer, null, 2)}\n`);
  await rename(`${file}.new`, file);
}

/** A new place that the account can enter, remembered by a pointer file in DATA_DIR. */
async function outside(dataDir: string): Promise<string> {
  const home = path.join(sharedFolder, randomBytes(6).toString('hex'));
  await mkdir(home, { recursive: true, mode: 0o755 });
  await writePointer(dataDir, home);
  return home;
}

/** Makes the cluster when there is none. A killed `initdb` leaves nothing that looks like a cluster. */
export async function ensureCluster(cluster: Cluster, durable: boolean): Promise<void> {
  if (existsSync(path.join(cluster.data, 'PG_VERSION'))) return checkVersion(cluster);
  const { uid, gid } = cluster.account;
  await makeHome(cluster);
  await removeHalves(cluster);
  await writeFile(cluster.passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 });
  if (uid !== undefined && gid !== undefined) await chown(cluster.passwordFile, uid, gid);
  const half = path.join(cluster.home, `data.${randomBytes(6).toString('hex')}`);
  await initdb(cluster, half, durable);
  await appendFile(path.join(half, 'postgresql.conf'), configuration(durable));
  await rename(half, cluster.data);
}

/** The folder itself, which the server's account alone may enter. */
export async function makeHome({ home, account: { uid, gid } }: Cluster): Promise<void> {
  await mkdir(home, { recursive: true, mode: 0o700 });
  if (uid !== undefined && gid !== undefined) await chown(home, uid, gid);
  await chmod(home, 0o700);
}

/** The initdb of a killed process may still be writing to its half: then it goes at the next first start. */
async function removeHalves(cluster: Cluster): Promise<void> {
  const halves = (await readdir(cluster.home)).filter((name) => name.startsWith('data.'));
  for (const name of halves)
    await rm(path.join(cluster.home, name), { recursive: true, force: true, maxRetries: 3 }).catch(() => {});
}

async function initdb(cluster: Cluster, data: string, durable: boolean): Promise<void> {
  // From 17 on: Unicode lower() and character classes without needing a locale of the machine.
  const builtin =
    (await majorVersion(cluster)) >= 17 ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'] : [];
  const identity = ['-U', superuser, '--pwfile', cluster.passwordFile, '--auth=scram-sha-256'];
  const encoding = ['-E', 'UTF8', '--locale=C', ...builtin];
  const safety = ['--data-checksums', ...(durable ? [] : ['--no-sync'])];
  const options = ['-D', data, ...identity, ...encoding, ...safety];
  const { code, output } = await run(cluster.binaries.initdb, options, cluster);
  if (code === 0) return;
  throw new AppError(
    'DATABASE',
    `The built-in PostgreSQL could not be set up in ${cluster.home}: ${output.trim()}`,
  );
}

function run(
  program: string,
  options: string[],
  cluster: Cluster,
): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, options, { ...cluster.account, cwd: cluster.home });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** 128 MB of buffers serve the whole product on a small machine; connections cost little until they are used. */
const configuration = (durable: boolean): string => `
# --- RouteStitch ---
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = ${durable ? 120 : 600}
shared_buffers = 128MB
max_wal_size = 512MB
log_min_messages = warning
log_line_prefix = '%m [%p] %a '
timezone = 'UTC'
log_timezone = 'UTC'
${durable ? 'fsync = on\n' : 'fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n'}`;

async function checkVersion(cluster: Cluster): Promise<void> {
  const found = (await readFile(path.join(cluster.data, 'PG_VERSION'), 'utf8')).trim();
  const own = await majorVersion(cluster);
  if (own === Number(found)) return;
  throw new AppError(
    'DATABASE',
    `The database in ${cluster.data} was made by PostgreSQL ${found}, and the built-in server is ${own}: restore a backup into a new DATA_DIR, or install the RouteStitch version that made it`,
  );
}

async function majorVersion(cluster: Cluster): Promise<number> {
  const { output } = await run(cluster.binaries.postgres, ['--version'], cluster);
  const version = /PostgreSQL\) (\d+)/.exec(output)?.[1];
  if (version === undefined)
    throw new AppError(
      'DATABASE',
      `The built-in PostgreSQL does not run (${cluster.binaries.postgres}): ${output.trim()}`,
    );
  return Number(version);
}

/** The superuser's password; only the account, its owner and root can read it. */
export async function readPassword(cluster: Cluster): Promise<string> {
  try {
    return (await readFile(cluster.passwordFile, 'utf8')).trim();
  } catch (cause) {
    const who = isRoot() ? '' : ' as this user';
    throw new AppError('DATABASE', `Cannot read ${cluster.passwordFile}${who}: ${(cause as Error).message}`, {
      cause,
    });
  }
}
