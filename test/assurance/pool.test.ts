/**
 * F3: 200 users over 4 connections, with refused writes, timeouts, deadlocks, clients that go away and connections that
 * the server ends: nobody gets another's row or another's answer, the process lives, the pool is whole afterwards.
 */
import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { fillTrips } from '../support/tripRows.ts';
import type { PoolAssignment, PoolReport } from './poolWorker.ts';
import { sized } from './sizes.ts';

const USERS = 200;
const OPERATIONS = sized(10_000, 100_000);
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);

let db: TestDatabase;
before(async () => {
  db = await testDatabase();
  const dates = Array.from({ length: 2 * USERS }, () => '2026-12-01');
  await fillTrips(db.service, { users: USERS, dates, status: 'PLANNED', legs: 0 });
  const owner = new pg.Client({ connectionString: db.ownerUrl });
  await owner.connect();
  await owner.query(
    `ALTER ROLE rs_app IN DATABASE ${new URL(db.ownerUrl).pathname.slice(1)} SET deadlock_timeout = '20ms'`,
  );
  await owner.end();
});
after(() => db.drop());

/** What the worker reports; rejects when the process dies. */
async function drill(assignment: Omit<PoolAssignment, 'ownerUrl' | 'seed'>): Promise<PoolReport> {
  const env = { ...process.env, ASSIGNMENT: JSON.stringify({ ownerUrl: db.ownerUrl, seed, ...assignment }) };
  const child = fork(path.join(import.meta.dirname, 'poolWorker.ts'), [], { env, stdio: 'pipe' });
  let said = '';
  child.stderr?.on('data', (text: Buffer) => (said += text.toString()));
  const exit = once(child, 'exit').then(([code]) => {
    throw new Error(`the process died with ${String(code)}: ${said.slice(0, 2000)}`);
  });
  exit.catch(() => {});
  return Promise.race([once(child, 'message').then(([report]) => report as PoolReport), exit]);
}

test(`F3 over ${OPERATIONS} operations nobody meets another`, { timeout: 900_000 }, async (t) => {
  const started = performance.now();
  const { tally, ...pool } = await drill({ operations: OPERATIONS });
  const { wrongUser, swapped, unexpected, lost, operations, provoked } = tally;
  t.diagnostic(
    `seed ${seed}: ${operations} operations in ${((performance.now() - started) / 1000).toFixed(1)} s, ` +
      `provoked ${JSON.stringify(provoked)}, ${lost} lost their connection`,
  );
  assert.deepEqual({ wrongUser, swapped, unexpected }, { wrongUser: 0, swapped: 0, unexpected: [] });
  assert.deepEqual(pool, { connections: 4, idle: 4, waiting: 0, remembered: [], inTransaction: 0 });
  // Everything that was to go wrong did, and most of the rest went well.
  for (const state of ['23514', '42501', '22012', '57014', '40P01', 'UNAVAILABLE'])
    assert.ok((provoked[state] ?? 0) > 0, `no ${state}`);
  assert.ok(lost > 0 && lost < operations / 10, `${lost} lost`);
});

const planted = 500;
test('F3 planted: the user set for the session is seen', async () => {
  const { tally, remembered } = await drill({ operations: planted, planted: 'user for the session' });
  assert.ok(tally.wrongUser > 0 && remembered.length > 0, JSON.stringify({ tally, remembered }));
});

test('F3 planted: users whose requests are sent together are seen', async () => {
  const { tally } = await drill({ operations: planted, planted: 'requests of users together' });
  assert.ok(tally.wrongUser > 0, JSON.stringify(tally));
});

test('F3 planted: swapped answers are seen', async () => {
  const { tally } = await drill({ operations: planted, planted: 'answers swapped' });
  assert.ok(tally.swapped > 0, JSON.stringify(tally));
});

test('F3 planted: a process that dies is seen', async () => {
  await assert.rejects(drill({ operations: 50, planted: 'no listener' }), /the process died with 1/);
});
