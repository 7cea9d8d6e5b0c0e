/** The build's part of the service worker: its own name without a hash, and the list of what it keeps. */
import { createHash } from 'node:crypto';
import path from 'node:path';
import type { Plugin } from 'vite';

/** Pages that say something without a connection. The rest of the build is kept once it has been used. */
const pages = new Set(['TripsPage', 'TripPage', 'SavedPage', 'MePage'].map((name) => `pages/${name}.tsx`));
/** Whatever these chunks load later as well. */
const later = /^(words\/hi\/|components\/)/;
const FILE = 'sw.js';

interface Chunk {
  readonly type: 'chunk';
  readonly facadeModuleId: string | null;
  readonly isEntry: boolean;
  readonly imports: readonly string[];
  readonly dynamicImports: readonly string[];
  code: string;
}
type Bundle = Readonly<
  Record<string, Chunk | { readonly type: 'asset'; readonly source: string | Uint8Array }>
>;

/** Names of the files to keep, from a bundle whose modules lie under `root`. */
export function filesToKeep(bundle: Bundle, root: string): string[] {
  const nameOf = ({ facadeModuleId }: Chunk): string =>
    facadeModuleId === null ? '' : path.relative(root, facadeModuleId).split(path.sep).join('/');
  const found = new Set<string>();
  const add = (file: string): void => {
    const chunk = bundle[file];
    if (chunk?.type !== 'chunk' || found.has(file)) return;
    found.add(file);
    chunk.imports.forEach(add);
    for (const one of chunk.dynamicImports) {
      const loaded = bundle[one];
      if (loaded?.type === 'chunk' && later.test(nameOf(loaded))) add(one);
    }
  };
  for (const [file, chunk] of Object.entries(bundle))
    if (file !== FILE && chunk.type === 'chunk' && (chunk.isEntry || pages.has(nameOf(chunk)))) add(file);
  const styles = Object.keys(bundle).filter((file) => file.endsWith('.css'));
  return [...found, ...styles].toSorted().map((file) => `/${file}`);
}

export const serviceWorker: Plugin = {
  name: 'service-worker',
  apply: 'build',
  config: ({ root = process.cwd() }) => ({
    build: {
      rolldownOptions: {
        input: [path.join(root, 'index.html'), path.join(root, 'serviceWorker/worker.ts')],
        output: {
          // Its address is what a browser knows it by, and `/` is what it may answer for.
          entryFileNames: ({ name }) => (name === 'worker' ? FILE : 'assets/[name]-[hash].js'),
        },
      },
    },
  }),
  generateBundle: {
    order: 'post',
    handler(_options, bundle) {
      const worker = bundle[FILE];
      const page = bundle['index.html'];
      if (worker?.type !== 'chunk' || page?.type !== 'asset') return this.error(`no ${FILE} or no page`);
      const files = filesToKeep(bundle, import.meta.dirname.replace(/[/\\]serviceWorker$/, ''));
      const version = createHash('sha256').update(files.join(' ')).update(page.source).digest('hex');
      worker.code = worker.code
        .replace('__FILES__', files.join(' '))
        .replace('__VERSION__', version.slice(0, 16));
      return undefined;
    },
  },
};
