/** The event loop stays free while every search thread is busy: its delay, measured on the whole application. */
import assert from 'node:assert/strict';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { searchRequestSchema, type SearchResponse } from '../../src/features/journeys/contract.ts';
import { type Application, openApplication } from '../../src/main.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { drill, sized } from './sizes.ts';

const AT_ONCE = 8;
const SECONDS = sized(2, 15);
const MOST_DELAY_MS = 20;

let db: TestDatabase;
let application: Application;
before(async () => {
  db = await testDatabase();
  application = await openApplication(db, (error) => assert.fail(String(error)), { searchWorkers: 1 });
});
after(async () => {
  await application.close();
  await db.drop();
});

const cities = ['Noida', 'Mumbai', 'Kolkata', 'Chennai', 'Jaipur', 'Kochi', 'Patna', 'Guwahati', 'Pune'];
let number = 0;
/** No two alike: none is answered from the cache. */
function another(): Promise<SearchResponse> {
  const at = number++;
  const origin = cities[at % cities.length]!;
  const destination =
    cities[(at + 1 + (Math.floor(at / cities.length) % (cities.length - 1))) % cities.length];
  const date = new Date(Date.now() + 86_400_000 * (5 + Math.floor(at / 72))).toISOString().slice(0, 10);
  return application.search(searchRequestSchema.parse({ origin, destination, date }));
}

test(`${AT_ONCE} searches at a time leave the event loop free`, async (t) => {
  await another();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const end = performance.now() + SECONDS * 1000;
  let answered = 0;
  delay.enable();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (performance.now() < end) {
        const { cached, routes } = await another();
        assert.equal(cached, false);
        assert.ok(routes.length > 0);
        answered++;
      }
    }),
  );
  delay.disable();
  const p99 = delay.percentile(99) / 1e6;
  t.diagnostic(
    `${answered} searches, loop delay p99 ${p99.toFixed(1)} ms, most ${(delay.max / 1e6).toFixed(0)} ms`,
  );
  assert.ok(answered >= AT_ONCE);
  // A figure holds on a machine that does nothing else: in the suite only the answers are looked at.
  if (drill) assert.ok(p99 <= MOST_DELAY_MS, `p99 ${p99.toFixed(1)} ms`);
});

test('the measurement sees a blocked loop', async () => {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await sleep(20);
  const until = performance.now() + 200;
  while (performance.now() < until);
  await sleep(20);
  delay.disable();
  assert.ok(delay.max / 1e6 >= 100);
});
