import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { fillTrips } from '../../../test/support/tripRows.ts';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { asUser } from '../../database/asUser.ts';
import { type EpochDay, formatDate, monthsBefore, parseDate } from '../../units/time.ts';
import { getTrip } from '../trips/index.ts';
import { archiveOldTrips, getArchivedTrips, restoreArchivedTrip } from './index.ts';
import { LEG_COLUMNS, TRIP_COLUMNS } from './store.ts';

let db: TestDatabase;
before(async () => {
  db = await testDatabase();
});
after(() => db.drop());
beforeEach(() => db.service.query({ text: 'DELETE FROM users' }));

const day = (text: string): EpochDay => parseDate(text)!;
const count = async (table: string, where = 'true'): Promise<number> => {
  const { rows } = await db.service.query<{ n: number }>({
    text: `SELECT count(*) AS n FROM ${table} WHERE ${where}`,
  });
  return rows[0]!.n;
};
const insert = (dates: readonly string[], status = 'COMPLETED'): Promise<string[]> =>
  fillTrips(db.service, { users: 2, dates, status, legs: 3 });
const caller = (userId: string) => ({ userId, database: db.app });
const owner = async (id: string, table = 'archive.trips'): Promise<string> => {
  const { rows } = await db.service.query<{ user_id: string }>({
    text: `SELECT user_id FROM ${table} WHERE id = $1`,
    values: [id],
  });
  return rows[0]!.user_id;
};

test('§6.2 on 31 August 2026 six months take the trips of before 28 February', async () => {
  await insert(['2026-02-26', '2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02', '2026-03-03']);
  // The document's setMonth(-6) makes 31 February of 31 August, which is 3 March, and takes five of them.
  const overflowed = new Date(Date.UTC(2026, 7, 31));
  overflowed.setUTCMonth(overflowed.getUTCMonth() - 6);
  assert.equal(overflowed.toISOString().slice(0, 10), '2026-03-03');
  const { archived, before } = await archiveOldTrips(db.service, 6, day('2026-08-31'));
  assert.deepEqual([archived, before], [2, '2026-02-28']);
  assert.deepEqual([await count('trips'), await count('archive.trips')], [4, 2]);
});

test('§6.2 the trips are moved with their legs, where the document updates nothing', async () => {
  const [id] = await insert(['2025-01-01']);
  const columns = async (schema: string): Promise<unknown> => {
    const { rows } = await db.service.query({
      text: `SELECT ${TRIP_COLUMNS}, (SELECT json_agg(l ORDER BY leg_index) FROM (SELECT ${LEG_COLUMNS} FROM ${schema}.booking_legs) l) AS legs FROM ${schema}.trips`,
    });
    return rows;
  };
  const was = await columns('public');
  await archiveOldTrips(db.service, 6, day('2026-08-31'));
  assert.deepEqual(await columns('archive'), was);
  assert.deepEqual(
    [await count('trips'), await count('booking_legs'), await count('archive.booking_legs')],
    [0, 0, 3],
  );
  assert.equal(
    await count(
      'archive.trips',
      `id = '${id}' AND archived_at BETWEEN now() - interval '1 minute' AND now()`,
    ),
    1,
  );
});

test('§6.2 only completed trips go', async () => {
  for (const status of ['PLANNED', 'CANCELLED', 'IN_PROGRESS']) await insert(['2020-01-01'], status);
  assert.equal((await archiveOldTrips(db.service, 6, day('2026-08-31'))).archived, 0);
  assert.equal(await count('trips'), 3);
});

test('nothing of a trip is left behind: the columns are all there are', async () => {
  const { rows } = await db.service.query<{ name: string; columns: string[] }>({
    text: `SELECT table_schema || '.' || table_name AS name, array_agg(column_name::text ORDER BY column_name) AS columns
           FROM information_schema.columns
           WHERE table_schema IN ('public', 'archive') AND table_name IN ('trips', 'booking_legs') GROUP BY 1`,
  });
  const named = (list: string): string[] => list.split(',').map((name) => name.trim().replaceAll('"', ''));
  const found = Object.fromEntries(rows.map(({ name, columns }) => [name, columns]));
  for (const schema of ['public', 'archive']) {
    assert.deepEqual(found[`${schema}.trips`], [...named(TRIP_COLUMNS), 'archived_at'].toSorted());
    assert.deepEqual(found[`${schema}.booking_legs`], named(LEG_COLUMNS).toSorted());
  }
});

test('the owner still reads an archived trip, nobody else does', async () => {
  const [id] = await insert(['2025-01-01']);
  await archiveOldTrips(db.service, 6, day('2026-08-31'));
  const userId = await owner(id!);
  const { trips } = await getArchivedTrips(caller(userId));
  assert.deepEqual(
    trips.map((trip) => [trip.id, trip.date, trip.status]),
    [[id, '2025-01-01', 'COMPLETED']],
  );
  const whole = await getTrip(caller(userId), id!);
  assert.equal(whole.bookingLegs.length, 3);
  assert.notEqual(whole.archivedAt, null);
  assert.deepEqual((await getArchivedTrips(caller('another'))).trips, []);
  await assert.rejects(getTrip(caller('another'), id!), { code: 'NOT_FOUND' });
});

