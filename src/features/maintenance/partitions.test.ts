import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { type EpochDay, parseDate } from '../../units/time.ts';
import { checkPartitions, dropExpiredPartitions, ensurePartitions } from './index.ts';

let db: TestDatabase;
before(async () => {
  db = await testDatabase();
});
after(() => db.drop());

const day = (text: string): EpochDay => parseDate(text)!;
const insert = (at: string): Promise<unknown> =>
  db.service.query({
    text: `INSERT INTO search_queries (id, origin, destination, date, passengers, preference, routes_found, created_at)
           VALUES ($1::text, $2, $2, '2030-01-01', 1, 'BALANCED', 0, $1::text::timestamptz)`,
    values: [at, JSON.stringify({ name: 'x', lat: 0, lng: 0 })],
  });
const searches = async (): Promise<string[]> => {
  const { rows } = await db.service.query<{ id: string }>({
    text: 'SELECT id FROM search_queries ORDER BY id',
  });
  return rows.map((row) => row.id);
};

test('partitions are made ahead, also over the end of a year; a second run makes none', async () => {
  assert.deepEqual(await ensurePartitions(db.service, 2, day('2029-12-31')), [
    'search_queries_202912',
    'search_queries_203001',
    'search_queries_203002',
    'booking_clicks_202912',
    'booking_clicks_203001',
    'booking_clicks_203002',
  ]);
  assert.deepEqual(await ensurePartitions(db.service, 2, day('2029-12-31')), []);
  for (const at of ['2029-12-01T00:00Z', '2030-02-28T23:59:59.999Z']) await insert(at);
  await assert.rejects(insert('2030-03-01T00:00Z'), { code: '23514' });
});

test('the check wants this month and the next, over the end of a year too', async () => {
  await checkPartitions(db.service, day('2029-12-31'));
  await checkPartitions(db.service, day('2030-01-31'));
  await assert.rejects(checkPartitions(db.service, day('2030-02-01')), {
    code: 'DATABASE',
    message: /search_queries_203003 is missing: run `routestitch maintain partitions`/,
  });
});

test('whole months go when they are older than is kept; the month of the limit stays', async () => {
  const dropped = await dropExpiredPartitions(db.service, 13, day('2031-02-28'));
  assert.deepEqual(
    dropped.filter((name) => name > 'search_queries_2029' || /booking_clicks_(2029|203)/.test(name)),
    ['search_queries_202912', 'booking_clicks_202912'],
  );
  assert.deepEqual(await searches(), ['2030-02-28T23:59:59.999Z']);
  assert.deepEqual(await dropExpiredPartitions(db.service, 13, day('2031-02-28')), []);
});

test('a reader holds the drop up only until it is done, and new readers do not pile up behind it', async () => {
  await ensurePartitions(db.service, 0, day('2028-01-01'));
  const reader = await db.service.pool.connect();
  await reader.query('BEGIN; SELECT count(*) FROM search_queries');
  const dropping = dropExpiredPartitions(db.service, 13, day('2031-02-28'));
  let slowest = 0;
  for (let read = 0; read < 10; read++) {
    const started = performance.now();
    await searches();
    slowest = Math.max(slowest, performance.now() - started);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await reader.query('COMMIT');
  reader.release();
  assert.ok((await dropping).includes('search_queries_202801'));
  assert.ok(slowest < 1500, `${slowest} ms`);
});

test('as rs_app neither is allowed', async () => {
  await assert.rejects(ensurePartitions(db.app, 5, day('2040-01-01')));
  await assert.rejects(dropExpiredPartitions(db.app, 1, day('2040-01-01')));
});
