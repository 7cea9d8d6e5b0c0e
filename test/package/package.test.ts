/** What `npm pack` takes, and that the JavaScript in it works without TypeScript's help. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { type BuiltPackage, buildPackage, execute, repository } from './folder.ts';

let built: BuiltPackage;
let db: TestDatabase;
before(async () => {
  [built, db] = await Promise.all([buildPackage(), testDatabase()]);
});
after(async () => {
  await db.drop();
  await built.remove();
});

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

test('the package holds the program, its data and its migrations, and nothing else', async () => {
  const said = await execute(npm, ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: built.folder });
  const [packed] = JSON.parse(said) as { files: { path: string }[] }[];
  const files = packed!.files.map((file) => file.path);
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

test('a plain script keeps a trip, and another user does not see it', async () => {
  await execute(process.execPath, [path.join(import.meta.dirname, 'programs', 'script.mjs')], {
    cwd: built.folder,
    env: {
      ...process.env,
      DATABASE_URL: db.ownerUrl,
      ROUTESTITCH_DATA: pathToFileURL(path.join(built.folder, 'dist', 'library', 'index.js')).href,
    },
  });
});

test('two instances of the module share one connection; wrong use is told', async () => {
  const door = pathToFileURL(path.join(built.folder, 'dist', 'library', 'index.js')).href;
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
  const main = path.join(built.folder, 'dist', 'main.js');
  const { version } = (
    (await import(pathToFileURL(path.join(repository, 'package.json')).href, {
      with: { type: 'json' },
    })) as { default: { version: string } }
  ).default;
  assert.equal((await execute(process.execPath, [main, '--version'], { cwd: built.folder })).trim(), version);
  const answer = await execute(
    process.execPath,
    [main, 'search', '--from', 'Noida', '--to', 'Bangalore', '--json'],
    {
      cwd: built.folder,
      env: { ...process.env, DATABASE_URL: db.ownerUrl },
    },
  );
  assert.ok((JSON.parse(answer) as { routes: unknown[] }).routes.length > 0);
});
