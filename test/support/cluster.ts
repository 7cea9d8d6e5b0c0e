/** A primary, its streaming replica and PgBouncer between, by Debian's packages: as an installation of several machines. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { appendFile, chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Account, serverAccount } from '../../src/database/embedded/account.ts';
import { type Cluster, ensureCluster, readPassword, superuser } from '../../src/database/embedded/cluster.ts';
import { findPostmaster, startPostmaster, stopPostmaster } from '../../src/database/embedded/postmaster.ts';
import { readConnection } from '../../src/database/url.ts';

const bin = '/usr/lib/postgresql/15/bin';
const bouncer = '/usr/sbin/pgbouncer';

/** Reasons to skip, or `false`. */
export const withoutReplica: string | false = existsSync(path.join(bin, 'pg_basebackup'))
  ? false
  : 'apt-get install postgresql-15 to run this';
export const withoutPooler: string | false = existsSync(bouncer)
  ? withoutReplica
  : 'apt-get install pgbouncer to run this';

export interface Node {
  /** The owner's. */
  readonly url: string;
  readonly cluster: Cluster;
  readonly port: number;
  /** As if the machine lost power. */
  kill(): Promise<void>;
  /** Again, on the same port. */
  start(): Promise<void>;
}

export interface PostgresPair {
  readonly primary: Node;
  readonly replica: Node;
  stop(): Promise<void>;
}

export interface PostgresCluster extends PostgresPair {
  /** Through PgBouncer in transaction mode, as the owner. */
  readonly pooledUrl: string;
}

export async function startCluster(): Promise<PostgresCluster> {
  const { folder, ...pair } = await startPair();
  try {
    const pooler = await startPooler(folder, pair.primary);
    const stop = async (): Promise<void> => {
      await pooler.stop();
      await pair.stop();
    };
    return { ...pair, pooledUrl: pooler.url, stop };
  } catch (error) {
    await pair.stop();
    throw error;
  }
}

export async function startPair(): Promise<PostgresPair & { readonly folder: string }> {
  const folder = await mkdtemp(path.join(tmpdir(), `routestitch-test-${process.pid}-`));
  await chmod(folder, 0o755);
  const opened: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  const stop = async (): Promise<void> => {
    for (const close of opened.toReversed()) await close().catch(() => undefined);
  };
  try {
    const primary = await startPrimary(folder);
    opened.push(() => stopPostmaster(primary.cluster));
    const replica = await startReplica(folder, primary);
    opened.push(() => stopPostmaster(replica.cluster));
    return { primary, replica, folder, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function clusterIn(home: string): Promise<Cluster> {
  const account = await serverAccount(home);
  return {
    home,
    data: path.join(home, 'data'),
    passwordFile: path.join(home, 'password'),
    logFile: path.join(home, 'postgres.log'),
    account,
    binaries: { initdb: path.join(bin, 'initdb'), postgres: path.join(bin, 'postgres') },
  };
}

async function startPrimary(folder: string): Promise<Node> {
  const cluster = await clusterIn(path.join(folder, 'primary'));
  await ensureCluster(cluster, true);
  await appendFile(
    path.join(cluster.data, 'postgresql.conf'),
    `max_connections = 100\nwal_keep_size = '256MB'\n`,
  );
  const password = await readPassword(cluster);
  const { port } = await startPostmaster(cluster, password);
  const admin = new pg.Client({ connectionString: urlOf(port, superuser, password, 'postgres') });
  await admin.connect();
  await admin.query(`CREATE ROLE owner LOGIN CREATEROLE PASSWORD 'of-the-owner'`);
  await admin.query('CREATE DATABASE app OWNER owner');
  await admin.end();
  return nodeOf(cluster, password, port);
}

const urlOf = (port: number, user: string, password: string, database: string): string =>
  `postgresql://${user}:${password}@127.0.0.1:${port}/${database}`;

function nodeOf(cluster: Cluster, password: string, port: number): Node {
  return {
    url: urlOf(port, 'owner', 'of-the-owner', 'app'),
    cluster,
    port,
    kill: async () => {
      const running = await findPostmaster(cluster);
      if (!running) return;
      process.kill(running.pid, 'SIGKILL');
      while (await findPostmaster(cluster)) await sleep(20);
    },
    start: async () => {
      const started = await startPostmaster(cluster, password, port);
      if (started.port !== port) throw new Error(`port ${port} was taken`);
    },
  };
}

/** A copy of the primary that follows it. */
async function startReplica(folder: string, primary: Node): Promise<Node> {
  const cluster = await clusterIn(path.join(folder, 'replica'));
  const { uid, gid } = cluster.account;
  const password = await readPassword(primary.cluster);
  spawnSync('mkdir', ['-p', '-m', '700', cluster.home]);
  if (uid !== undefined && gid !== undefined) await chown(cluster.home, uid, gid);
  await writeFile(cluster.passwordFile, password, { mode: 0o600 });
  if (uid !== undefined && gid !== undefined) await chown(cluster.passwordFile, uid, gid);
  const source = urlOf(primary.port, superuser, password, 'postgres');
  const copied = spawnSync(
    path.join(bin, 'pg_basebackup'),
    ['-d', source, '-D', cluster.data, '-R', '-X', 'stream', '-c', 'fast'],
    { ...cluster.account, cwd: cluster.home, encoding: 'utf8' },
  );
  if (copied.status !== 0) throw new Error(copied.stderr);
  const { port } = await startPostmaster(cluster, password);
  return nodeOf(cluster, password, port);
}

/** Roles are looked up in the primary, so that no password lies beside the pooler. */
async function startPooler(
  folder: string,
  primary: Node,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const home = path.join(folder, 'pooler');
  const account: Account = primary.cluster.account;
  const password = await readPassword(primary.cluster);
  spawnSync('mkdir', ['-p', home]);
  const port = await freePort();
  const files = {
    'users.txt': `"${superuser}" "${password}"\n`,
    'pgbouncer.ini': `
[databases]
app = host=127.0.0.1 port=${primary.port} dbname=app

[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${path.join(home, 'users.txt')}
auth_user = ${superuser}
pool_mode = transaction
max_client_conn = 500
default_pool_size = 20
server_login_retry = 1
server_connect_timeout = 3
query_wait_timeout = 5
logfile = ${path.join(home, 'pgbouncer.log')}
`,
  };
  for (const [name, text] of Object.entries(files))
    await writeFile(path.join(home, name), text, { mode: 0o600 });
  if (account.uid !== undefined) spawnSync('chown', ['-R', `${account.uid}:${account.gid}`, home]);
  const child: ChildProcess = spawn(bouncer, ['-q', path.join(home, 'pgbouncer.ini')], {
    ...account,
    cwd: home,
    stdio: 'ignore',
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  const url = `${urlOf(port, 'owner', 'of-the-owner', 'app')}?pgbouncer=true&prepare=false`;
  for (let turn = 0; turn < 100; turn++) {
    const client = new pg.Client(readConnection(url).client);
    const answered = await client.connect().then(
      () => true,
      () => false,
    );
    await client.end().catch(() => undefined);
    if (answered) return { url, stop };
    await sleep(100);
  }
  await stop();
  throw new Error('PgBouncer does not answer');
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address !== 'object') throw new Error('no port');
  return address.port;
}
