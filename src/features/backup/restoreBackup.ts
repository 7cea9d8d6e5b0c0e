import path from 'node:path';
import type { Readable } from 'node:stream';
import { ensureRoles } from '../../database/roles.ts';
import { readMigrations } from '../../database/schema/engine.ts';
import { openServer } from '../../database/server.ts';
import { withoutPassword } from '../../database/url.ts';
import { AppError } from '../../errors.ts';
import type { Manifest, ReportProgress, Verification } from './contract.ts';
import { readLedger } from './erasureLedger.ts';
import type { StoredBackup } from './folder.ts';
import { compareWith } from './inspectCopy.ts';
import { findPrograms, toolMajor } from './programs.ts';
import { openReader } from './reader.ts';
import { type Aftermath, settleRestored } from './settleRestored.ts';
import { restoreCluster } from './restoreCluster.ts';
import { restoreDump } from './restoreDump.ts';
import { examineTarget } from './restoreTarget.ts';
import { checkFiles, openPayload } from './verifyBackup.ts';

export interface RestoreOptions {
  /** A database's URL, or a folder: a DATA_DIR. */
  readonly to: string;
  /** What is there may go. */
  readonly replace: boolean;
  /** Private keys. */
  readonly identities: readonly string[];
  /** BACKUP_DIR, where erasures are noted. */
  readonly backupDir: string;
}

export interface RestoredBackup extends Aftermath {
  /** Where it is now; no password. */
  readonly to: string;
  readonly seconds: number;
  /** Compared before migrations and erasures. */
  readonly verification: Verification;
  /** The folder of what was there before, kept by the built-in server. */
  readonly keptAside: string | null;
  /** Why the erasures of what was there before could not be read; those noted beside the backups were made again. */
  readonly erasuresNotRead: string | null;
}

/**
 * Restores a backup for good: compares it, brings its schema up to date and erases again whoever was erased since. What
 * was there is untouched unless the restore itself has succeeded. Throws `CONFLICT` when there is something and `replace`
 * is not said.
 */
export async function restoreBackup(
  backup: StoredBackup,
  options: RestoreOptions,
  report: ReportProgress = () => undefined,
  now: () => Date = () => new Date(),
): Promise<RestoredBackup> {
  const { manifest, folder } = backup;
  const toServer = /^postgres(ql)?:\/\//.test(options.to);
  if (toServer && manifest.kind === 'physical')
    throw new AppError(
      'CONFIGURATION',
      'A copy of the built-in server is restored to a folder: --to DIR, which becomes a DATA_DIR',
    );
  await refuseNewer(manifest);
  const started = performance.now();
  const schema = await checkFiles(folder, manifest, report);
  const ledger = await readLedger(path.dirname(folder)); // of a copy brought from elsewhere
  const payload = await openPayload(folder, manifest, options.identities);
  try {
    const task = { ...options, backup, schema, payload, report, now, ledger };
    const restored = await (toServer
      ? restoreToServer(task, options.to)
      : manifest.kind === 'physical'
        ? restoreCluster(task, path.resolve(options.to))
        : restoreToFolder(task, path.resolve(options.to)));
    return { ...restored, seconds: Math.round((performance.now() - started) / 10) / 100 };
  } finally {
    payload.destroy();
  }
}

export interface RestoreTask extends RestoreOptions {
  readonly backup: StoredBackup;
  /** Text of its `schema.sql`. */
  readonly schema: string;
  /** Its data, which a key was found to open. */
  readonly payload: Readable;
  readonly report: ReportProgress;
  readonly now: () => Date;
  /** Hashes of users erased, noted where the backup lies. */
  readonly ledger: readonly string[];
}

async function refuseNewer({ inventory, versions }: Manifest): Promise<void> {
  const known = new Set((await readMigrations()).migrationDirectories.map((directory) => directory.path));
  const unknown = inventory.migrations.filter((name) => !known.has(name));
  if (unknown.length > 0)
    throw new AppError(
      'UNPROCESSABLE',
      `The backup is of RouteStitch ${versions.app}, whose migrations this version does not know (${unknown.join(', ')}): install that version or a newer one`,
    );
}

async function restoreToServer(
  task: RestoreTask,
  ownerUrl: string,
): Promise<Omit<RestoredBackup, 'seconds'>> {
  const { backup, payload, report, now, replace } = task;
  const { manifest } = backup;
  const target = await examineTarget(ownerUrl, manifest, replace);
  const programs = await findPrograms(toolMajor(manifest));
  const started = performance.now();
  report('restoring');
  await restoreDump(programs, ownerUrl, payload, manifest, { replace: target.occupied });
  const restoreSeconds = (performance.now() - started) / 1000;
  await ensureRoles(ownerUrl);
  const reader = await openReader(ownerUrl);
  let verification: Verification;
  try {
    verification = await compareWith(
      reader.client,
      { manifest, schema: task.schema },
      restoreSeconds,
      report,
      now,
    );
  } finally {
    await reader.client.end();
  }
  const to = withoutPassword(ownerUrl);
  if (verification.problems.length > 0)
    throw new AppError(
      'UNPROCESSABLE',
      `Restored to ${to}, but it is not what was saved (does something write to it?): ${verification.problems.join('; ')}`,
    );
  const aftermath = await settleRestored(ownerUrl, task, target.erased);
  return { ...aftermath, to, verification, keptAside: null, erasuresNotRead: target.erased.notRead };
}

/** A server's dump becomes a built-in server. */
async function restoreToFolder(task: RestoreTask, dataDir: string): Promise<Omit<RestoredBackup, 'seconds'>> {
  const server = await openServer({ dataDir });
  try {
    return { ...(await restoreToServer(task, server.ownerUrl)), to: dataDir };
  } finally {
    await server.release();
  }
}
