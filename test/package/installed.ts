/** The tarball of `npm pack`, installed by npm in folders outside the checkout. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, lchown, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execute, npm } from './folder.ts';

/** Who runs a program; nothing: who runs this test. */
export interface As {
  readonly uid?: number;
  readonly gid?: number;
}

/** Somebody without rights, whom only root can be. */
export const nobody: As = { uid: 65_534, gid: 65_534 };

/** Why nothing can be installed here; undefined when npm reaches a registry. */
export async function withoutRegistry(): Promise<string | undefined> {
  try {
    await execute(npm, ['view', 'zod', 'version', '--fetch-retries=0', '--fetch-timeout=15000'], {
      cwd: tmpdir(),
      env: process.env,
    });
    return undefined;
  } catch {
    return 'npm reaches no registry from here';
  }
}

export interface Installed {
  readonly folder: string;
  /** Runs a program there to its end; the first Node on its PATH is `node`'s. */
  run(command: readonly string[], options?: RunOptions): Promise<Ran>;
  remove(): Promise<void>;
}

export interface RunOptions {
  /** Folder with a `node`; default: the machine's own. */
  readonly node?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** For one that runs until it is stopped: called with what it has said so far; true ends it. */
  readonly until?: (said: string) => Promise<boolean>;
}

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

/**
 * A folder of its own with what `npm install` makes of `packages` in it. Installed and run by `as`, without anything of
 * this checkout on the PATH.
 */
export async function install(
  packages: readonly string[],
  options: { readonly scripts: boolean; readonly as?: As; readonly files?: Readonly<Record<string, string>> },
): Promise<Installed> {
  const { as = {}, files = {} } = options;
  const folder = await mkdtemp(path.join(tmpdir(), 'routestitch-installed-'));
  // Under root the database's account must enter it.
  await chmod(folder, 0o755);
  const own = { 'package.json': '{"private":true,"type":"module"}', ...files };
  for (const [name, text] of Object.entries(own)) await writeFile(path.join(folder, name), text);
  if (as.uid !== undefined && as.gid !== undefined)
    for (const name of ['', ...Object.keys(own)]) await lchown(path.join(folder, name), as.uid, as.gid);
  const run: Installed['run'] = (command, given = {}) => runIn(folder, as, command, given);
  const remove = (): Promise<void> =>
    rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  const { code, error } = await run([
    npm,
    'install',
    '--no-audit',
    '--no-fund',
    ...(options.scripts ? [] : ['--ignore-scripts']),
    ...packages,
  ]);
  if (code === 0) return { folder, run, remove };
  await remove();
  throw new Error(`npm install in an empty folder failed: ${error}`);
}

/** PATH without what npm put before it: the machine's own programs. */
const machinePath = (process.env['PATH'] ?? '')
  .split(path.delimiter)
  .filter((folder) => !folder.split(path.sep).includes('node_modules') && !folder.includes('node-gyp-bin'));

/** The machine's own Node. */
export function machineNode(): string {
  const folder = machinePath.find((one) => existsSync(path.join(one, 'node')));
  if (folder === undefined) throw new Error('This machine has no Node of its own on the PATH');
  return folder;
}

/** What npm, Node and this test's run say in the environment, and what configures RouteStitch, is not for others. */
const ownEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) =>
        !/^(npm_(?!config_registry)|NODE_|ROUTESTITCH_|DATABASE_|DATA_DIR|PORT|PUBLIC_URL)/i.test(name),
    ),
  );

async function runIn(
  folder: string,
  as: As,
  [file, ...parameters]: readonly string[],
  { node, env = {}, until }: RunOptions,
): Promise<Ran> {
  const child = spawn(file!, parameters, {
    ...as,
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...ownEnvironment(),
      PATH: [...(node === undefined ? [] : [node]), ...machinePath].join(path.delimiter),
      ...(as.uid === undefined ? {} : { HOME: folder, npm_config_cache: path.join(folder, '.npm') }),
      ...env,
    },
  });
  const said = { out: '', error: '' };
  child.stdout.on('data', (part: Buffer) => (said.out += part.toString()));
  child.stderr.on('data', (part: Buffer) => (said.error += part.toString()));
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (until) {
    try {
      while (child.exitCode === null && !(await until(said.out)))
        await new Promise((resolve) => setTimeout(resolve, 100));
    } finally {
      child.kill('SIGTERM');
    }
  }
  return { code: await ended, ...said };
}

/** Bytes of a folder's files; one under two names counts once. */
export async function sizeOf(folder: string): Promise<number> {
  const files = new Map<number, number>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) {
      const { ino, size } = await stat(path.join(entry.parentPath, entry.name));
      files.set(ino, size);
    }
  return files.values().reduce((sum, size) => sum + size, 0);
}
