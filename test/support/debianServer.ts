/** PostgreSQL 15 from the Debian package, the oldest supported version, with an owner as managed servers give one. */
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { ensureCluster, readPassword, superuser } from '../../src/database/embedded/cluster.ts';
import type { Cluster } from '../../src/database/embedded/cluster.ts';
import { serverAccount } from '../../src/database/embedded/account.ts';
import { type Settings, startPostmaster, stopPostmaster } from '../../src/database/embedded/postmaster.ts';

const bin = '/usr/lib/postgresql/15/bin';

/** Reason to skip, or `false`: the value of a test's `skip` option. */
export const withoutDebian15: string | false = existsSync(path.join(bin, 'postgres'))
  ? false
  : `no ${bin}: apt-get install postgresql-15 to run this`;

export interface DebianServer {
  /** A database owned by a role that may create roles and databases but is no superuser. */
  readonly ownerUrl: string;
  readonly superuserUrl: string;
  readonly cluster: Cluster;
  readonly port: number;
  stop(): Promise<void>;
}

/** `settings`: of the server, by the folder of its cluster. */
export async function startDebian15(
  settings: (home: string) => Settings = () => ({}),
): Promise<DebianServer> {
  const folder = await mkdtemp(path.join(tmpdir(), `routestitch-test-${process.pid}-`));
  await chmod(folder, 0o755);
  const home = path.join(folder, 'postgres');
  const cluster: Cluster = {
    home,
    data: path.join(home, 'data'),
    passwordFile: path.join(home, 'password'),
    logFile: path.join(home, 'postgres.log'),
    account: await serverAccount(home),
    binaries: { initdb: path.join(bin, 'initdb'), postgres: path.join(bin, 'postgres') },
  };
  await ensureCluster(cluster, false);
  const password = await readPassword(cluster);
  const { port } = await startPostmaster(cluster, password, undefined, settings(home));
  const superuserUrl = `postgresql://${superuser}:${password}@127.0.0.1:${port}/postgres`;
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  await client.query(`CREATE ROLE owner LOGIN CREATEROLE CREATEDB PASSWORD 'of-the-owner'`);
  await client.query('CREATE DATABASE app OWNER owner');
  await client.end();
  return {
    ownerUrl: `postgresql://owner:of-the-owner@127.0.0.1:${port}/app`,
    superuserUrl,
    cluster,
    port,
    stop: async () => {
      await stopPostmaster(cluster);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
