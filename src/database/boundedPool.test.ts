import assert from 'node:assert/strict';
import { createServer, type AddressInfo } from 'node:net';
import { after, before, suite, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { FaultProxy } from '../../test/support/faultProxy.ts';
import { asUser } from './asUser.ts';
import { connect, type Database } from './connect.ts';
import { BackOff } from './reconnect.ts';
import { toAppError } from './sqlstate.ts';
import { withinBudget } from './waitBudget.ts';

const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: unknown) => (toAppError(error) as { code: string }).code,
  );

suite('bounded pool', () => {
  let db: TestDatabase;
  let app: Database;
  before(async () => {
    db = await testDatabase();
    app = await connect({ ownerUrl: `${db.ownerUrl}?connection_limit=2`, role: 'rs_app' });
  });
  after(async () => {
    await app.close();
    await db.drop();
  });

  test('a statement ends with the budget of its request, and so does it at the server', async () => {
    const started = performance.now();
    const slow = withinBudget(200, () => asUser('u', () => app.query({ text: 'SELECT pg_sleep(20)' })));
    assert.equal(await codeOf(slow), 'UNAVAILABLE');
    assert.ok(performance.now() - started < 2000);
    assert.equal((await app.query({ text: 'SELECT 1 AS one' })).rows[0]!['one'], 1);
    const running = async (): Promise<number> => {
      const { rows } = await db.service.query<{ n: number }>({
        text: `SELECT count(*)::int AS n FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(20)%' AND state = 'active'`,
      });
      return rows[0]!.n;
    };
    const limit = performance.now() + 8000;
    while ((await running()) > 0 && performance.now() < limit) await sleep(100);
    assert.equal(await running(), 0, 'the server noticed that nobody waits');
  });

  test('statements of one request share its budget; Prisma’s and those of a transaction count too', async () => {
    const slow = withinBudget(400, async () => {
      await app.query({ text: 'SELECT pg_sleep(0.25)' });
      await sleep(300); // work of one's own costs nothing
      await app.query({ text: 'SELECT 1' });
      await app.query({ text: 'SELECT pg_sleep(0.25)' });
    });
    assert.equal(await codeOf(slow), 'UNAVAILABLE');
    const inside = withinBudget(200, () => app.transaction((tx) => tx.query({ text: 'SELECT pg_sleep(5)' })));
    assert.equal(await codeOf(inside), 'UNAVAILABLE');
    const prisma = withinBudget(200, async () => app.prisma.$queryRaw`SELECT pg_sleep(5)::text`);
    assert.equal(await codeOf(prisma), 'UNAVAILABLE');
    assert.equal(app.pool.waitingCount, 0);
  });

  test('what a request began and did not wait for goes on without its budget', async () => {
    let later: Promise<unknown> = Promise.resolve();
    await withinBudget(50, async () => {
      later = sleep(20).then(() => app.query({ text: 'SELECT pg_sleep(0.3)' }));
    });
    assert.equal(await codeOf(later), 'none');
  });

  test('who would wait too long is sent away at once, and the pool is whole afterwards', async () => {
    const sent = Array.from({ length: 200 }, () =>
      codeOf(withinBudget(3000, () => app.query({ text: 'SELECT pg_sleep(0.05)' }))),
    );
    await sleep(300); // the running mean knows by now
    const more = Array.from({ length: 60 }, () =>
      codeOf(withinBudget(3000, () => app.query({ text: 'SELECT pg_sleep(0.05)' }))),
    );
    const codes = await Promise.all(more);
    await Promise.all(sent);
    assert.ok(codes.includes('OVERLOADED'), codes.join(' '));
    const { open, idle, waiting, refused } = app.pool.counts;
    assert.deepEqual([open - idle, waiting], [0, 0]);
    assert.ok(open <= 2 && refused.queue > 0);
  });

  test('a server that is away is asked by one at a time; the others are told at once', async () => {
    const { hostname, port } = new URL(db.ownerUrl);
    const proxy = await FaultProxy.before({ host: hostname, port: Number(port) });
    const away = await connect({ ownerUrl: proxy.through(db.ownerUrl), role: 'rs_service' });
    await away.query({ text: 'SELECT 1' });
    await proxy.begin('down');
    const codes = [];
    for (let call = 0; call < 30; call++) codes.push(await codeOf(away.query({ text: 'SELECT 1' })));
    assert.deepEqual(new Set(codes), new Set(['DATABASE']));
    assert.ok(away.pool.counts.refused.away >= 20, JSON.stringify(away.pool.counts));
    await proxy.heal();
    const limit = performance.now() + 5000;
    while ((await codeOf(away.query({ text: 'SELECT 1' }))) !== 'none' && performance.now() < limit)
      await sleep(50);
    assert.equal(await codeOf(away.query({ text: 'SELECT 1' })), 'none');
    await away.close();
    await proxy.close();
  });

  test('closing does not wait for a server that says nothing', async () => {
    const { hostname, port } = new URL(db.ownerUrl);
    const proxy = await FaultProxy.before({ host: hostname, port: Number(port) });
    const silent = await connect({ ownerUrl: proxy.through(db.ownerUrl), role: 'rs_service' });
    await silent.query({ text: 'SELECT 1' });
    await proxy.begin('blackhole');
    const started = performance.now();
    await silent.close();
    assert.ok(performance.now() - started < 5000);
    await proxy.close();
  });
});

test('a port where nobody answers is given up within the budget', async () => {
  const mute = createServer(() => {}).listen(0, '127.0.0.1');
  await new Promise((resolve) => mute.once('listening', resolve));
  const { port } = mute.address() as AddressInfo;
  const nobody = await connect({ ownerUrl: `postgresql://x:y@127.0.0.1:${port}/z`, role: 'rs_app' });
  const started = performance.now();
  assert.equal(await codeOf(withinBudget(200, () => nobody.query({ text: 'SELECT 1' }))), 'UNAVAILABLE');
  assert.ok(performance.now() - started < 2000);
  await nobody.close();
  mute.close();
});

test('attempts get rarer, up to two seconds, and one success ends that', () => {
  const backOff = new BackOff({ firstMs: 100, longestMs: 2000 });
  assert.ok(backOff.mayTry() && backOff.mayTry(), 'everybody while all is well');
  let longest = 0;
  for (let failure = 0; failure < 12; failure++) {
    backOff.failed();
    assert.equal(backOff.mayTry(), false);
    longest = Math.max(longest, backOff.waitMs);
  }
  assert.ok(longest > 1000 && longest <= 3000, `${longest} ms`);
  backOff.succeeded();
  assert.deepEqual([backOff.away, backOff.mayTry(), backOff.mayTry()], [false, true, true]);
});
