import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { documentCheckRateLimit } from '../../../test/support/documentRateLimit.ts';
import { checkRateLimit } from './checkRateLimit.ts';

let db: TestDatabase;
before(async () => {
  db = await testDatabase();
});
after(() => db.drop());

const storedRow = async (identifier: string): Promise<Record<string, unknown> | undefined> => {
  const { rows } = await db.service.query({
    text: 'SELECT request_count, window_start, xmin::text, ctid::text FROM rate_limits WHERE identifier = $1',
    values: [identifier],
  });
  return rows[0];
};

test('counts down, refuses, and says when the window ends', async () => {
  const started = Date.now();
  const answers = [];
  for (let call = 0; call < 4; call++) answers.push(await checkRateLimit(db.app, 'a', 3, 60_000));
  assert.deepEqual(
    answers.map(({ allowed, remaining }) => [allowed, remaining]),
    [
      [true, 2],
      [true, 1],
      [true, 0],
      [false, 0],
    ],
  );
  const ends = new Set(answers.map(({ resetTime }) => resetTime.getTime()));
  assert.equal(ends.size, 1, 'one window has one end');
  assert.ok(Math.abs([...ends][0]! - started - 60_000) < 5000);
});

test('a new window begins when the old one is over', async () => {
  assert.equal((await checkRateLimit(db.app, 'b', 1, 150)).allowed, true);
  const refused = await checkRateLimit(db.app, 'b', 1, 150);
  assert.equal(refused.allowed, false);
  await sleep(refused.resetTime.getTime() - Date.now() + 30);
  assert.deepEqual((await checkRateLimit(db.app, 'b', 1, 150)).remaining, 0);
  assert.equal((await checkRateLimit(db.app, 'b', 1, 150)).allowed, false);
});

test('a refusal writes no row version', async () => {
  await checkRateLimit(db.app, 'c', 1, 60_000);
  const before = await storedRow('c');
  for (let call = 0; call < 20; call++) await checkRateLimit(db.app, 'c', 1, 60_000);
  assert.deepEqual(await storedRow('c'), before);
});

test('identifiers do not share a count', async () => {
  await checkRateLimit(db.app, 'd1', 1, 60_000);
  assert.equal((await checkRateLimit(db.app, 'd2', 1, 60_000)).allowed, true);
});

test('§4.7 200 requests at once at a limit of 50: exactly 50, where the document admits more', async () => {
  const burst = async (
    check: (id: string) => Promise<{ allowed: boolean }>,
    identifier: string,
  ): Promise<number> => {
    const answers = await Promise.all(Array.from({ length: 200 }, () => check(identifier)));
    return answers.filter(({ allowed }) => allowed).length;
  };
  for (const identifier of ['e1', 'e2', 'e3'])
    assert.equal(await burst((id) => checkRateLimit(db.app, id, 50, 60_000), identifier), 50);
  // The document reads, then writes: everybody who reads before the first write is admitted.
  const admitted = await burst((id) => documentCheckRateLimit(db.service.prisma, id, 50, 60_000), 'document');
  assert.ok(
    admitted > 50,
    `the document's own code admitted ${admitted}: this test no longer shows the difference`,
  );
});

test('§4.7 resetTime is answered when allowed too, where the document leaves it out', async () => {
  assert.ok((await checkRateLimit(db.app, 'f', 5, 60_000)).resetTime instanceof Date);
  const fromDocument = await documentCheckRateLimit(db.service.prisma, 'f2', 5, 60_000);
  assert.equal('resetTime' in fromDocument, false);
});

test('limits and windows that cannot be meant are refused', async () => {
  for (const limit of [0, -1, 1.5, Number.NaN])
    await assert.rejects(checkRateLimit(db.app, 'g', limit, 1000), { code: 'INTERNAL' });
  for (const window of [0, -1, 0.5, 86_400_001])
    await assert.rejects(checkRateLimit(db.app, 'g', 1, window), { code: 'INTERNAL' });
  assert.equal(await storedRow('g'), undefined);
});

test('an identifier that is empty or too long is refused by the database', async () => {
  for (const identifier of ['', 'x'.repeat(201)])
    await assert.rejects(checkRateLimit(db.app, identifier, 1, 1000), { code: '23514' });
});
