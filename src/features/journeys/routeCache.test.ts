import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { connect } from '../../database/connect.ts';
import type { Route } from './contract.ts';
import { cacheRouteResults, getCachedRoute } from './index.ts';
import { type ComputedAnswer, RouteCache } from './routeCache.ts';
import { takeLease } from './store.ts';

let db: TestDatabase;
before(async () => {
  db = await testDatabase();
});
after(() => db.drop());

const errors: unknown[] = [];
const onError = (error: unknown): void => void errors.push(error);
const route = (id: string): Route =>
  ({ id, legs: [{ index: 0 }], text: `"${id}" – 12 €` }) as unknown as Route;
const entry = (routes: Route[] = [route('a')], partial = false): ComputedAnswer => ({
  origin: { id: '1', name: 'Noida', lat: 28.5355, lng: 77.391 },
  destination: { id: '2', name: 'Bengaluru', lat: 12.9716, lng: 77.5946 },
  date: '2026-12-01',
  preference: 'BALANCED',
  routes,
  answer: {
    picks: { FASTEST: 'a', CHEAPEST: null, BALANCED: 'a', SAFEST: null },
    excluded: [],
    notes: [{ code: 'NO_ROUTE', text: 'a note' }],
    alternatives: [],
    partial,
    generatedAt: '2026-11-22T10:00:00.000Z',
  },
});
const expire = (key: string): Promise<unknown> =>
  db.service.query({
    text: `UPDATE cached_routes SET created_at = now() - interval '20 minutes', expires_at = now() - interval '1 minute' WHERE cache_key = $1`,
    values: [key],
  });
const leases = async (): Promise<number> => {
  const { rows } = await db.service.query<{ n: number }>({ text: 'SELECT count(*) AS n FROM cache_leases' });
  return rows[0]!.n;
};

test('§4.4 routes are kept for 15 minutes and written again over an entry that has expired', async () => {
  await cacheRouteResults(db.app, 'k1', entry());
  const { rows } = await db.app.query({
    text: `SELECT total_results, extract(epoch FROM expires_at - created_at)::int AS ttl FROM cached_routes WHERE cache_key = 'k1'`,
  });
  assert.deepEqual(rows[0], { total_results: 1, ttl: 900 });
  await expire('k1');
  // The document's `create` throws P2002 here, at every search from the 16th minute until the nightly clean-up.
  await assert.rejects(
    db.service.prisma.cachedRoute.create({
      data: {
        cacheKey: 'k1',
        origin: {},
        destination: {},
        date: new Date('2026-12-01'),
        preference: 'BALANCED',
        routes: [],
        totalResults: 0,
        expiresAt: new Date(Date.now() + 900_000),
      },
    }),
    { code: 'P2002' },
  );
  await cacheRouteResults(db.app, 'k1', entry([route('b'), route('c')]));
  assert.deepEqual(await getCachedRoute(db.app, 'k1'), [route('b'), route('c')]);
});

test('§4.5 a hit answers the routes; a miss and an expired entry answer null', async () => {
  await cacheRouteResults(db.app, 'k2', entry());
  assert.deepEqual(await getCachedRoute(db.app, 'k2'), [route('a')]);
  assert.equal(await getCachedRoute(db.app, 'unknown'), null);
  await expire('k2');
  assert.equal(await getCachedRoute(db.app, 'k2'), null);
});

test('§4.5 expiry is judged by the database, not by the clock of one of its clients', async (t) => {
  await cacheRouteResults(db.app, 'k3', entry());
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 3_600_000 });
  // `cached.expiresAt > new Date()` in the document's process, an hour fast, would miss every entry.
  assert.notEqual(await getCachedRoute(db.app, 'k3'), null);
});

test('an answer is computed once and then found, whole', async () => {
  const cache = new RouteCache(db.app, { onError });
  let computed = 0;
  const compute = async (): Promise<ComputedAnswer> => (computed++, entry([route('x'), route('y')]));
  const first = await cache.getOrCompute('k4', compute);
  const second = await cache.getOrCompute('k4', compute);
  assert.deepEqual([first.cached, second.cached, computed], [false, true, 1]);
  assert.deepEqual({ ...second, cached: false, keptMs: 0 }, first);
  assert.ok(second.keptMs > 890_000 && second.keptMs <= 900_000, `${second.keptMs}`);
  assert.equal(await leases(), 0);
});

test('300 calls at once in three pools: one computation', async () => {
  const caches = [1, 2, 3].map(() => new RouteCache(db.app, { onError }));
  let computed = 0;
  const compute = async (): Promise<ComputedAnswer> => {
    computed++;
    await sleep(100);
    return entry();
  };
  const answers = await Promise.all(
    Array.from({ length: 300 }, (_, call) => caches[call % 3]!.getOrCompute('k5', compute)),
  );
  assert.equal(computed, 1);
  assert.equal(answers.filter(({ routes }) => routes[0]?.id === 'a').length, 300);
});

