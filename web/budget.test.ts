/** The budgets of the page, on the built files. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

const dist = path.resolve(import.meta.dirname, 'dist');
/** Bytes, gzip. The search route is everything from the empty form to an option in detail, in English. */
const limits = { html: 25_000, css: 15_000, start: 112_000, searchRoute: 130_000 } as const;
/** What is loaded only when it is asked for, beyond what is there already. */
const asked: Readonly<Record<string, number>> = {
  'pages/search/Calendar.tsx': 4_000,
  'pages/search/Travellers.tsx': 6_000,
  'pages/details/RouteMap.tsx': 40_000,
};
/** Any other page, its own parts included. */
const PAGE_LIMIT = 40_000;
const LANGUAGE_LIMIT = 25_000;
/** Read in the background after the first visit. */
const KEPT_LIMIT = 220_000;

const ENTRY = 'index.html';
const route = ['pages/results/Answer.tsx', 'pages/details/Details.tsx'] as const;

interface Chunk {
  readonly file: string;
  readonly css?: readonly string[];
  /** Loaded with it. */
  readonly imports?: readonly string[];
  /** Loaded later. */
  readonly dynamicImports?: readonly string[];
}
type Manifest = Readonly<Record<string, Chunk>>;
type SizeOf = (file: string) => number;

/** The chunk and all that is loaded with it. */
function withImports(manifest: Manifest, names: readonly string[]): Set<string> {
  const found = new Set<string>();
  const add = (name: string): void => {
    if (found.has(name)) return;
    found.add(name);
    for (const one of manifest[name]?.imports ?? []) add(one);
  };
  names.forEach(add);
  return found;
}

/** One line for each budget that is not kept. */
function over(manifest: Manifest, sizeOf: SizeOf): string[] {
  const sum = (names: Iterable<string>): number =>
    [...names].reduce((all, name) => all + sizeOf(manifest[name]!.file), 0);
  const start = withImports(manifest, [ENTRY]);
  const whole = withImports(manifest, [ENTRY, ...route]);
  const beyond = (name: string): number =>
    sum([...withImports(manifest, [name])].filter((one) => !whole.has(one)));
  const css = new Set(Object.values(manifest).flatMap((chunk) => chunk.css ?? []));
  const lines: [name: string, size: number, limit: number][] = [
    ['html', sizeOf('index.html'), limits.html],
    ['css', [...css].reduce((all, file) => all + sizeOf(file), 0), limits.css],
    ['start', sum(start), limits.start],
    ['search route', sum(whole), limits.searchRoute],
    ...Object.keys(manifest)
      .filter((name) => name !== ENTRY && !whole.has(name) && name.startsWith('pages/'))
      .map((name): [string, number, number] => [name, beyond(name), asked[name] ?? PAGE_LIMIT]),
    ['Hindi', sum(Object.keys(manifest).filter((name) => name.startsWith('words/hi/'))), LANGUAGE_LIMIT],
  ];
  return lines
    .filter(([, size, limit]) => size > limit)
    .map(([name, size, limit]) => `${name}: ${size} > ${limit}`);
}

const gzipped = new Map<string, number>();
const builtSize: SizeOf = (file) => {
  const known = gzipped.get(file);
  if (known !== undefined) return known;
  const size = gzipSync(readFileSync(path.join(dist, file)), { level: 9 }).length;
  gzipped.set(file, size);
  return size;
};

test('the page keeps its budgets', (context) => {
  const file = path.join(dist, '.vite/manifest.json');
  assert.ok(existsSync(file), 'the page is not built: npm run build:web');
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  for (const name of [ENTRY, ...route, ...Object.keys(asked)])
    assert.ok(manifest[name], `${name} is a chunk of the page`);
  const total = (names: readonly string[]): number =>
    [...withImports(manifest, names)].reduce((all, name) => all + builtSize(manifest[name]!.file), 0);
  context.diagnostic(`start ${total([ENTRY])}, search route ${total([ENTRY, ...route])} bytes gzip`);
  assert.deepEqual(over(manifest, builtSize), []);
});

test('what is kept for when there is no connection is small, and nothing of it is missing', (context) => {
  const worker = readFileSync(path.join(dist, 'sw.js'), 'utf8');
  const files = worker.match(/\/assets\/[\w.-]+/g) ?? [];
  const size = files.reduce((all, file) => all + builtSize(file.slice(1)), 0);
  context.diagnostic(`${files.length} files, ${size} bytes gzip`);
  assert.ok(files.length > 10 && size <= KEPT_LIMIT, `${size} > ${KEPT_LIMIT}`);
  assert.doesNotMatch(worker, /__[A-Z]+__/, 'files and version are put in');
});

test('nothing is inline: the policy of the page forbids it', () => {
  const html = readFileSync(path.join(dist, 'index.html'), 'utf8');
  assert.doesNotMatch(html, /<script(?![^>]* src=)|<style|\sstyle=|\son\w+=/);
});

test('the budget check sees planted faults', () => {
  const manifest: Manifest = {
    [ENTRY]: { file: 'a.js', css: ['a.css'], imports: ['_shared.js'], dynamicImports: [...route] },
    '_shared.js': { file: 's.js' },
    [route[0]]: { file: 'b.js', imports: ['_shared.js', '_more.js'] },
    '_more.js': { file: 'm.js' },
    [route[1]]: { file: 'c.js' },
    'pages/details/RouteMap.tsx': { file: 'map.js', imports: [ENTRY] },
  };
  const sizes: Record<string, number> = {
    'a.js': 60_000,
    's.js': 40_000,
    'm.js': 10_000,
    'b.js': 9_000,
    'c.js': 9_000,
    'map.js': 30_000,
    'a.css': 1,
    'index.html': 1,
  };
  const found = (part: Record<string, number>): string[] =>
    over(manifest, (file) => ({ ...sizes, ...part })[file]!);
  assert.deepEqual(found({}), []);
  assert.deepEqual(found({ 'm.js': 20_000 }), ['search route: 138000 > 130000']);
  assert.deepEqual(found({ 's.js': 55_000 }), ['start: 115000 > 112000', 'search route: 143000 > 130000']);
  assert.deepEqual(found({ 'map.js': 50_000, 'a.css': 15_001 }), [
    'css: 15001 > 15000',
    'pages/details/RouteMap.tsx: 50000 > 40000',
  ]);
});
