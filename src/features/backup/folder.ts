/** BACKUP_DIR: one folder a backup, complete or not there. */
import { createHash, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import type { z } from 'zod';
import { isAlive } from '../../database/embedded/processes.ts';
import { AppError } from '../../errors.ts';
import { type Manifest, manifestSchema, type Verification, verificationSchema } from './contract.ts';

const MANIFEST = 'manifest.json';
const MANIFEST_SUM = 'manifest.json.sha256';
const VERIFICATION = 'verification.json';
const ID = /^\d{8}-\d{6}-[0-9a-f]{4}$/;
/** Process numbers mean something on one machine only, and machines may share the folder. */
const machine = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
const ABANDONED_MS = 86_400_000;

/** `20261130-030000-1f3a`: sorts by time, to the millisecond (`1f3`); the last digit tells two of one millisecond apart. */
export function newBackupId(now: Date): string {
  const second = now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
  const millisecond = now.getUTCMilliseconds().toString(16).padStart(3, '0');
  return `${second}-${millisecond}${randomBytes(1).toString('hex')[0]}`;
}

/** A backup whose manifest is whole. */
export interface StoredBackup {
  readonly id: string;
  readonly folder: string;
  readonly manifest: Manifest;
  readonly verification: Verification | null;
}

/** One whose manifest is not. */
export interface BrokenBackup {
  readonly id: string;
  readonly folder: string;
  readonly fault: string;
}

/** Makes BACKUP_DIR and a folder in it that nobody lists. Throws `CONFIGURATION` when that cannot be. */
export async function openPartial(dir: string, id: string): Promise<string> {
  const partial = path.join(dir, `.${id}.${machine}-${process.pid}.partial`);
  try {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    await mkdir(partial, { mode: 0o700 });
  } catch (cause) {
    throw new AppError(
      'CONFIGURATION',
      `Backups cannot be kept in ${dir} (${(cause as NodeJS.ErrnoException).code}): set BACKUP_DIR to a folder that this user may write to`,
      { cause },
    );
  }
  return partial;
}

/** Makes a partial folder a backup: everything is on the disk before it gets its name. */
export async function commitBackup(dir: string, partial: string, manifest: Manifest): Promise<string> {
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  const sum = createHash('sha256').update(text).digest('hex');
  await writeSynced(path.join(partial, MANIFEST), text);
  await writeSynced(path.join(partial, MANIFEST_SUM), `${sum}  ${MANIFEST}\n`); // as sha256sum writes it
  await syncFolder(partial);
  const folder = path.join(dir, manifest.id);
  await rename(partial, folder);
  await syncFolder(dir);
  return folder;
}

async function writeSynced(file: string, text: string): Promise<void> {
  await writeFile(file, text, { mode: 0o600, flush: true });
}

/** A name is on the disk when its folder is. Windows cannot open folders and does not need to. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Replaces a small file at once. */
export async function replaceFile(file: string, text: string): Promise<void> {
  const made = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await writeSynced(made, text);
  await rename(made, file);
}

/** All backups, the latest first. An absent folder has none. */
export async function readBackups(dir: string): Promise<(StoredBackup | BrokenBackup)[]> {
  const names = await readdir(dir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new AppError('CONFIGURATION', `BACKUP_DIR ${dir} cannot be read: ${error.code}`, { cause: error });
  });
  const ids = names.filter((name) => ID.test(name)).toSorted((a, b) => (a < b ? 1 : -1));
  return Promise.all(ids.map((id) => readBackup(path.join(dir, id))));
}

/** One by its id, or by the path of its folder: a copy brought back from elsewhere. Throws `NOT_FOUND`. */
export async function findBackup(dir: string, idOrFolder: string): Promise<StoredBackup> {
  const folder = ID.test(idOrFolder) ? path.join(dir, idOrFolder) : path.resolve(idOrFolder);
  if (!(await stat(folder).catch(() => undefined))?.isDirectory())
    throw new AppError(
      'NOT_FOUND',
      ID.test(idOrFolder)
        ? `There is no backup ${idOrFolder} in ${dir}: \`routestitch backup list\` shows those that are`
        : `${idOrFolder} is neither the id nor the folder of a backup: \`routestitch backup list\` shows the ids`,
    );
  const found = await readBackup(folder);
  if ('fault' in found) throw new AppError('UNPROCESSABLE', `${folder} is damaged: ${found.fault}`);
  return found;
}

async function readBackup(folder: string): Promise<StoredBackup | BrokenBackup> {
  const id = path.basename(folder);
  try {
    const text = await readFile(path.join(folder, MANIFEST), 'utf8');
    const sum = (await readFile(path.join(folder, MANIFEST_SUM), 'utf8')).slice(0, 64);
    if (createHash('sha256').update(text).digest('hex') !== sum)
      return { id, folder, fault: `${MANIFEST} is not what was written` };
    const manifest = manifestSchema.parse(JSON.parse(text));
    const missing = await missingFile(folder, manifest);
    if (missing !== undefined) return { id, folder, fault: missing };
    return { id, folder, manifest, verification: await readSmall(folder, VERIFICATION, verificationSchema) };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { id, folder, fault: code === 'ENOENT' ? `${MANIFEST} is missing` : `${MANIFEST} cannot be read` };
  }
}

/** By size alone: hashing is for whoever verifies. */
async function missingFile(folder: string, { schema, payload }: Manifest): Promise<string | undefined> {
  for (const { name, bytes } of [schema, payload]) {
    const found = await stat(path.join(folder, name)).catch(() => undefined);
    if (found?.size !== bytes)
      return found ? `${name} has ${found.size} bytes instead of ${bytes}` : `${name} is missing`;
  }
  return undefined;
}

/** A small JSON file by its schema; null when it is absent or not whole. */
export async function readSmall<Schema extends z.ZodType>(
  folder: string,
  name: string,
  schema: Schema,
): Promise<z.output<Schema> | null> {
  const text = await readFile(path.join(folder, name), 'utf8').catch(() => 'null');
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** Notes what a verification found, beside a backup that may lie where nothing can be written. */
export async function noteVerification(folder: string, found: Verification): Promise<void> {
  if (await access(folder, constants.W_OK).catch(() => true)) return;
  await replaceFile(path.join(folder, VERIFICATION), `${JSON.stringify(found, null, 2)}\n`);
}

/** Takes the name away first, so that what is half deleted is no backup. */
export async function removeBackup(dir: string, id: string): Promise<void> {
  const doomed = path.join(dir, `.${id}.${machine}-${process.pid}.deleted`);
  try {
    await rename(path.join(dir, id), doomed);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return; // another process did it
    throw error;
  }
  await rm(doomed, { recursive: true, force: true });
}

/** Removes what killed processes left half made or half deleted. */
export async function sweepPartials(dir: string, now: Date): Promise<void> {
  for (const name of await readdir(dir).catch(() => [])) {
    const [, owner = '', pid = ''] = /^\.[^.]+\.([0-9a-f]{8})-(\d+)\.(?:partial|deleted)$/.exec(name) ?? [];
    if (pid === '') continue;
    const folder = path.join(dir, name);
    const age = now.getTime() - ((await stat(folder).catch(() => undefined))?.mtimeMs ?? now.getTime());
    if (owner === machine ? isAlive(Number(pid)) : age < ABANDONED_MS) continue;
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}
