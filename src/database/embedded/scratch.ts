/** Clusters that live for one piece of work: nobody joins them, and nothing of them is left. */
import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { isRoot } from './account.ts';
import { type Cluster, locateCluster } from './cluster.ts';
import { findPostmaster, stopPostmaster } from './postmaster.ts';
import { isAlive } from './processes.ts';

const prefix = 'scratch-';

/** Gives `work` the place of a new cluster below DATA_DIR, or where the server's account can enter; removes it after. */
export async function withScratchCluster<T>(
  dataDir: string,
  work: (cluster: Cluster) => Promise<T>,
): Promise<T> {
  await mkdir(dataDir, { recursive: true, mode: isRoot() ? 0o755 : 0o700 });
  await removeAbandoned(dataDir);
  const folder = path.join(dataDir, `${prefix}${process.pid}-${crypto.randomUUID().slice(0, 8)}`);
  await mkdir(folder, { mode: isRoot() ? 0o755 : 0o700 });
  try {
    return await work(await locateCluster(folder));
  } finally {
    await remove(folder);
  }
}

async function remove(folder: string): Promise<void> {
  const cluster = await locateCluster(folder);
  if (await findPostmaster(cluster)) await stopPostmaster(cluster);
  for (const doomed of [cluster.home, folder])
    await rm(doomed, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

/** Of processes that were killed. */
async function removeAbandoned(dataDir: string): Promise<void> {
  for (const name of await readdir(dataDir)) {
    const pid = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) await remove(path.join(dataDir, name)).catch(() => {});
  }
}