test('the lease of a holder that died ends, and another computes', async () => {
  await takeLease(db.app, 'k6', 'a process that is gone', 400);
  const cache = new RouteCache(db.app, { onError, leaseMs: 400 });
  const started = performance.now();
  const answer = await cache.getOrCompute('k6', async () => entry());
  const waited = performance.now() - started;
  assert.equal(answer.cached, false);
  assert.ok(waited > 250 && waited < 2000, `${waited} ms`);
  assert.equal(await leases(), 0);
});

test('a holder that outlives its lease does not take away the lease of the next', async () => {
  await takeLease(db.app, 'k7', 'late', 1);
  await sleep(20);
  assert.equal(await takeLease(db.app, 'k7', 'next', 60_000), true);
  await cacheRouteResults(db.app, 'k7', entry(), 'late');
  assert.equal(await leases(), 1);
  await cacheRouteResults(db.app, 'k7', entry(), 'next');
  assert.equal(await leases(), 0);
});

test('a computation that fails is reported to its callers, kept nowhere, and can be tried again', async () => {
  const cache = new RouteCache(db.app, { onError });
  await assert.rejects(
    cache.getOrCompute('k8', () => Promise.reject(new Error('no such place'))),
    /no such place/,
  );
  assert.equal(await leases(), 0);
  assert.equal((await cache.getOrCompute('k8', async () => entry())).cached, false);
});

test('without a database every answer is computed', async () => {
  const away = await connect({ ownerUrl: db.ownerUrl, role: 'rs_app' });
  await away.close();
  const before = errors.length;
  const cache = new RouteCache(away, { onError });
  assert.equal((await cache.getOrCompute('k9', async () => entry())).cached, false);
  assert.ok(errors.length > before);
});

test('an answer that cannot be stored is answered all the same', async () => {
  const cache = new RouteCache(db.app, { onError });
  const nul = await cache.getOrCompute('k10', async () => entry([route('\u0000')]));
  const large = await cache.getOrCompute('k11', async () => entry([route('x'.repeat(1_100_000))]));
  assert.deepEqual([nul.routes.length, large.routes.length], [1, 1]);
  assert.deepEqual([await getCachedRoute(db.app, 'k10'), await getCachedRoute(db.app, 'k11')], [null, null]);
  assert.equal(await leases(), 0);
});

test('a partial answer is kept for seconds only', async () => {
  await cacheRouteResults(db.app, 'k12', entry([route('a')], true));
  const { rows } = await db.app.query({
    text: `SELECT extract(epoch FROM expires_at - created_at)::int AS ttl FROM cached_routes WHERE cache_key = 'k12'`,
  });
  assert.equal(rows[0]?.['ttl'], 15);
});

test('a row of a version before, without its frame, is not an answer', async () => {
  const { answer: _, ...old } = entry();
  await cacheRouteResults(db.app, 'k13', old);
  const cache = new RouteCache(db.app, { onError });
  assert.equal((await cache.getOrCompute('k13', async () => entry())).cached, false);
  assert.equal((await cache.getOrCompute('k13', async () => entry())).cached, true);
});

test('the cache keeps to its rows and bytes: what expires first goes first', async () => {
  await db.service.query({ text: 'DELETE FROM cached_routes' });
  const size = async (): Promise<number[]> => {
    const { rows } = await db.app.query<{ n: number; bytes: number }>({
      text: 'SELECT count(*) AS n, sum(pg_column_size(routes))::float8 AS bytes FROM cached_routes',
    });
    return [rows[0]!.n, rows[0]!.bytes];
  };
  const fill = async (cache: RouteCache, name: string, text: () => string): Promise<void> => {
    for (let index = 0; index < 128; index++)
      await cache.getOrCompute(`${name}${index}`, async () => entry([route(text())]));
    await cache.close();
  };
  await fill(new RouteCache(db.app, { onError, maxRows: 40 }), 'r', () => 'short');
  assert.equal((await size())[0], 40);
  assert.notEqual(await getCachedRoute(db.app, 'r127'), null);
  assert.equal(await getCachedRoute(db.app, 'r0'), null);
  const incompressible = (): string =>
    Buffer.from(crypto.getRandomValues(new Uint8Array(3000))).toString('base64');
  await fill(new RouteCache(db.app, { onError, maxBytes: 100_000 }), 'b', incompressible);
  const [rows = 0, bytes = 0] = await size();
  assert.ok(bytes <= 100_000 && rows >= 20, `${rows} rows, ${bytes} bytes`);
});
