import { createHash } from 'node:crypto';
import { copyFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream';
import { createZstdCompress } from 'node:zlib';
import type { BackupConfig } from '../../config.ts';
import { locateCluster, makeHome } from '../../database/embedded/cluster.ts';
import { copiedBytes, copyRunning } from '../../database/embedded/copyRunning.ts';
import { own } from '../../database/embedded/recovery.ts';
import { withScratchCluster } from '../../database/embedded/scratch.ts';
import { openServer } from '../../database/server.ts';
import { readConnection } from '../../database/url.ts';
import { AppError } from '../../errors.ts';
import { appVersion } from './appVersion.ts';
import { withBackupLock } from './backupLock.ts';
import { schemaText } from './compare.ts';
import type { BackupFile, BackupKind, Manifest, ReportProgress, Verification } from './contract.ts';
import { dumpDatabase } from './dump.ts';
import { rememberErasures } from './erasureLedger.ts';
import {
  commitBackup,
  newBackupId,
  noteVerification,
  openPartial,
  replaceFile,
  sweepPartials,
} from './folder.ts';
import { type TakenInventory, takeInventory } from './inventory.ts';
import { encrypterFor } from './keys.ts';
import { open, openReader, type Reader } from './reader.ts';
import { inspectCopy } from './inspectCopy.ts';
import { markRestorePoint } from './restorePoint.ts';
import { writeSealed } from './sealedFile.ts';
import { needRoom } from './space.ts';
import { packFolder } from './tar.ts';

export interface BackupPlace {
  /** Absolute path; scratch servers live below it too. */
  readonly dataDir: string;
  readonly backup: Pick<BackupConfig, 'dir' | 'recipients' | 'databaseUrl'>;
}

export interface CreatedBackup {
  readonly folder: string;
  readonly manifest: Manifest;
  /** Of the built-in server: it was restored and compared already. */
  readonly verification: Verification | null;
}

/**
 * Backs up the database: a dump of a server, a copy of the built-in one. It is complete or not there.
 * Throws `CONFLICT` while another is made, `CONFIGURATION` and `UNAVAILABLE` with what to do.
 */
export async function createBackup(
  place: BackupPlace,
  report: ReportProgress = () => undefined,
  now: () => Date = () => new Date(),
): Promise<CreatedBackup> {
  encrypterFor(place.backup.recipients); // a key that is none is found before the work
  const { databaseUrl } = place.backup;
  if (databaseUrl !== undefined && readConnection(databaseUrl).pooled)
    throw new AppError(
      'CONFIGURATION',
      'DATABASE_URL is a pooler’s, through which pg_dump and its snapshot do not go: set BACKUP_DATABASE_URL to the server’s own address',
    );
  try {
    return await create(place, report, now);
  } catch (error) {
    const code = error instanceof AppError ? error.code : 'INTERNAL';
    if (code !== 'CONFLICT') await noteFailure(place.backup.dir, code, error, now());
    throw error;
  }
}

async function noteFailure(dir: string, code: string, error: unknown, at: Date): Promise<void> {
  const message = error instanceof Error ? error.message : String(error);
  const text = JSON.stringify({ at: at.toISOString(), code, message }, null, 2);
  await replaceFile(path.join(dir, 'last-failure.json'), `${text}\n`).catch(() => undefined);
}

async function create(place: BackupPlace, report: ReportProgress, now: () => Date): Promise<CreatedBackup> {
  const { dataDir, backup } = place;
  const server = await openServer({ databaseUrl: backup.databaseUrl, dataDir });
  try {
    return await withBackupLock(server.ownerUrl, async () => {
      await sweepPartials(backup.dir, now());
      const startedAt = now();
      const id = newBackupId(startedAt);
      const partial = await openPartial(backup.dir, id);
      const task = { ...place, id, partial, startedAt, ownerUrl: server.ownerUrl, report, now };
      try {
        return await (server.kind === 'embedded' ? backUpFiles(task) : backUpServer(task));
      } finally {
        await rm(partial, { recursive: true, force: true });
      }
    });
  } finally {
    await server.release();
  }
}

interface Task extends BackupPlace {
  readonly id: string;
  readonly partial: string;
  readonly startedAt: Date;
  readonly ownerUrl: string;
  readonly report: ReportProgress;
  readonly now: () => Date;
}

async function backUpServer(task: Task): Promise<CreatedBackup> {
  const { backup, partial, report } = task;
  const reader = await openReader(task.ownerUrl);
  try {
    const { tables, whole } = await sizes(reader);
    await needRoom(backup.dir, tables, 'a dump');
    const file = path.join(partial, `database.dump${suffix(backup.recipients)}`);
    const dumped = await dumpDatabase(reader, file, backup.recipients, report);
    await rememberErasures(backup.dir, reader.client);
    const manifest = await describeBackup(task, 'dump', reader, dumped, {
      tool: dumped.tool,
      payload: dumped.payload,
      databaseBytes: whole,
      restorePoint: null,
    });
    return { folder: await commitBackup(backup.dir, partial, manifest), manifest, verification: null };
  } finally {
    await reader.client.end().catch(() => undefined);
  }
}

/** Copied beside the running server, counted in it, packed; then the copy is recovered and must be what was counted. */
async function backUpFiles(task: Task): Promise<CreatedBackup> {
  const { backup, dataDir, id, partial, report } = task;
  const source = await locateCluster(dataDir);
  const databaseBytes = await copiedBytes(source.data);
  await needRoom(source.home, 2 * databaseBytes, 'a copy and its recovery');
  await needRoom(backup.dir, databaseBytes, 'a backup');
  const reader = await openReader(task.ownerUrl);
  const session = await open(task.ownerUrl);
  const restorePoint = `routestitch ${id}`;
  try {
    return await withScratchCluster(dataDir, async (scratch) => {
      await makeHome(scratch);
      const copy = await copyRunning(session, source, scratch.data, (done, total) =>
        report('copying', done, total),
      );
      const lastWalFile = await markRestorePoint(task.ownerUrl, restorePoint, reader.client);
      await copy.finish(lastWalFile);
      await copyFile(source.passwordFile, scratch.passwordFile);
      await own(scratch, scratch.passwordFile);
      const taken = await takeInventory(reader.client, 'all', report);
      await reader.client.query('ROLLBACK');
      await rememberErasures(backup.dir, reader.client);
      const payload = await pack(scratch.home, task, databaseBytes);
      const manifest = await describeBackup(task, 'physical', reader, taken, {
        tool: null,
        payload,
        databaseBytes,
        restorePoint,
      });
      const expected = { manifest, schema: schemaText(taken.statements) };
      const verification = await inspectCopy(scratch, expected, performance.now(), report, task.now);
      if (verification.problems.length > 0) throw notWhole(verification);
      await noteVerification(partial, verification);
      return { folder: await commitBackup(backup.dir, partial, manifest), manifest, verification };
    });
  } finally {
    await Promise.all([session.end(), reader.client.end()]).catch(() => undefined);
  }
}

const notWhole = ({ problems }: Verification): AppError =>
  new AppError('INTERNAL', `The copy is not what was copied, so no backup was made: ${problems.join('; ')}`);

function pack(home: string, { backup, partial, report }: Task, total: number): Promise<BackupFile> {
  const compressed = createZstdCompress();
  const packing = packFolder(home, (done) => report('packing', done, total));
  pipeline(packing, compressed, () => undefined); // an error ends `compressed` with it
  return writeSealed(
    compressed,
    path.join(partial, `cluster.tar.zst${suffix(backup.recipients)}`),
    backup.recipients,
  );
}

const suffix = (recipients: readonly string[]): string => (recipients.length > 0 ? '.age' : '');

async function sizes({ client }: Reader): Promise<{ tables: number; whole: number }> {
  const { rows } = await client.query<{ tables: string; whole: string }>(`
    SELECT pg_database_size(current_database()) AS whole, (SELECT coalesce(sum(pg_table_size(c.oid)), 0)
      FROM pg_class c WHERE c.relkind IN ('r', 'm') AND c.relpersistence = 'p') AS tables`);
  return { tables: Number(rows[0]!.tables), whole: Number(rows[0]!.whole) };
}

async function describeBackup(
  { id, partial, startedAt, backup, now }: Task,
  kind: BackupKind,
  { serverVersion }: Reader,
  { inventory, statements }: TakenInventory,
  facts: Pick<Manifest, 'payload' | 'databaseBytes' | 'restorePoint'> & { tool: string | null },
): Promise<Manifest> {
  const { tool, ...rest } = facts;
  const text = schemaText(statements);
  await writeFile(path.join(partial, 'schema.sql'), text, { mode: 0o600, flush: true });
  return {
    format: 1,
    id,
    kind,
    startedAt: startedAt.toISOString(),
    finishedAt: now().toISOString(),
    versions: { app: appVersion, server: serverVersion, tool },
    inventory,
    schema: {
      name: 'schema.sql',
      bytes: Buffer.byteLength(text),
      sha256: createHash('sha256').update(text).digest('hex'),
    },
    recipients: [...backup.recipients],
    ...rest,
  };
}
