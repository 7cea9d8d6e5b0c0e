/** The package as `npm pack` makes it, built in a folder of its own so that the checkout stays as it is. */
import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

export const repository = path.resolve(import.meta.dirname, '../..');
/** Also what must stay out of the package: that it does is a test's question. */
const copied = [
  'package.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'LICENSE',
  'README.md',
  'openapi.json',
  'bin',
  'src',
  'data',
  'prisma',
  'docs',
  'test',
  'bench',
  'web/dist',
];

const run = promisify(execFile);

/** Runs a program to its end; throws with what it said. */
export async function execute(
  file: string,
  parameters: readonly string[],
  options: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv },
): Promise<string> {
  try {
    const { stdout } = await run(file, [...parameters], { ...options, maxBuffer: 64 * 1024 ** 2 });
    return stdout;
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(
      `${path.basename(file)} ${parameters.join(' ')}\n${stdout ?? ''}\n${stderr ?? String(error)}`,
      {
        cause: error,
      },
    );
  }
}

export interface BuiltPackage {
  readonly folder: string;
  remove(): Promise<void>;
}

/** A copy of the checkout, built. Its dependencies are the checkout's. */
export async function buildPackage(): Promise<BuiltPackage> {
  const folder = await mkdtemp(path.join(tmpdir(), 'routestitch-package-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    for (const name of copied)
      await cp(path.join(repository, name), path.join(folder, name), { recursive: true }).catch(
        (error: NodeJS.ErrnoException) => {
          if (error.code !== 'ENOENT') throw error;
        },
      );
    await symlink(path.join(repository, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
    const tsc = path.join(repository, 'node_modules', 'typescript', 'bin', 'tsc');
    await execute(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: folder });
  } catch (error) {
    await remove();
    throw error;
  }
  return { folder, remove };
}
