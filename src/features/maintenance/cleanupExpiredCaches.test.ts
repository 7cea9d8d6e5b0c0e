import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { cleanupExpiredCaches } from './index.ts';

let db: TestDatabase;
before(async () => {
  db = await testDatabase();
});
after(() => db.drop());

/** `n` rows in each table of which `stale` have expired. */
async function fill(n: number, stale: number): Promise<void> {
  const expiry = `now() + CASE WHEN g <= ${stale} THEN interval '-1 second' ELSE interval '1 hour' END`;
  const rows = `generate_series(1, ${n}) AS g`;
  await db.service.query({
    text: `INSERT INTO users (id, email) SELECT 'u' || g, 'u' || g || '@example.org' FROM ${rows} ON CONFLICT DO NOTHING`,
  });
  for (const text of [
    `INSERT INTO cached_routes (id, cache_key, origin, destination, date, preference, routes, total_results, created_at, expires_at)
     SELECT 'r' || g, 'r' || g, '{}', '{}', '2026-12-01', 'BALANCED', '[]', 0, now() - interval '1 day', ${expiry} FROM ${rows}`,
    `INSERT INTO cached_geocodes (id, address, lat, lng, display_name, created_at, expires_at)
     SELECT 'g' || g, 'place ' || g, 0, 0, 'x', now() - interval '2 days', ${expiry} FROM ${rows}`,
    `INSERT INTO cache_leases SELECT 'l' || g, 'h', ${expiry} FROM ${rows}`,
    `INSERT INTO rate_limits (identifier, window_start)
     SELECT 'i' || g, now() - CASE WHEN g <= ${stale} THEN interval '25 hours' ELSE interval '23 hours' END FROM ${rows}`,
    `INSERT INTO sessions (id, session_token, user_id, expires)
     SELECT 's' || g, lpad(to_hex(g), 64, '0'), 'u' || g, ${expiry} FROM ${rows}`,
    `INSERT INTO verification_tokens SELECT 'u' || g || '@example.org', encode(sha256(g::text::bytea), 'hex'), ${expiry} FROM ${rows}`,
    `INSERT INTO shared_links (id, user_id, kind, token_hash, created_at, expires_at)
     SELECT 'l' || g, 'u' || g, 'CALENDAR', encode(sha256(g::text::bytea), 'hex'), now() - interval '1 day', ${expiry} FROM ${rows}`,
    `INSERT INTO idempotency_keys (user_id, key, request_hash, created_at, expires_at)
     SELECT 'u' || g, 'k' || g, lpad(to_hex(g), 64, '0'), now() - interval '1 day', ${expiry} FROM ${rows}`,
  ])
    await db.service.query({ text });
}

const tables = [
  'cached_routes',
  'cached_geocodes',
  'cache_leases',
  'rate_limits',
  'sessions',
  'verification_tokens',
  'shared_links',
  'idempotency_keys',
];
async function left(): Promise<number[]> {
  const counts = [];
  for (const table of tables) {
    const { rows } = await db.service.query<{ n: number }>({ text: `SELECT count(*) AS n FROM ${table}` });
    counts.push(rows[0]!.n);
  }
  return counts;
}

test('§6.1 what has expired goes, in more than one batch; the rest stays; leases, limits and sign-in too', async () => {
  await fill(4200, 4100);
  assert.deepEqual(await cleanupExpiredCaches(db.service), {
    routes: 4100,
    geocodes: 4100,
    leases: 4100,
    limits: 4100,
    sessions: 4100,
    verificationTokens: 4100,
    sharedLinks: 4100,
    idempotencyKeys: 4100,
  });
  assert.deepEqual(
    await left(),
    tables.map(() => 100),
  );
  const again = await cleanupExpiredCaches(db.service);
  assert.deepEqual([...new Set(Object.values(again))], [0]);
});

test('§6.1 a row in use is passed over, where the document waits for it; two cleanings share the work', async () => {
  for (const table of tables) await db.service.query({ text: `DELETE FROM ${table}` });
  await fill(3000, 3000);
  const user = await db.service.pool.connect();
  try {
    await user.query(`BEGIN; SELECT FROM cached_routes WHERE id = 'r7' FOR UPDATE`);
    const started = performance.now();
    const [one, other] = await Promise.all([
      cleanupExpiredCaches(db.service),
      cleanupExpiredCaches(db.service),
    ]);
    assert.ok(performance.now() - started < 4000);
    assert.equal(one.routes + other.routes, 2999);
    assert.equal(one.sessions + other.sessions, 3000);
    // The document's deleteMany stands behind the lock until somebody gives up.
    const document = db.service.transaction(async (tx) => {
      await tx.query({ text: `SET LOCAL lock_timeout = '100ms'` });
      await tx.query({ text: 'DELETE FROM cached_routes WHERE expires_at < now()' });
    });
    await assert.rejects(document, { code: '55P03' });
  } finally {
    await user.query('ROLLBACK');
    user.release();
  }
  assert.equal((await cleanupExpiredCaches(db.service)).routes, 1);
});

test('as rs_app it is refused: the job is not for requests', async () => {
  await assert.rejects(cleanupExpiredCaches(db.app));
});
