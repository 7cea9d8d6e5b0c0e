/** What `npm pack` takes, and that the JavaScript in it works without TypeScript's help. */
import assert from 'node:assert/strict';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { documentedFiles } from './documented.ts';
import { compile, execute, type PackedPackage, packPackage, repository } from './folder.ts';
import { missingTypes } from './types.ts';

const programs = path.join(import.meta.dirname, 'programs');

let packed: PackedPackage;
let db: TestDatabase;
before(async () => {
  [packed, db] = await Promise.all([packPackage(), testDatabase()]);
});
after(async () => {
  await db.drop();
  await packed.remove();
});

test('the package holds the program, its data and its migrations, and nothing else', async () => {
  const { files } = packed;
  for (const needed of [
    'bin/routestitch',
    'dist/main.js',
    'dist/library/index.js',
    'dist/library/index.d.ts',
    'dist/database/generated/client.js',
    'dist/features/journeys/searchWorker.js',
    'dist/features/networks/importProcess.js',
    'dist/features/networks/memoryWatch.js',
    'dist/cli/batchWorker.js',
    'data/gazetteer/cities.csv',
    'prisma/schema.prisma',
    'prisma/migrations/migration_lock.toml',
    'openapi.json',
  ])
    assert.ok(files.includes(needed), `${needed} is missing`);
  const allowed =
    /^(bin|dist|data|web\/dist)\/|^prisma\/(schema\.prisma|migrations\/)|^(package\.json|openapi\.json|LICENSE|README\.md)$/;
  assert.deepEqual(
    files.filter((file) => !allowed.test(file)),
    [],
  );
  assert.deepEqual(
    files.filter((file) => /\.test\./.test(file)),
    [],
  );
  assert.deepEqual(
    files.filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts')),
    [],
  );
});

test('the types are whole', async () => {
  const { files, folder } = packed;
  const read = (file: string): Promise<string> => readFile(path.join(folder, file), 'utf8');
  const entry = 'dist/library/index.d.ts';
  assert.deepEqual(await missingTypes(entry, files, read), []);
  // Planted: `files` in package.json forgets one, and the entry itself.
  const [one, other] = ['dist/library/types.d.ts', 'dist/features/places/contract.d.ts'];
  const without = await missingTypes(
    entry,
    files.filter((file) => file !== other),
    read,
  );
  assert.ok(without.includes(`${one} → ${other}`), without.join('\n'));
  assert.deepEqual(await missingTypes(entry, [], read), [entry]);
});

const program = (name: string): Promise<string> =>
  execute(process.execPath, [name], { cwd: packed.app, env: { ...process.env, DATABASE_URL: db.ownerUrl } });

test('a plain script keeps a trip, and another user does not see it', async () => {
  await copyFile(path.join(programs, 'script.mjs'), path.join(packed.app, 'script.mjs'));
  await program('script.mjs');
});

test('a typed program compiles strictly and runs', async () => {
  await copyFile(path.join(programs, 'typed.ts'), path.join(packed.app, 'typed.ts'));
  const compilerOptions = {
    target: 'es2024',
    module: 'nodenext',
    strict: true,
    skipLibCheck: false,
    types: ['node'],
    typeRoots: [path.join(repository, 'node_modules', '@types')],
  };
  await writeFile(
    path.join(packed.app, 'tsconfig.json'),
    JSON.stringify({ compilerOptions, files: ['typed.ts'] }),
  );
  await compile(packed.app);
  assert.deepEqual(JSON.parse(await program('typed.js')), {
    booked: true,
    trips: 1,
    nextCursor: null,
    owners: [{ userId: 'chitra' }],
    code: 'NOT_FOUND',
    allowed: true,
  });
});

