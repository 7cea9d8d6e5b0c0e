/** The package as `npm pack` makes it, built in a folder of its own so that the checkout stays as it is. */
import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
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

export const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

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

export interface PackedPackage {
  readonly tarball: string;
  /** Bytes, packed and unpacked. */
  readonly size: number;
  readonly unpackedSize: number;
  /** Paths in the package. */
  readonly files: readonly string[];
  /** Somebody's program, which has the package in its `node_modules`. */
  readonly app: string;
  /** The package there. Its dependencies are the checkout's. */
  readonly folder: string;
  remove(): Promise<void>;
}

/** Builds and packs a copy of the checkout and unpacks it where it would be installed, without npm's help. */
export async function packPackage(): Promise<PackedPackage> {
  const all = await mkdtemp(path.join(tmpdir(), 'routestitch-package-'));
  const remove = () => rm(all, { recursive: true, force: true });
  try {
    await chmod(all, 0o755); // another user may install the tarball
    const source = path.join(all, 'source');
    await build(source);
    const said = await execute(npm, ['pack', '--json', '--ignore-scripts', '--pack-destination', all], {
      cwd: source,
    });
    const [{ filename, size, unpackedSize, files }] = JSON.parse(said) as [Packed];
    const tarball = path.join(all, filename);
    const app = path.join(all, 'app');
    const folder = path.join(app, 'node_modules', 'routestitch');
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(app, 'package.json'), '{"private":true,"type":"module"}');
    await execute('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1'], { cwd: all });
    await symlink(path.join(repository, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
    await rm(source, { recursive: true });
    return { tarball, size, unpackedSize, files: files.map((file) => file.path), app, folder, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

/** A copy of the checkout, built as `npm run build` does. */
async function build(folder: string): Promise<void> {
  for (const name of copied)
    await cp(path.join(repository, name), path.join(folder, name), { recursive: true }).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error;
      },
    );
  await symlink(path.join(repository, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
  await compile(folder, 'tsconfig.build.json');
}

/** Runs the checkout's TypeScript on a project; throws with what it said. */
export const compile = (folder: string, project = 'tsconfig.json'): Promise<string> =>
  execute(
    process.execPath,
    [path.join(repository, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', project],
    { cwd: folder },
  );
