import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import test, { after, suite } from 'node:test';
import pg from 'pg';
import { bareDatabase } from '../../test/support/database.ts';
import { startDebian15, withoutDebian15 } from '../../test/support/debianServer.ts';
import { AppError } from '../errors.ts';
import { connect } from './connect.ts';
import { migrate, migrationStatus, reset } from './migrate.ts';
import { readMigrations } from './schema/engine.ts';
import { seed } from './seed.ts';
import { withRole } from './url.ts';

const names = (await readMigrations()).migrationDirectories.map((directory) => directory.path);
const root = path.resolve(import.meta.dirname, '../..');

async function query(url: string, sql: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(sql);
  } finally {
    await client.end();
  }
}

const runSeed = (env: NodeJS.ProcessEnv) =>
  spawnSync(process.execPath, ['prisma/seed.ts'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });

suite('migrate', () => {
  const open: (() => Promise<void>)[] = [];
  const empty = async () => {
    const database = await bareDatabase('template0');
    open.push(() => database.drop());
    return database.ownerUrl;
  };
  after(async () => {
    for (const drop of open) await drop();
  });

  test('an empty database: all pending, then all applied, with progress; then nothing to do', async () => {
    const url = await empty();
    const before = await migrationStatus(url);
    assert.deepEqual([before.pending, before.applied, before.upToDate], [names, [], false]);
    const progress: string[] = [];
    assert.deepEqual(
      await migrate(url, ({ name, done, total }) => progress.push(`${done}/${total} ${name}`)),
      names,
    );
    assert.deepEqual(
      progress,
      [...names, ''].map((name, i) => `${i}/${names.length} ${name}`),
    );
    const now = await migrationStatus(url);
    assert.deepEqual([now.pending, now.applied, now.upToDate], [[], names, true]);
    assert.deepEqual(await migrate(url), []);
  });

  test('the history is the one that `prisma migrate deploy` keeps', async () => {
    const url = await empty();
    await migrate(url);
    const { rows } = await query(url, 'SELECT * FROM _prisma_migrations ORDER BY started_at');
    assert.deepEqual(Object.keys(rows[0] as object).toSorted(), [
      'applied_steps_count',
      'checksum',
      'finished_at',
      'id',
      'logs',
      'migration_name',
      'rolled_back_at',
      'started_at',
    ]);
    assert.deepEqual(
      rows.map((row) => [row.migration_name, row.applied_steps_count, row.rolled_back_at, row.logs]),
      names.map((name) => [name, 1, null, null]),
    );
    assert.match(rows[0].checksum, /^[0-9a-f]{64}$/);
  });

  test('four at once take turns', async () => {
    const url = await empty();
    const applied = await Promise.all([1, 2, 3, 4].map(() => migrate(url)));
    assert.deepEqual(applied.flat(), names);
    assert.equal((await migrationStatus(url)).upToDate, true);
  });

  test('a migration that was killed half-way is repeated', async () => {
    const url = await empty();
    await migrate(url);
    // As a kill -9 leaves it: the row is written before the script and finished after it; the script is rolled back.
    await query(
      url,
      `DROP SCHEMA archive CASCADE; DROP SCHEMA part CASCADE; DROP SCHEMA hold CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public;
      CREATE TABLE _prisma_migrations (id varchar(36) PRIMARY KEY NOT NULL, checksum varchar(64) NOT NULL, finished_at timestamptz,
        migration_name varchar(255) NOT NULL, logs text, rolled_back_at timestamptz, started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count int NOT NULL DEFAULT 0);
      INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('1', repeat('0', 64), '${names[0]}')`,
    );
    assert.deepEqual((await migrationStatus(url)).failed, [names[0]]);
    assert.deepEqual(await migrate(url), names);
    assert.equal((await migrationStatus(url)).upToDate, true);
  });

  test('an edited file, an unknown migration and a foreign database are refused with advice', async () => {
    const url = await empty();
    await migrate(url);
    await query(
      url,
      `UPDATE _prisma_migrations SET checksum = repeat('0', 64) WHERE migration_name = '${names[1]}'`,
    );
    assert.deepEqual((await migrationStatus(url)).edited, [names[1]]);
    await assert.rejects(migrate(url), /changed after they had been applied: .*hardening/);
    const newer = await empty();
    await migrate(newer);
    await query(
      newer,
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at)
       VALUES ('later', repeat('0', 64), '29990101000000_later', now(), now())`,
    );
    assert.deepEqual(await migrate(newer), [], 'a newer version has added something: this one goes on');
    await query(newer, `COMMENT ON SCHEMA public IS 'RouteStitch 999.0.0 or newer'`);
    await assert.rejects(migrate(newer), /changed by a newer version .*\(29990101000000_later\)/);
    await query(newer, `COMMENT ON SCHEMA public IS 'RouteStitch 0.0.9 or newer'`);
    assert.deepEqual(await migrate(newer), []);
    const foreign = await empty();
    await query(foreign, 'CREATE TABLE somebody_elses ()');
    await assert.rejects(migrate(foreign), /give RouteStitch an empty database/);
    assert.equal((await query(foreign, 'SELECT FROM somebody_elses')).rowCount, 0);
  });

  test('reset empties and migrates afresh; seeding twice is seeding once', async () => {
    const url = await empty();
    await migrate(url);
    const first = await seed(url);
    assert.deepEqual(await seed(url), first);
    const counts =
      'SELECT (SELECT count(*)::int FROM users) AS users, (SELECT count(*)::int FROM trips) AS trips';
    assert.deepEqual((await query(url, counts)).rows, [{ users: 2, trips: 1 }]);
    await reset(url);
    assert.deepEqual((await query(url, counts)).rows, [{ users: 0, trips: 0 }]);
    assert.equal((await migrationStatus(url)).upToDate, true);
  });

  test('`prisma db seed` seeds what DATABASE_URL names, and says what is missing', async () => {
    const url = await empty();
    await migrate(url);
    const done = runSeed({ DATABASE_URL: url });
    assert.equal(done.status, 0, done.stderr);
    const { rows } = await query(
      url,
      `SELECT u.email, t.time, t.status FROM users u LEFT JOIN trips t ON t.user_id = u.id ORDER BY 1`,
    );
    assert.deepEqual(rows, [
      { email: 'pro@test.com', time: null, status: null },
      { email: 'student@test.com', time: '08:00', status: 'PLANNED' },
    ]);
    const missing = runSeed({ DATABASE_URL: '' });
    assert.equal(missing.status, 1);
    assert.match(missing.stderr, /Set DATABASE_URL/);
  });
});

suite('roles on a server whose owner is no superuser (PostgreSQL 15)', { skip: withoutDebian15 }, () => {
  test('without CREATEROLE the advice works; with it nothing is needed', async (t) => {
    const server = await startDebian15();
    t.after(() => server.stop());
    await query(server.superuserUrl, 'ALTER ROLE owner NOCREATEROLE');
    const refusal = await migrate(server.ownerUrl).then(
      () => assert.fail('not refused'),
      (error: unknown) => error as AppError,
    );
    assert.ok(refusal instanceof AppError, String(refusal));
    assert.match(refusal.message, /owner may not create roles\. Let an administrator run once/);
    assert.doesNotMatch(refusal.message, /of-the-owner/);
    const advice = refusal.message.split('\n').filter((line) => line.startsWith('CREATE ROLE'));
    assert.equal(advice.length, 3);
    await query(server.superuserUrl, advice.join('\n'));
    assert.deepEqual(
      await migrate(server.ownerUrl),
      names.slice(names.indexOf('20261101000200_rls')),
      'goes on where it stopped',
    );
    await seed(server.ownerUrl);
    const app = await connect({ ownerUrl: server.ownerUrl, role: 'rs_app' });
    assert.equal((await app.query({ text: 'SELECT current_user AS who' })).rows[0]?.['who'], 'rs_app');
    assert.equal(await app.prisma.user.count(), 0);
    await app.close();
    // FORCE: not even the owner sees rows that are not its own.
    assert.equal((await query(server.ownerUrl, 'SELECT FROM users')).rowCount, 0);

    await query(server.superuserUrl, 'CREATE DATABASE second OWNER owner');
    const second = new URL(server.ownerUrl);
    second.pathname = '/second';
    await query(
      server.superuserUrl,
      `ALTER ROLE owner CREATEROLE; ALTER ROLE rs_app NOLOGIN; ALTER ROLE rs_service PASSWORD 'lost'`,
    );
    await migrate(second.href);
    await seed(second.href);
    await assert.rejects(query(withRole(server.ownerUrl, 'rs_app', 'guess'), 'SELECT 1'), { code: '28P01' });
  });
});