test('the owner takes a trip back as it was; it is not archived again at once, nor by others', async () => {
  const [id] = await insert(['2025-01-01']);
  const userId = await owner(id!, 'trips');
  const was = await getTrip(caller(userId), id!);
  await archiveOldTrips(db.service, 6, day('2026-08-31'));
  await assert.rejects(restoreArchivedTrip(caller('another'), id!), { code: 'NOT_FOUND' });
  await restoreArchivedTrip(caller(userId), id!);
  const { updatedAt: _, ...again } = await getTrip(caller(userId), id!);
  const { updatedAt: __, ...before } = was;
  assert.deepEqual(again, before);
  assert.deepEqual([await count('archive.trips'), await count('archive.booking_legs')], [0, 0]);
  await assert.rejects(restoreArchivedTrip(caller(userId), id!), { code: 'NOT_FOUND' });
  const thisDay = day(new Date().toISOString().slice(0, 10));
  assert.equal((await archiveOldTrips(db.service, 6, thisDay)).archived, 0);
  assert.equal((await archiveOldTrips(db.service, 6, (thisDay + 200) as EpochDay)).archived, 1);
});

test('20 restorations of one trip at once: it is there once', async () => {
  const [id] = await insert(['2025-01-01']);
  await archiveOldTrips(db.service, 6, day('2026-08-31'));
  const userId = await owner(id!);
  const done = await Promise.allSettled(
    Array.from({ length: 20 }, () => restoreArchivedTrip(caller(userId), id!)),
  );
  assert.equal(done.filter(({ status }) => status === 'fulfilled').length, 1);
  assert.deepEqual(
    [await count('trips'), await count('booking_legs'), await count('archive.trips')],
    [1, 3, 0],
  );
});

test('the archive is read in pages', async () => {
  const dates = Array.from({ length: 25 }, (_, index) =>
    formatDate((day('2025-01-01') + (index >> 1)) as EpochDay),
  );
  await fillTrips(db.service, { users: 1, dates, status: 'COMPLETED', legs: 0 });
  await archiveOldTrips(db.service, 6, day('2026-08-31'));
  const { rows } = await db.service.query<{ id: string; user_id: string }>({
    text: 'SELECT id, user_id FROM archive.trips ORDER BY date DESC, id',
  });
  const seen: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await getArchivedTrips(caller(rows[0]!.user_id), {
      limit: 10,
      ...(cursor ? { cursor } : {}),
    });
    seen.push(...page.trips.map((trip) => trip.id));
    cursor = page.nextCursor;
  }
  assert.deepEqual(
    seen,
    rows.map((row) => row.id),
  );
});

test('a trip or leg that somebody is changing stays for the next time, and its change is kept', async () => {
  const ids = await insert(['2025-01-01', '2025-01-02', '2025-01-03']);
  const [one, other] = [await db.service.pool.connect(), await db.service.pool.connect()];
  try {
    await one.query('BEGIN');
    await one.query(`UPDATE trips SET passengers = 7 WHERE id = $1`, [ids[0]]);
    await other.query('BEGIN');
    await other.query(`UPDATE booking_legs SET booking_ref = 'late' WHERE trip_id = $1 AND leg_index = 1`, [
      ids[1],
    ]);
    assert.equal((await archiveOldTrips(db.service, 6, day('2026-08-31'))).archived, 1);
  } finally {
    await Promise.all([one.query('COMMIT'), other.query('COMMIT')]);
    one.release();
    other.release();
  }
  assert.equal((await archiveOldTrips(db.service, 6, day('2026-08-31'))).archived, 2);
  assert.equal(await count('archive.trips', `id = '${ids[0]}' AND passengers = 7`), 1);
  assert.equal(await count('archive.booking_legs', `trip_id = '${ids[1]}' AND booking_ref = 'late'`), 1);
});

test('two archivists at once move each trip once', async () => {
  await insert(Array.from({ length: 300 }, () => '2025-01-01'));
  const runs = await Promise.all([1, 2].map(() => archiveOldTrips(db.service, 6, day('2026-08-31'))));
  await archiveOldTrips(db.service, 6, day('2026-08-31'));
  assert.ok(runs[0]!.archived + runs[1]!.archived <= 300);
  assert.deepEqual(
    [await count('trips'), await count('archive.trips'), await count('archive.booking_legs')],
    [0, 300, 900],
  );
});

test('the policies hold in the archive', async () => {
  await insert(['2025-01-01', '2025-01-02']);
  await archiveOldTrips(db.service, 6, day('2026-08-31'));
  const seen = async (): Promise<number> => {
    const { rows } = await db.app.query<{ n: number }>({
      text: 'SELECT (SELECT count(*) FROM archive.trips) + (SELECT count(*) FROM archive.booking_legs) AS n',
    });
    return rows[0]!.n;
  };
  assert.equal(await seen(), 0);
  assert.equal(await asUser('another', seen), 0);
});

test('months are counted by the calendar', () => {
  const cases: [string, number, string][] = [
    ['2026-08-31', 6, '2026-02-28'],
    ['2024-08-31', 6, '2024-02-29'],
    ['2026-08-30', 6, '2026-02-28'],
    ['2026-03-31', 1, '2026-02-28'],
    ['2026-05-15', 6, '2025-11-15'],
    ['2026-01-31', 12, '2025-01-31'],
    ['2026-01-01', 1, '2025-12-01'],
    ['2026-12-31', 25, '2024-11-30'],
  ];
  for (const [from, months, expected] of cases)
    assert.equal(formatDate(monthsBefore(day(from), months)), expected);
});

test('ages that cannot be meant are refused', () => {
  for (const months of [0, -1, 1.5, Number.NaN])
    assert.throws(() => archiveOldTrips(db.service, months), { code: 'INTERNAL' });
});
