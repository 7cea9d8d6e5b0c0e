/** PostgreSQL refuses to run as root: under root it runs as an unprivileged account of this machine. */
import { spawnSync } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { AppError } from '../../errors.ts';

/** Empty = the account of this process. */
export interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

/** In this order; `nobody` exists everywhere. */
const candidates = ['routestitch', 'postgres', 'nobody'];

export const isRoot = (): boolean => process.getuid?.() === 0;

/**
 * The account that runs the server: the owner of `existing` when there is such a folder, else, as root, the first
 * of `routestitch`, `postgres`, `nobody`. Throws `CONFIGURATION` when a normal user meets another's database.
 */
export async function serverAccount(existing: string): Promise<Account> {
  const owner = await stat(existing).catch(() => undefined);
  if (!isRoot()) {
    if (owner && process.getuid && owner.uid !== process.getuid())
      throw new AppError(
        'CONFIGURATION',
        `The database in ${existing} belongs to user id ${owner.uid}: run as that user (or as root), or set DATA_DIR to another folder`,
      );
    return {};
  }
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const lines = (await readFile('/etc/passwd', 'utf8').catch(() => '')).split('\n');
  for (const name of candidates) {
    const fields = lines.find((line) => line.startsWith(`${name}:`))?.split(':');
    if (fields) return { uid: Number(fields[2]), gid: Number(fields[3]) };
  }
  throw new AppError(
    'CONFIGURATION',
    'Running as root, and this machine has no account "postgres" or "nobody" for the database: set DATABASE_URL, or run as a normal user',
  );
}

/** Whether the account can enter the folder (every folder above it included). */
export function canEnter(account: Account, folder: string): boolean {
  if (account.uid === undefined) return true;
  return (
    spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...account, cwd: '/', stdio: 'ignore' })
      .status === 0
  );
}
