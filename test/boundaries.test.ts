/**
 * The one-way rule of ARCHITECTURE.md:
 *   units → engine → errors → gtfs | database | outbound → features → http, jobs, cli → main
 * Each folder imports only what stands before it. The checker itself is tested with planted violations.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

const root = path.resolve(import.meta.dirname, '..');

/** What each part of the tree may import, besides itself. */
const mayImport: Record<string, readonly string[]> = {
  units: [],
  engine: ['units'],
  errors: [],
  config: ['errors'],
  gtfs: ['units', 'engine', 'errors'],
  database: ['units', 'errors', 'config'],
  outbound: [],
  features: ['units', 'engine', 'errors', 'config', 'gtfs', 'database', 'outbound'],
  http: ['units', 'errors', 'config', 'database', 'features'],
  jobs: ['units', 'errors', 'config', 'database', 'features'],
  cli: ['units', 'engine', 'errors', 'config', 'gtfs', 'database', 'features', 'http', 'jobs'],
  library: ['units', 'errors', 'database', 'features'],
  application: ['errors', 'database', 'features', 'units'],
  main: ['application', 'errors', 'config', 'cli', 'http', 'jobs', 'features', 'database', 'units'],
};

/** npm packages that only some files may know. */
const packageOwners: { pattern: RegExp; owners: RegExp }[] = [
  { pattern: /^(@prisma\/|prisma\/)/, owners: /^src\/(database\/|features\/[^/]+\/store(\.test)?\.ts$)/ },
  { pattern: /^@hono\/zod-openapi$/, owners: /^src\/(http\/|features\/[^/]+\/(routes|contract)\.ts$)/ },
  { pattern: /^(hono(\/|$)|@hono\/)/, owners: /^src\/(http\/|features\/[^/]+\/routes\.ts$)/ },
];

interface SourceFile {
  /** Relative to the repository, with forward slashes. */
  readonly file: string;
  readonly text: string;
}

