import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { noida } from '../../../test/support/trips.ts';
import { AnalyticsWriter } from './analyticsWriter.ts';
import { lossCheck } from './lossCheck.ts';
import { trackSearchQuery } from './trackSearchQuery.ts';

let db: TestDatabase;
before(async () => {
  db = await testDatabase();
});
after(() => db.drop());

const search = {
  origin: noida,
  destination: noida,
  date: '2026-12-15',
  passengers: 1,
  preference: 'BALANCED',
} as const;

test('what is written is counted, what is lost is told once', async () => {
  const writer = new AnalyticsWriter(db.service, { onError: () => {} });
  const check = lossCheck(writer);
  trackSearchQuery(writer, { ...search, routesFound: 3, stops: null });
  assert.deepEqual(await check(), { written: 1 });
  trackSearchQuery(writer, { ...search, passengers: 99, routesFound: 3, stops: null }); // refused by a CHECK
  await assert.rejects(check(), { code: 'UNAVAILABLE', message: /^1 rows of analytics were lost/ });
  assert.deepEqual(await check(), { written: 0 });
  await writer.close();
});
