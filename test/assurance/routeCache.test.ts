/** F5: 500 cold requests at once over 4 processes: exactly one computation for each key. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { sized } from './sizes.ts';
import { startWorker, together } from './workers.ts';

const PROCESSES = 4;
const CALLS = 125;
const KEYS = sized(6, 40);
const POOL = sized(5, 20);

let db: TestDatabase;
let owner: pg.Client;
before(async () => {
  db = await testDatabase();
  owner = new pg.Client({ connectionString: db.ownerUrl });
  await owner.connect();
  await owner.query('CREATE TABLE computations (key text, pid int); GRANT INSERT ON computations TO rs_app');
});
after(async () => {
  await owner.end();
  await db.drop();
});

const assignmentOf = (task: string, over: object = {}) => ({
  ownerUrl: db.ownerUrl,
  task,
  pool: POOL,
  keys: KEYS,
  calls: CALLS,
  computeMs: 150,
  leaseMs: 6000,
  ...over,
});

const allRight = (workers: number, right: number): object[] =>
  Array.from({ length: workers }, () => ({ right, errors: [] }));

/** Computations by key. */
async function computations(task: string): Promise<number[]> {
  const { rows } = await owner.query<{ n: string }>(
    `SELECT count(*) AS n FROM computations WHERE key LIKE $1 || ' %' GROUP BY key`,
    [task],
  );
  return rows.map((row) => Number(row.n));
}

test('F5 over processes each key is computed once', { timeout: 120_000 }, async (t) => {
  const answers = await together<{ right: number; errors: string[] }>(PROCESSES, assignmentOf('compute'));
  t.diagnostic(`${PROCESSES * CALLS} requests at once for each of ${KEYS} keys`);
  assert.deepEqual(answers, allRight(PROCESSES, KEYS * CALLS));
  assert.deepEqual(await computations('compute'), Array(KEYS).fill(1));
  const { rows } = await owner.query('SELECT FROM cache_leases');
  assert.equal(rows.length, 0);
});

test('F5 for contrast, looking and then computing as in §4.4 and §4.5 computes again and again', async (t) => {
  const task = 'compute of the document';
  await together(PROCESSES, assignmentOf(task, { keys: 1, calls: 20 }));
  const [count = 0] = await computations(task);
  t.diagnostic(`${count} computations for ${PROCESSES * 20} requests`);
  assert.ok(count > 10);
});

test('F5 a holder that is killed loses its lease, and one other computes', { timeout: 60_000 }, async () => {
  const task = 'compute #killed';
  const settings = { keys: 1, leaseMs: 1500 };
  const holder = await startWorker(assignmentOf(task, { ...settings, computeMs: 60_000 }));
  const others = await Promise.all([1, 2, 3].map(() => startWorker(assignmentOf(task, settings))));
  holder.go().catch(() => {}); // it dies
  while ((await computations(task))[0] !== 1) await sleep(20);
  holder.process.kill('SIGKILL');
  const answers = await Promise.all(others.map((one) => one.go()));
  assert.deepEqual(answers, allRight(3, CALLS));
  assert.deepEqual(await computations(task), [2]);
});
