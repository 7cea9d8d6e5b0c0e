/** F4: 500 requests at once over 4 processes, 200 keys: admitted = limit exactly, none over, none under. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { sized } from './sizes.ts';
import { together } from './workers.ts';

const PROCESSES = 4;
const KEYS = 200;
/** Connections a process; the drill has one for each lane, 500 in all, `npm test` shares them. */
const POOL = sized(6, 125);
const LANES = 125;

let db: TestDatabase;
before(async () => {
  db = await testDatabase();
});
after(() => db.drop());

async function admissions(task: string, attempts: number, limit: number): Promise<number[]> {
  const assignment = { ownerUrl: db.ownerUrl, task, pool: POOL, keys: KEYS, lanes: LANES, attempts, limit };
  const counts = await together<number[]>(PROCESSES, assignment);
  return Array.from({ length: KEYS }, (_, key) => counts.reduce((sum, own) => sum + own[key]!, 0));
}

const offLimit = (admitted: readonly number[], limit: number): { over: number; under: number } => ({
  over: admitted.reduce((sum, count) => sum + Math.max(0, count - limit), 0),
  under: admitted.reduce((sum, count) => sum + Math.max(0, limit - count), 0),
});

test('F4 over processes every key admits its limit exactly', { timeout: 120_000 }, async (t) => {
  const [attempts, limit] = [sized(20, 200), sized(30, 300)];
  const admitted = await admissions('limit', attempts, limit);
  t.diagnostic(
    `${PROCESSES * LANES} at once, ${PROCESSES * KEYS * attempts} requests, limit ${limit} on each of ${KEYS} keys`,
  );
  assert.deepEqual(offLimit(admitted, limit), { over: 0, under: 0 });
});

test('F4 for contrast, the code of §4.7 admits more', { timeout: 120_000 }, async (t) => {
  const [attempts, limit] = [sized(3, 20), sized(3, 20)];
  const { over } = offLimit(await admissions('limit of the document', attempts, limit), limit);
  t.diagnostic(
    `${over} of ${PROCESSES * KEYS * attempts} admitted over the limits, ${KEYS * limit} together`,
  );
  assert.ok(over > 0, 'the test no longer shows the difference');
});
