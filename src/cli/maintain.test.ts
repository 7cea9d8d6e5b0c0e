/** `maintain` as an operator runs it: child processes on a real database. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { mailSink } from '../../test/support/mailSink.ts';
import { busRoute, newTraveller } from '../../test/support/reminders.ts';
import { fillTrips } from '../../test/support/tripRows.ts';
import { tripInput } from '../../test/support/trips.ts';
import { updateProfile } from '../features/accounts/index.ts';
import { createTrip } from '../features/trips/index.ts';
import { readMonths } from './maintain.ts';

const program = path.resolve(import.meta.dirname, '../../bin/routestitch');
let db: TestDatabase;
before(async () => {
  db = await testDatabase();
});
after(() => db.drop());

const maintain = (
  settings: NodeJS.ProcessEnv,
  ...args: string[]
): Promise<{ code: number; out: string; err: string }> =>
  new Promise((resolve) => {
    const env = { PATH: process.env['PATH'], DATABASE_URL: db.ownerUrl, ...settings };
    execFile(program, ['maintain', ...args], { env }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, err });
    });
  });

test('cleanup says what it deleted', async () => {
  await db.service.query({ text: `INSERT INTO cache_leases VALUES ('k', 'h', now() - interval '1 hour')` });
  const { code, out } = await maintain({}, 'cleanup', '--json');
  assert.equal(code, 0);
  assert.equal((JSON.parse(out) as { leases: number }).leases, 1);
  const words = await maintain({}, 'cleanup');
  assert.match(words.out, /^Cleaned up 0 cached routes, 0 geocodes, .*0 idempotency keys\.\n$/);
});

test('archive moves old completed trips; the age is in calendar months', async () => {
  await fillTrips(db.service, {
    users: 1,
    dates: ['2020-01-01', '2020-01-02'],
    status: 'COMPLETED',
    legs: 1,
  });
  const young = await maintain({}, 'archive', '--older-than', '100y', '--json');
  assert.equal((JSON.parse(young.out) as { archived: number }).archived, 0);
  const { code, out } = await maintain({}, 'archive');
  assert.equal(code, 0);
  assert.match(out, /^Archived 2 completed trips of before \d{4}-\d{2}-\d{2}\.\n$/);
});

test('partitions says what it made and dropped', async () => {
  await db.service.query({ text: `SELECT ensure_month_partition('search_queries', '2020-01-01')` });
  const { code, out } = await maintain({}, 'partitions', '--json');
  assert.equal(code, 0);
  assert.deepEqual(JSON.parse(out), { made: [], dropped: ['search_queries_202001'] });
});

test('reminders are planned and sent; without a mail server they are planned, and it says so', async () => {
  const asha = await newTraveller(db);
  const at = Date.now() + 40 * 60_000; // leaving is told within the hour
  const { id } = await createTrip(asha, tripInput({ selectedRoute: busRoute(at) }));
  await db.service.query({
    text: `UPDATE trips SET created_at = now() - interval '1 day', updated_at = now() - interval '1 day' WHERE id = $1`,
    values: [id],
  });
  await updateProfile(asha, db.service, {
    notifications: { quietFrom: '00:00', quietTo: '00:00', kinds: ['LEAVE'] },
  });
  const without = await maintain({}, 'reminders');
  assert.deepEqual([without.code, without.out], [1, 'Planned 1 reminders of 1 trips.\n']);
  assert.match(without.err, /set SMTP_URL and MAIL_FROM/);
  const sink = await mailSink();
  const mail = { SMTP_URL: sink.url, MAIL_FROM: 'rs@example.org', AUTH_SECRET: 'a'.repeat(40) };
  const sent = await maintain(mail, 'reminders', '--json');
  assert.equal(sent.code, 0, sent.err);
  const counts = JSON.parse(sent.out) as Record<string, unknown>;
  assert.deepEqual([counts['sent'], counts['mail']], [1, true]);
  assert.deepEqual(
    sink.mails.map(({ recipients }) => recipients),
    [[asha.email]],
  );
  assert.match((await maintain(mail, 'reminders')).out, /Sent 0, put off 0/);
  await sink.close();
});

test('an age that is none is a wrong use', async () => {
  const { code, err } = await maintain({}, 'archive', '--older-than', 'soon');
  assert.equal(code, 2);
  assert.match(err, /--older-than must be months/);
  assert.deepEqual(['6mo', '6', ' 12MO ', '1y'].map(readMonths), [6, 6, 12, 12]);
  for (const text of ['', '0', '-1', '6 months', '1.5mo', '101y', '9999mo'])
    assert.throws(() => readMonths(text), { name: 'UsageError' }, text);
});
