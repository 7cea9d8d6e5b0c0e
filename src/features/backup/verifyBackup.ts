import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline, type Readable } from 'node:stream';
import { createZstdDecompress } from 'node:zlib';
import { type Cluster, ensureCluster, makeHome, readPassword } from '../../database/embedded/cluster.ts';
import { findPostmaster, startPostmaster } from '../../database/embedded/postmaster.ts';
import { own } from '../../database/embedded/recovery.ts';
import { withScratchCluster } from '../../database/embedded/scratch.ts';
import { createScratchDatabase } from '../../database/schema/migrationPg.ts';
import { AppError } from '../../errors.ts';
import type { Expected } from './compare.ts';
import type { Manifest, ReportProgress, Verification } from './contract.ts';
import { noteVerification, type StoredBackup } from './folder.ts';
import { clusterUrl, compareWith, inspectCopy } from './inspectCopy.ts';
import { decrypterFor } from './keys.ts';
import { findPrograms, toolMajor } from './programs.ts';
import { open, openReader } from './reader.ts';
import { restoreDump } from './restoreDump.ts';
import { checkFile, openSealed } from './sealedFile.ts';
import { needRoom } from './space.ts';
import { unpackTo } from './tar.ts';

export interface VerifyOptions {
  /** Scratch servers live below it. */
  readonly dataDir: string;
  /** Private keys. */
  readonly identities: readonly string[];
  /** A dump is restored into a new database of this server instead of a scratch server of ours. */
  readonly on?: string | undefined;
  /** Looks at the restored database before it goes: a drill's own questions. */
  readonly inspect?: ((ownerUrl: string) => Promise<void>) | undefined;
}

/**
 * Restores a backup where it can do no harm, compares everything with the manifest, and notes the outcome beside the
 * backup. Throws `UNPROCESSABLE` when the backup is damaged or the key does not open it.
 */
export async function verifyBackup(
  { folder, manifest }: StoredBackup,
  options: VerifyOptions,
  report: ReportProgress = () => undefined,
  now: () => Date = () => new Date(),
): Promise<Verification> {
  if (options.on !== undefined && manifest.kind === 'physical')
    throw new AppError(
      'CONFIGURATION',
      'A copy of the built-in server is verified on a scratch server: leave --on out',
    );
  let schema: string;
  try {
    schema = await checkFiles(folder, manifest, report);
  } catch (error) {
    if (error instanceof AppError && error.code === 'UNPROCESSABLE')
      await noteVerification(folder, damaged(error, now()));
    throw error;
  }
  const payload = () => openPayload(folder, manifest, options.identities);
  const restored = { expected: { manifest, schema }, payload, report, now };
  const verification =
    options.on === undefined
      ? await onScratchServer(restored, options)
      : await onServer(restored, options.on, options.inspect);
  await noteVerification(folder, verification);
  return verification;
}

const damaged = (error: AppError, at: Date): Verification => ({
  at: at.toISOString(),
  problems: [error.message],
  tables: 0,
  restoreSeconds: 0,
});

/** Throws `UNPROCESSABLE` unless every file is to the bit what was written; answers the text of the schema. */
export async function checkFiles(
  folder: string,
  manifest: Manifest,
  report: ReportProgress,
): Promise<string> {
  await checkFile(folder, manifest.schema);
  await checkFile(folder, manifest.payload, (done, total) => report('reading', done, total));
  return readFile(path.join(folder, manifest.schema.name), 'utf8');
}

/** The data, decrypted and, of a copy, decompressed. */
export async function openPayload(
  folder: string,
  { payload, recipients, kind }: Manifest,
  identities: readonly string[],
): Promise<Readable> {
  decrypterFor(identities); // says what is wrong with a key
  const opened = await openSealed(folder, payload, recipients, identities);
  if (kind === 'dump') return opened;
  const tar = createZstdDecompress();
  pipeline(opened, tar, () => undefined); // an error ends `tar` with it
  return tar;
}

interface Restored {
  readonly expected: Expected;
  readonly payload: () => Promise<Readable>;
  readonly report: ReportProgress;
  readonly now: () => Date;
}

async function onScratchServer(
  restored: Restored,
  { dataDir, inspect }: VerifyOptions,
): Promise<Verification> {
  const { expected, payload, report, now } = restored;
  const { manifest } = expected;
  const opened = await payload(); // a key that does not open it is found before a server is made
  await needRoom(dataDir, manifest.databaseBytes, 'a scratch server');
  return withScratchCluster(dataDir, async (cluster) => {
    if (manifest.kind === 'physical') {
      const started = performance.now();
      report('unpacking');
      await unpackCluster(cluster, opened);
      const verification = await inspectCopy(cluster, expected, started, report, now);
      await inspect?.(await runningUrl(cluster));
      return verification;
    }
    await ensureCluster(cluster, false);
    const { port } = await startPostmaster(cluster, await readPassword(cluster));
    const url = await clusterUrl(cluster, port, 'postgres');
    await makeRoles(url, manifest);
    return onServer({ ...restored, payload: () => Promise.resolve(opened) }, url, inspect);
  });
}

/** Places what was packed of a cluster; `ensureCluster` says when this version's server cannot run it. */
export async function unpackCluster(cluster: Cluster, tar: Readable): Promise<void> {
  await makeHome(cluster);
  await unpackTo(cluster.home, tar);
  await own(cluster, cluster.home);
  await ensureCluster(cluster, true);
}

async function runningUrl(cluster: Cluster): Promise<string> {
  const running = await findPostmaster(cluster);
  if (!running) throw new AppError('DATABASE', `The scratch server ended: see ${cluster.logFile}`);
  return clusterUrl(cluster, running.port);
}

/** On our own scratch server everybody may exist. */
async function makeRoles(url: string, { inventory }: Manifest): Promise<void> {
  const client = await open(url);
  try {
    for (const role of inventory.roles)
      await client.query(`CREATE ROLE ${client.escapeIdentifier(role)} NOLOGIN`);
  } finally {
    await client.end();
  }
}

async function onServer(
  { expected, payload, report, now }: Restored,
  url: string,
  inspect: VerifyOptions['inspect'],
): Promise<Verification> {
  const { manifest } = expected;
  const programs = await findPrograms(toolMajor(manifest));
  const scratch = await createScratchDatabase(url);
  try {
    const started = performance.now();
    report('restoring');
    await restoreDump(programs, scratch.url, await payload(), manifest, { replace: false });
    const restoreSeconds = (performance.now() - started) / 1000;
    const reader = await openReader(scratch.url);
    try {
      const verification = await compareWith(reader.client, expected, restoreSeconds, report, now);
      await inspect?.(scratch.url);
      return verification;
    } finally {
      await reader.client.end();
    }
  } finally {
    await scratch.drop();
  }
}