test('what docs/embedding.md shows runs, and compiles strictly', async () => {
  const { 'trip.mjs': script, 'next.config.ts': _, ...shown } = await documentedFiles('docs/embedding.md');
  await writeFile(path.join(packed.app, 'trip.mjs'), script!);
  assert.equal(await program('trip.mjs'), "[ '2027-01-15 PARTIALLY_BOOKED' ]\n");
  assert.deepEqual(Object.keys(shown), [
    'app/routestitch.ts',
    'app/trips/route.ts',
    'app/trips/[id]/legs/[leg]/route.ts',
    'app/legs.ts',
  ]);
  const compilerOptions = {
    target: 'es2024',
    // As Next.js resolves; its own part of the check is `npm run assurance -- package`.
    module: 'esnext',
    moduleResolution: 'bundler',
    lib: ['es2024', 'dom'],
    strict: true,
    noEmit: true,
    types: ['node'],
    typeRoots: [path.join(repository, 'node_modules', '@types')],
  };
  for (const [name, text] of Object.entries(shown)) {
    const file = path.join(packed.app, 'shown', name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  await writeFile(
    path.join(packed.app, 'shown', 'tsconfig.json'),
    JSON.stringify({ compilerOptions, include: ['app'] }),
  );
  await compile(path.join(packed.app, 'shown'));
});

test('two instances of the module share one connection; wrong use is told', async () => {
  const door = pathToFileURL(path.join(packed.folder, 'dist', 'library', 'index.js')).href;
  const first = (await import(door)) as typeof import('../../src/library/index.ts');
  const second = await import('../../src/library/index.ts');
  assert.notEqual(first.connect, second.connect);
  const refused = (code: string, message: RegExp) => (error: unknown) => {
    assert.equal((error as { code: string }).code, code);
    assert.match((error as Error).message, message);
    return true;
  };
  await assert.rejects(first.getUserTrips('u1'), refused('CONFIGURATION', /await connect/));
  await assert.rejects(first.connect({ databaseUrl: 'mysql://x' }), refused('CONFIGURATION', /postgresql:/));
  await assert.rejects(
    first.connect({ databaseUrl: 'postgresql://u:secret@127.0.0.1:1/x' }),
    (error: Error) => /ECONNREFUSED/.test(error.message) && !error.message.includes('secret'),
  );
  await Promise.all([
    first.connect({ databaseUrl: db.ownerUrl }),
    second.connect({ databaseUrl: db.ownerUrl }),
  ]);
  try {
    await first.ensureUser({ id: 'u1', email: 'u1@example.org' });
    // The user is known to the instance that connected: the other's `asUser` must go through it.
    for (const instance of [first, second]) {
      const rows = await instance.asUser('u1', ({ prisma }) => prisma.user.findMany());
      assert.deepEqual(
        rows.map(({ id }) => id),
        ['u1'],
      );
      await assert.rejects(instance.getTrip('u1', 'x'), refused('INVALID_REQUEST', /./));
      await assert.rejects(instance.getUserTrips(''), refused('INVALID_REQUEST', /empty/));
    }
    await assert.rejects(
      second.connect({ databaseUrl: `${db.ownerUrl}?connection_limit=3` }),
      refused('CONFLICT', /close\(\)/),
    );
    await assert.rejects(
      second.ensureUser({ id: 'u2', email: 'U1@example.org' }),
      refused('CONFLICT', /address/),
    );
  } finally {
    await second.close();
  }
  await assert.rejects(first.getUserTrips('u1'), refused('CONFIGURATION', /await connect/));
  await first.close();
});

test('the packed command line finds its data, its migrations and its version', async () => {
  const main = path.join(packed.folder, 'dist', 'main.js');
  const { version } = (
    (await import(pathToFileURL(path.join(repository, 'package.json')).href, {
      with: { type: 'json' },
    })) as { default: { version: string } }
  ).default;
  assert.equal(
    (await execute(process.execPath, [main, '--version'], { cwd: packed.folder })).trim(),
    version,
  );
  const answer = await execute(
    process.execPath,
    [main, 'search', '--from', 'Noida', '--to', 'Bangalore', '--json'],
    {
      cwd: packed.folder,
      env: { ...process.env, DATABASE_URL: db.ownerUrl },
    },
  );
  assert.ok((JSON.parse(answer) as { routes: unknown[] }).routes.length > 0);
});
