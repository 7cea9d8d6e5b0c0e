/** The active network changes while three processes search: no error, no mixed answer, everyone follows. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { drill, sized } from './sizes.ts';
import { swapUnderSearches } from './swapDrill.ts';

const SWAPS = sized(4, 20);
const PROCESSES = 3;
/** 51 searches under way. */
const LANES = sized(4, 17);
/** Figure of the drill; a busy test machine only has to show that everyone follows. */
const LATEST_MS = drill ? 2000 : 30_000;

let database: TestDatabase;
before(async () => {
  database = await testDatabase();
});
after(() => database.drop());

test('swaps under concurrent searches', { timeout: sized(120_000, 300_000) }, async (t) => {
  const { reports, lateness, networks } = await swapUnderSearches(database, {
    processes: PROCESSES,
    lanes: LANES,
    swaps: SWAPS,
    searchWorkers: 1,
  });
  const latest = Math.max(...lateness.flat());
  const answers = reports.map(({ seen }) => Object.values(seen).reduce((sum, count) => sum + count, 0));
  t.diagnostic(
    `${SWAPS} swaps under ${PROCESSES * LANES} searches at a time: ${answers.join(' + ')} answers, the last process followed after ${latest.toFixed(0)} ms`,
  );
  for (const { errors, mixed, seen } of reports) {
    assert.deepEqual([errors, mixed], [[], []]);
    assert.deepEqual(Object.keys(seen).toSorted(), networks.toSorted(), 'answers from both networks');
  }
  assert.ok(
    reports.some(({ cached }) => cached > 0),
    'some answers came from the cache',
  );
  assert.equal(lateness.length, SWAPS);
  assert.ok(latest <= LATEST_MS, `${latest} ms`);
});
