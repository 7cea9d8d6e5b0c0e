/**
 * The files of the running server, by PostgreSQL's low-level backup interface: it ships neither pg_dump nor
 * pg_basebackup. https://www.postgresql.org/docs/18/continuous-archiving.html#BACKUP-LOWLEVEL-BASE-BACKUP
 */
import { constants } from 'node:fs';
import { chown, copyFile, lstat, mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type pg from 'pg';
import { AppError } from '../../errors.ts';
import type { Cluster } from './cluster.ts';

/** Their contents belong to the running server. */
const emptied = new Set([
  'pg_dynshmem',
  'pg_notify',
  'pg_replslot',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
  'pg_wal',
]);
const leftOut =
  /^(postmaster\.(pid|opts)|pg_internal\.init(\.\d+)?|pgsql_tmp.*|(backup_label|tablespace_map)(\.old)?|(recovery|standby)\.signal|current_logfiles(\.tmp)?|postgresql\.auto\.conf\.tmp|t\d+_.*)$/;

export interface CopyProgress {
  (doneBytes: number, totalBytes: number): void;
}

export interface RunningCopy {
  /** Copies the log up to here, which the server has written out; the copy is then complete. */
  finish(lastWalFile: string): Promise<void>;
}

/**
 * Copies the data folder to `to`, whole from the moment it returns as soon as the log is added. `client`: a superuser's
 * connection that stays open until then; when it ends, the server gives the backup up.
 */
export async function copyRunning(
  client: pg.Client,
  { data, account }: Pick<Cluster, 'data' | 'account'>,
  to: string,
  onProgress: CopyProgress,
): Promise<RunningCopy> {
  const copy = new FolderCopy(data, to, account, onProgress);
  await copy.measure();
  // Keeps the log from being recycled; it goes with the connection.
  const slot = `routestitch_backup_${process.pid}`;
  await client.query('SELECT pg_create_physical_replication_slot($1, true, true)', [slot]);
  await client.query(`SELECT pg_backup_start('routestitch', fast => true)`);
  await copy.run();
  const { rows } = await client.query<{ labelfile: string; spcmapfile: string }>(
    'SELECT labelfile, spcmapfile FROM pg_backup_stop(wait_for_archive => false)',
  );
  const { labelfile, spcmapfile } = rows[0]!;
  if (spcmapfile.trim() !== '') throw elsewhere(spcmapfile.trim());
  const firstWalFile = /file ([0-9A-F]{24})/.exec(labelfile)?.[1];
  if (firstWalFile === undefined) throw new AppError('INTERNAL', `No log file in: ${labelfile}`);
  await copy.write('backup_label', labelfile);
  return {
    finish: async (lastWalFile) => {
      await copy.addLog(firstWalFile, lastWalFile);
      await client.query('SELECT pg_drop_replication_slot($1)', [slot]);
    },
  };
}

const elsewhere = (what: string): AppError =>
  new AppError('UNPROCESSABLE', `The database has files outside its folder (${what}), which are not copied`);

class FolderCopy {
  readonly #from: string;
  readonly #to: string;
  readonly #account: Cluster['account'];
  readonly #onProgress: CopyProgress;
  #total = 0;
  #done = 0;

  constructor(from: string, to: string, account: Cluster['account'], onProgress: CopyProgress) {
    [this.#from, this.#to, this.#account, this.#onProgress] = [from, to, account, onProgress];
  }

  async measure(): Promise<void> {
    this.#total = await copiedBytes(this.#from);
  }

  async run(): Promise<void> {
    await this.#folder('');
    await this.#makeFolder('pg_wal/archive_status');
  }

  async #folder(folder: string): Promise<void> {
    await this.#makeFolder(folder);
    if (emptied.has(folder)) return;
    const entries = await readdir(path.join(this.#from, folder), { withFileTypes: true });
    for (const entry of entries) {
      const name = path.join(folder, entry.name);
      if (leftOut.test(entry.name)) continue;
      if (entry.isDirectory()) await this.#folder(name);
      else if (entry.isFile()) await this.#file(name);
      else throw elsewhere(name);
    }
  }

  /** Pages torn by a write under way are whole in the log. A table that is dropped meanwhile is gone there too. */
  async #file(name: string): Promise<void> {
    const target = path.join(this.#to, name);
    try {
      await copyFile(path.join(this.#from, name), target, constants.COPYFILE_FICLONE);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
      throw error;
    }
    await this.#own(target);
    this.#done += (await lstat(target)).size;
    this.#onProgress(this.#done, Math.max(this.#total, this.#done));
  }

  async #makeFolder(folder: string): Promise<void> {
    const target = path.join(this.#to, folder);
    await mkdir(target, { recursive: true, mode: 0o700 });
    await this.#own(target);
    if (path.dirname(folder) === 'pg_wal') await this.#own(path.dirname(target));
  }

  async write(name: string, text: string): Promise<void> {
    const target = path.join(this.#to, name);
    await writeFile(target, text, { mode: 0o600 });
    await this.#own(target);
  }

  async addLog(first: string, last: string): Promise<void> {
    for (const name of await readdir(path.join(this.#from, 'pg_wal'))) {
      const segment = /^[0-9A-F]{24}$/.test(name) && name >= first && name <= last;
      if (segment || /^[0-9A-F]{8}\.history$/.test(name)) await this.#file(path.join('pg_wal', name));
    }
  }

  async #own(target: string): Promise<void> {
    const { uid, gid } = this.#account;
    if (uid !== undefined && gid !== undefined) await chown(target, uid, gid);
  }
}

/** What a copy of the data folder will take, its log aside. */
export async function copiedBytes(data: string, folder = ''): Promise<number> {
  if (emptied.has(folder)) return 0;
  let bytes = 0;
  const entries = await readdir(path.join(data, folder), { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (leftOut.test(entry.name)) continue;
    const name = path.join(folder, entry.name);
    if (entry.isDirectory()) bytes += await copiedBytes(data, name);
    else bytes += (await lstat(path.join(data, name)).catch(() => ({ size: 0 }))).size;
  }
  return bytes;
}
