import type pg from 'pg';
import { type Cluster, databaseName, readPassword, superuser } from '../../database/embedded/cluster.ts';
import { recoverCopy } from '../../database/embedded/recovery.ts';
import { differencesFrom, type Expected } from './compare.ts';
import type { ReportProgress, Verification } from './contract.ts';
import { takeInventory } from './inventory.ts';
import { open } from './reader.ts';

/** The URL of a database on a built-in server, by default the product's. */
export async function clusterUrl(cluster: Cluster, port: number, database = databaseName): Promise<string> {
  const password = encodeURIComponent(await readPassword(cluster));
  return `postgresql://${superuser}:${password}@127.0.0.1:${port}/${database}`;
}

/**
 * Recovers a copy in its cluster, leaves that running, and says where it differs from the manifest. `started`: when the
 * restore began, by `performance.now()`.
 */
export async function inspectCopy(
  cluster: Cluster,
  expected: Expected,
  started: number,
  report: ReportProgress,
  now: () => Date,
): Promise<Verification> {
  report('recovering');
  const port = await recoverCopy(cluster, expected.manifest.restorePoint ?? '');
  const restoreSeconds = (performance.now() - started) / 1000;
  const client = await open(await clusterUrl(cluster, port));
  try {
    return await compareWith(client, expected, restoreSeconds, report, now);
  } finally {
    await client.end();
  }
}

/** Counts a restored database as somebody who sees all of it, and says where it differs from the manifest. */
export async function compareWith(
  client: pg.Client,
  expected: Expected,
  restoreSeconds: number,
  report: ReportProgress,
  now: () => Date,
): Promise<Verification> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  try {
    const taken = await takeInventory(client, expected.manifest.kind === 'physical' ? 'all' : 'ours', report);
    return {
      at: now().toISOString(),
      problems: differencesFrom(expected, taken),
      tables: taken.inventory.tables.length,
      restoreSeconds: Math.round(restoreSeconds * 100) / 100,
    };
  } finally {
    await client.query('ROLLBACK').catch(() => undefined);
  }
}
