import assert from 'node:assert/strict';
import test, { after, before, suite } from 'node:test';
import { testDatabase } from '../../test/support/database.ts';
import type { TestDatabase } from '../../test/support/database.ts';
import { asUser } from './asUser.ts';
import { connect } from './connect.ts';
import { toAppError } from './sqlstate.ts';
import { readConnection, withoutPassword } from './url.ts';

/** Names of the statements that a connection keeps after three uses of one. */
async function prepared(ownerUrl: string): Promise<string[]> {
  const app = await connect({ ownerUrl, role: 'rs_app', max: 1 });
  for (let i = 0; i < 3; i++)
    await asUser('u', () => app.query({ name: 'mine', text: 'SELECT $1::int', values: [i] }));
  const { rows } = await app.query<{ name: string }>({
    text: 'SELECT name FROM pg_prepared_statements ORDER BY 1',
  });
  await app.close();
  return rows.map((row) => row.name);
}

suite('connect', () => {
  let db: TestDatabase;
  before(async () => {
    db = await testDatabase();
  });
  after(() => db.drop());

  test('connection_limit and pool_timeout of the URL hold', async () => {
    const ownerUrl = `${db.ownerUrl}?connection_limit=2&pool_timeout=1`;
    const app = await connect({ ownerUrl, role: 'rs_app' });
    const sleeps = Array.from({ length: 4 }, () => app.query({ text: 'SELECT pg_sleep(0.3)' }));
    assert.equal(app.pool.totalCount, 2);
    await Promise.all(sleeps);
    const [one, two] = await Promise.all([app.pool.connect(), app.pool.connect()]);
    const started = performance.now();
    const late = await app.query({ text: 'SELECT 1' }).catch(toAppError);
    assert.equal((late as { code: string }).code, 'UNAVAILABLE');
    const waited = performance.now() - started;
    assert.ok(waited > 900 && waited < 3000, `${waited} ms`);
    one.release();
    two.release();
    await app.close();
  });

  test('by default ten connections; timeouts are set', async () => {
    const { app } = db;
    await Promise.all(Array.from({ length: 30 }, () => app.query({ text: 'SELECT pg_sleep(0.05)' })));
    assert.equal(app.pool.totalCount, 10);
    const { rows } = await app.query({
      text: `SELECT name, setting::int AS ms FROM pg_settings WHERE name IN ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout') ORDER BY 1`,
    });
    assert.deepEqual(rows, [
      { name: 'idle_in_transaction_session_timeout', ms: 10_000 },
      { name: 'lock_timeout', ms: 5000 },
      { name: 'statement_timeout', ms: 15_000 },
    ]);
  });

  test('a statement beyond its time is ended and said so', async () => {
    const app = await connect({ ownerUrl: db.ownerUrl, role: 'rs_app', statementTimeoutMs: 100 });
    const error = await asUser('u', () => app.query({ text: 'SELECT pg_sleep(5)' })).catch(toAppError);
    assert.equal((error as { code: string }).code, 'UNAVAILABLE');
    assert.equal(
      (await app.query({ text: 'SELECT 1 AS one' })).rows[0]?.['one'],
      1,
      'the connection is good again',
    );
    await app.close();
  });

  test('values come as JavaScript means them', async () => {
    const { rows } = await db.app.query({
      text: `SELECT count(*) AS count, 9007199254740991::bigint AS large, '2026-12-01'::date AS date,
             '2026-12-01T00:00:00+05:30'::timestamptz AS at, '{"a": [1]}'::jsonb AS json, '\\x00ff'::bytea AS bytes, 1.50::numeric AS exact
             FROM networks`,
    });
    assert.deepEqual(rows, [
      {
        count: 0,
        large: Number.MAX_SAFE_INTEGER,
        date: '2026-12-01',
        at: new Date('2026-11-30T18:30:00Z'),
        json: { a: [1] },
        bytes: Buffer.from([0, 255]),
        exact: '1.50',
      },
    ]);
    await assert.rejects(db.app.query({ text: 'SELECT 9007199254740993' }), /too large a number/);
  });

  test('named statements are prepared once, and not at all with prepare=false', async () => {
    assert.deepEqual(await prepared(db.ownerUrl), ['mine', 'rs_set_user']);
    assert.deepEqual(await prepared(`${db.ownerUrl}?prepare=false`), []);
  });

  test('Prisma maps what the schema maps', async () => {
    const made = await db.service.prisma.user.create({
      data: { email: 'p@example.org', profession: 'DEFENSE' },
    });
    const again = await db.service.prisma.user.create({ data: { email: 'p@example.org' } }).catch(toAppError);
    assert.equal((again as { code: string }).code, 'CONFLICT');
    const missing = await db.service.prisma.user
      .update({ where: { id: 'no' }, data: { name: 'x' } })
      .catch(toAppError);
    assert.equal((missing as { code: string }).code, 'NOT_FOUND');
    const { rows } = await db.service.query({
      text: 'SELECT profession FROM users WHERE id = $1',
      values: [made.id],
    });
    assert.deepEqual(rows, [{ profession: 'DEFENSE' }]);
  });
});

test('database URLs are read, and faults in them named without the password', () => {
  const url =
    'postgresql://me:s%40fe@db.example.org:6432/app?connection_limit=20&pool_timeout=10&sslmode=require&schema=public';
  const read = readConnection(url);
  assert.equal(
    read.client.connectionString,
    'postgresql://me:s%40fe@db.example.org:6432/app?sslmode=require',
  );
  assert.deepEqual(
    [read.connectionLimit, read.poolTimeoutMs, read.prepare, read.pooled],
    [20, 10_000, true, false],
  );
  assert.throws(
    () => readConnection('postgresql://x/y?connection_limit=many'),
    /connection_limit must be a whole number, not "many"/,
  );
  assert.throws(() => readConnection('postgresql://x/y?schema=other'), /schema public only/);
  assert.throws(() => readConnection('nonsense'), /DATABASE_URL is not a URL/);
  assert.equal(withoutPassword(url).includes('fe@db'), false);
});
