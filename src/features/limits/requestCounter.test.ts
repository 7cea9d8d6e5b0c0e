import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import type { Queryable } from '../../database/connect.ts';
import { checkRateLimit } from './checkRateLimit.ts';
import { RequestCounter } from './requestCounter.ts';

let db: TestDatabase;
before(async () => {
  db = await testDatabase();
});
after(() => db.drop());

/** The database, with the number of statements it was sent. */
function counted(): { database: Queryable; statements: () => number } {
  let statements = 0;
  const query: Queryable['query'] = (statement) => {
    statements++;
    return db.app.query(statement);
  };
  return { database: { query }, statements: () => statements };
}

test('a burst costs a few statements, and exactly the limit is let in, counting down', async () => {
  const { database, statements } = counted();
  const counter = new RequestCounter(database);
  const answers = await Promise.all(
    Array.from({ length: 300 }, (_, index) => counter.take(`burst${index % 3}`, 40, 60_000)),
  );
  const remaining = answers
    .filter((_, index) => index % 3 === 1)
    .map(({ allowed, remaining }) => (allowed ? remaining : null));
  assert.deepEqual(remaining, [
    ...Array.from({ length: 40 }, (_, index) => 39 - index),
    ...Array(60).fill(null),
  ]);
  assert.equal(answers.filter(({ allowed }) => allowed).length, 120);
  assert.ok(statements() <= 3, `${statements()} statements`);
});

test('several processes together let in exactly the limit, one by one and together', async () => {
  const counters = Array.from({ length: 4 }, () => new RequestCounter(db.app));
  const answers = await Promise.all(
    Array.from({ length: 800 }, async (_, index) => {
      await sleep(index % 40);
      const key = `together${index % 5}`;
      return index % 7 === 0
        ? checkRateLimit(db.app, key, 60, 60_000)
        : counters[index % 4]!.take(key, 60, 60_000);
    }),
  );
  for (let key = 0; key < 5; key++)
    assert.equal(answers.filter(({ allowed }, index) => allowed && index % 5 === key).length, 60);
});

test('a full window is refused without a statement until it ends, then begins anew', async () => {
  const { database, statements } = counted();
  const counter = new RequestCounter(database);
  for (let call = 0; call < 3; call++) await counter.take('full', 3, 400);
  const before = statements();
  const refused = await counter.take('full', 3, 400);
  assert.deepEqual([refused.allowed, refused.remaining, statements()], [false, 0, before]);
  const wait = refused.resetTime.getTime() - Date.now();
  assert.ok(wait > 0 && wait <= 400, `${wait} ms`);
  await sleep(wait + 20);
  assert.deepEqual((await counter.take('full', 3, 400)).remaining, 2);
});

test('a window filled elsewhere is refused with the time that is left of it', async () => {
  for (let call = 0; call < 2; call++) await checkRateLimit(db.app, 'elsewhere', 2, 60_000);
  await sleep(300);
  const { allowed, resetTime } = await new RequestCounter(db.app).take('elsewhere', 2, 60_000);
  assert.equal(allowed, false);
  const wait = resetTime.getTime() - Date.now();
  assert.ok(wait > 50_000 && wait < 59_800, `${wait} ms`);
});

test('limits and windows of one batch do not mix', async () => {
  const counter = new RequestCounter(db.app);
  const [one, other] = await Promise.all([counter.take('m1', 5, 60_000), counter.take('m2', 9, 30_000)]);
  assert.deepEqual([one.remaining, other.remaining], [4, 8]);
  assert.ok(one.resetTime.getTime() - other.resetTime.getTime() > 25_000);
});

test('who asks of a database that fails is told, and the next asks again', async () => {
  let fails = true;
  const query: Queryable['query'] = (statement) =>
    fails ? Promise.reject(new Error('away')) : db.app.query(statement);
  const counter = new RequestCounter({ query });
  await assert.rejects(Promise.all([counter.take('f', 5, 60_000), counter.take('g', 5, 60_000)]), /away/);
  fails = false;
  assert.equal((await counter.take('f', 5, 60_000)).remaining, 4);
});

test('a statement that hangs keeps the others waiting for a second at most', async () => {
  let hangs = true;
  const query: Queryable['query'] = (statement) => (hangs ? new Promise(() => {}) : db.app.query(statement));
  const counter = new RequestCounter({ query });
  void counter.take('h', 5, 60_000);
  await sleep(20);
  hangs = false;
  const started = performance.now();
  await counter.take('h', 5, 60_000);
  assert.ok(performance.now() - started < 3000);
});