const importPattern =
  /(?:^|\n)\s*(?:import|export)\s+(?:type\s+)?(?:[^'"();]*?\sfrom\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g;

const importsOf = (text: string): string[] =>
  Array.from(text.matchAll(importPattern), (match) => match[1] ?? match[2] ?? '');

const partOf = (file: string): string => (file.split('/')[1] ?? '').replace(/\.ts$/, '');

function relativeFault(file: string, target: string): string | undefined {
  const from = partOf(file);
  const to = partOf(target);
  if (from !== to && !(mayImport[from] ?? []).includes(to)) return `${from} may not import ${to}`;
  if (to === 'features') {
    const slice = target.split('/')[2];
    const own = from === 'features' && file.split('/')[2] === slice;
    const door = /^src\/features\/[^/]+\/(index|contract|routes)\.ts$/.test(target);
    if (!own && !door) return `a slice is entered only by its index.ts, contract.ts or routes.ts`;
    if (target.endsWith('/routes.ts') && from !== 'http' && !own) return `only http mounts routes.ts`;
  }
  return undefined;
}

function packageFault(file: string, specifier: string): string | undefined {
  if (partOf(file) === 'units') return `units imports nothing`;
  if (partOf(file) === 'engine') return `the engine imports no package and does no I/O`;
  const rule = packageOwners.find(({ pattern }) => pattern.test(specifier));
  return rule && !rule.owners.test(file) ? `${specifier} is not known here` : undefined;
}

function webFault(file: string, target: string): string | undefined {
  if (target.startsWith('web/') || target.startsWith('src/units/')) return undefined;
  if (/^src\/features\/[^/]+\/contract\.ts$/.test(target)) return undefined;
  return `web imports only contracts and units`;
}

/** One line per violation: `file → specifier: reason`. */
function violations(files: readonly SourceFile[]): string[] {
  const found: string[] = [];
  for (const { file, text } of files) {
    if (/\.test\.tsx?$/.test(file)) continue;
    for (const specifier of importsOf(text)) {
      const target = specifier.startsWith('.')
        ? path.posix.join(path.posix.dirname(file), specifier)
        : undefined;
      let fault: string | undefined;
      if (file.startsWith('web/')) fault = target === undefined ? undefined : webFault(file, target);
      else if (target === undefined) fault = packageFault(file, specifier);
      else fault = relativeFault(file, target);
      if (fault) found.push(`${file} → ${specifier}: ${fault}`);
    }
  }
  return [...found, ...sliceCycles(files)];
}

/** Cycles between slices, each named once by its path. */
function sliceCycles(files: readonly SourceFile[]): string[] {
  const edges = new Map<string, Set<string>>();
  for (const { file, text } of files) {
    if (!file.startsWith('src/features/') || file.endsWith('.test.ts')) continue;
    const slice = file.split('/')[2]!;
    for (const specifier of importsOf(text)) {
      if (!specifier.startsWith('.')) continue;
      const target = path.posix.join(path.posix.dirname(file), specifier);
      const other = target.startsWith('src/features/') ? target.split('/')[2]! : slice;
      // A contract is only a shape; two slices may know each other's shapes.
      if (other !== slice && !target.endsWith('/contract.ts'))
        edges.set(slice, (edges.get(slice) ?? new Set()).add(other));
    }
  }
  const cycles: string[] = [];
  const visit = (slice: string, trail: readonly string[]): void => {
    const at = trail.indexOf(slice);
    if (at === 0) cycles.push(`features: cycle ${[...trail, slice].join(' → ')}`);
    if (at >= 0) return;
    for (const next of edges.get(slice) ?? []) visit(next, [...trail, slice]);
  };
  for (const slice of edges.keys()) visit(slice, []);
  return cycles;
}

function readSources(folder: string): SourceFile[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll(path.sep, '/')}`)
    .filter((file) => /\.tsx?$/.test(file) && !/\/(generated|dist|node_modules)\//.test(file))
    .map((file) => ({ file, text: readFileSync(path.join(root, file), 'utf8') }));
}

test('the tree keeps the one-way rule', () => {
  const files = [...readSources('src'), ...readSources('web')];
  assert.ok(
    files.length > 20,
    `only ${files.length} source files found: the checker looks in the wrong place`,
  );
  assert.deepEqual(violations(files), []);
});

const planted: { name: string; file: string; text: string; reason: RegExp }[] = [
  {
    name: 'units importing anything',
    file: 'src/units/time.ts',
    text: `import fs from 'node:fs';`,
    reason: /units imports nothing/,
  },
  {
    name: 'the engine importing a package',
    file: 'src/engine/routing/router.ts',
    text: `import { z } from 'zod';`,
    reason: /no package/,
  },
  {
    name: 'the engine importing GTFS',
    file: 'src/engine/timetable/compile.ts',
    text: `import type { Feed } from '../../gtfs/feed.ts';`,
    reason: /engine may not import gtfs/,
  },
  {
    name: 'GTFS importing the database',
    file: 'src/gtfs/read.ts',
    text: `export * from '../database/connect.ts';`,
    reason: /gtfs may not import database/,
  },
  {
    name: 'the database importing a slice',
    file: 'src/database/seed.ts',
    text: `await import('../features/trips/index.ts');`,
    reason: /database may not import features/,
  },
  {
    name: 'a slice importing HTTP',
    file: 'src/features/trips/createTrip.ts',
    text: `import { server } from '../../http/server.ts';`,
    reason: /features may not import http/,
  },
  {
    name: 'a slice reaching into another',
    file: 'src/features/trips/createTrip.ts',
    text: `import { rows } from '../places/store.ts';`,
    reason: /entered only by/,
  },
  {
    name: 'the command line reaching into a slice',
    file: 'src/cli/search.ts',
    text: `import { rows } from '../features/places/store.ts';`,
    reason: /entered only by/,
  },
  {
    name: 'Prisma outside a store',
    file: 'src/features/trips/createTrip.ts',
    text: `import { PrismaPg } from '@prisma/adapter-pg';`,
    reason: /not known here/,
  },
  {
    name: 'Hono in a use case',
    file: 'src/features/trips/createTrip.ts',
    text: `import { Hono } from 'hono';`,
    reason: /not known here/,
  },
  {
    name: 'main.ts reaching into the engine',
    file: 'src/main.ts',
    text: `import { Router } from './engine/routing/router.ts';`,
    reason: /main may not import engine/,
  },
  {
    name: 'the page importing the server',
    file: 'web/pages/Search.tsx',
    text: `import { AppError } from '../../src/errors.ts';`,
    reason: /web imports only/,
  },
];
for (const { name, file, text, reason } of planted)
  test(`planted: ${name} is seen`, () => {
    const found = violations([{ file, text }]);
    assert.equal(found.length, 1, found.join('\n'));
    assert.match(found[0]!, reason);
  });

test('planted: a cycle between slices is seen', () => {
  const found = violations([
    { file: 'src/features/a/index.ts', text: `import { b } from '../b/index.ts';` },
    { file: 'src/features/b/index.ts', text: `import { a } from '../a/index.ts';` },
  ]);
  assert.ok(
    found.some((line) => line.includes('cycle a → b → a')),
    found.join('\n'),
  );
});

test('what is allowed is not reported', () => {
  assert.deepEqual(
    violations([
      { file: 'src/features/trips/store.ts', text: `import type { Prisma } from '@prisma/client';` },
      { file: 'src/features/trips/routes.ts', text: `import { OpenAPIHono } from '@hono/zod-openapi';` },
      { file: 'src/features/trips/index.ts', text: `export { createTrip } from './createTrip.ts';` },
      {
        file: 'web/pages/Search.tsx',
        text: `import type { Route } from '../../src/features/journeys/contract.ts';`,
      },
    ]),
    [],
  );
});
