/** A copy of the built-in server back into a DATA_DIR. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { isRoot } from '../../database/embedded/account.ts';
import { type Cluster, locateCluster, makeHome } from '../../database/embedded/cluster.ts';
import { findPostmaster, stopPostmaster } from '../../database/embedded/postmaster.ts';
import { own, stopRecovered } from '../../database/embedded/recovery.ts';
import { openServer } from '../../database/server.ts';
import { AppError } from '../../errors.ts';
import type { Verification } from './contract.ts';
import { inspectCopy } from './inspectCopy.ts';
import type { RestoredBackup, RestoreTask } from './restoreBackup.ts';
import { type KnownErasures, knownErasures, nothingErased } from './restoreTarget.ts';
import { settleRestored } from './settleRestored.ts';
import { needRoom } from './space.ts';
import { unpackCluster } from './verifyBackup.ts';

/** Made ready beside what is there, and put in its place when it is right; what was there is kept. */
export async function restoreCluster(
  task: RestoreTask,
  dataDir: string,
): Promise<Omit<RestoredBackup, 'seconds'>> {
  const { manifest } = task.backup;
  await mkdir(dataDir, { recursive: true, mode: isRoot() ? 0o755 : 0o700 });
  const cluster = await locateCluster(dataDir);
  const occupied = existsSync(path.join(cluster.data, 'PG_VERSION'));
  await refuseUsed(cluster, dataDir, occupied && !task.replace);
  await needRoom(cluster.home, manifest.databaseBytes, 'the restored database');
  const erased = occupied ? await erasuresOf(dataDir) : nothingErased;
  const verification = await prepare(task, cluster, (ready) => swap(cluster, ready, occupied));
  const server = await openServer({ dataDir });
  try {
    const aftermath = await settleRestored(server.ownerUrl, task, erased);
    return { ...aftermath, ...verification, to: dataDir, erasuresNotRead: erased.notRead };
  } finally {
    await server.release();
  }
}

async function refuseUsed(cluster: Cluster, dataDir: string, mustStay: boolean): Promise<void> {
  if (mustStay)
    throw new AppError(
      'CONFLICT',
      `${dataDir} has a database: --yes puts the backup in its place and keeps the old files aside`,
    );
  if (await findPostmaster(cluster))
    throw new AppError('CONFLICT', `The database in ${dataDir} is in use: stop RouteStitch and try again`);
}

/** By the old server itself, which may no longer start: that is what restores are for. */
async function erasuresOf(dataDir: string): Promise<KnownErasures> {
  try {
    const server = await openServer({ dataDir });
    try {
      return await knownErasures(server.ownerUrl);
    } finally {
      await server.release();
    }
  } catch (error) {
    return { ...nothingErased, notRead: (error as Error).message.split('\n')[0]! };
  }
}

async function prepare(
  { backup: { manifest }, schema, payload, report, now }: RestoreTask,
  cluster: Cluster,
  use: (ready: Cluster) => Promise<string | null>,
): Promise<{ verification: Verification; keptAside: string | null }> {
  const home = path.join(cluster.home, `restoring-${randomBytes(4).toString('hex')}`);
  const ready: Cluster = {
    ...cluster,
    home,
    data: path.join(home, 'data'),
    passwordFile: path.join(home, 'password'),
    logFile: path.join(home, 'postgres.log'),
  };
  await makeHome(cluster);
  try {
    const started = performance.now();
    report('unpacking');
    await unpackCluster(ready, payload);
    const verification = await inspectCopy(ready, { manifest, schema }, started, report, now);
    if (verification.problems.length > 0)
      throw new AppError(
        'UNPROCESSABLE',
        `The backup does not restore to what was saved, so nothing was changed: ${verification.problems.join('; ')}`,
      );
    await stopRecovered(ready);
    return { verification, keptAside: await use(ready) };
  } finally {
    if (await findPostmaster(ready)) await stopPostmaster(ready);
    await rm(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

/** Answers the folder of what was there. Its name must not start as a half-made cluster's, which a first start removes. */
async function swap(cluster: Cluster, ready: Cluster, occupied: boolean): Promise<string | null> {
  let aside: string | null = null;
  if (occupied) {
    aside = path.join(
      cluster.home,
      `before-${new Date().toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}`,
    );
    await mkdir(aside, { mode: 0o700 });
    await own(cluster, aside);
    await rename(cluster.passwordFile, path.join(aside, 'password'));
    await rename(cluster.data, path.join(aside, 'data'));
  }
  await rename(ready.passwordFile, cluster.passwordFile);
  await rename(ready.data, cluster.data);
  return aside;
}
