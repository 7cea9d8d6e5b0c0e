import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import type { Caller } from '../../database/caller.ts';
import { testDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { newCaller, noida, route, tripInput } from '../../../test/support/trips.ts';
import { cancelTrip, createTrip, getUserTrips } from './index.ts';

const invalid = { code: 'INVALID_REQUEST' };

describe('§4.2 getUserTrips', () => {
  let db: TestDatabase;
  let traveller: Caller;
  const dates = [
    '2026-12-01',
    '2026-12-05',
    '2026-12-05',
    '2026-12-05',
    '2026-12-09',
    '2027-01-02',
    '2027-01-02',
  ];
  before(async () => {
    db = await testDatabase();
    traveller = await newCaller(db);
    for (const date of dates) await createTrip(traveller, tripInput({ date, selectedRoute: route(date) }));
  });

  after(() => db.drop());

  test('pages: every trip once, latest date first. The document answers all there are, in no order within a day', async () => {
    const seen: { date: string; id: string }[] = [];
    let cursor: string | undefined;
    let pages = 0;
    do {
      const page = await getUserTrips(traveller, { limit: 2, ...(cursor === undefined ? {} : { cursor }) });
      seen.push(...page.trips);
      pages++;
      cursor = page.nextCursor ?? undefined;
      // A trip that is new meanwhile neither repeats nor hides another one.
      if (pages === 1) await createTrip(traveller, tripInput({ date: '2027-05-05' }));
    } while (cursor !== undefined);
    assert.equal(pages, 4);
    assert.deepEqual(
      seen.map((trip) => trip.date),
      dates.toSorted().toReversed(),
    );
    assert.equal(new Set(seen.map((trip) => trip.id)).size, dates.length);
  });

  test('soonest first is the same list the other way round, page by page', async () => {
    const ids = async (order: 'latest' | 'soonest', limit: number): Promise<string[]> => {
      const seen: string[] = [];
      for (let cursor: string | undefined, more = true; more;) {
        const page = await getUserTrips(traveller, {
          limit,
          order,
          ...(cursor === undefined ? {} : { cursor }),
        });
        seen.push(...page.trips.map(({ id }) => id));
        more = page.nextCursor !== null;
        cursor = page.nextCursor ?? undefined;
      }
      return seen;
    };
    const latest = await ids('latest', 100);
    assert.ok(latest.length > 6);
    assert.deepEqual(await ids('soonest', 2), latest.toReversed());
  });

  test('answers the legs with each trip and no route: the document sends every route blob', async () => {
    const { trips } = await getUserTrips(traveller, { limit: 1 });
    const { trips: older } = await getUserTrips(traveller, { limit: 100 });
    assert.equal(trips.length, 1);
    assert.deepEqual(
      older.find(({ legCount }) => legCount > 0)?.bookingLegs.map((leg) => leg.legIndex),
      [1, 2, 4],
    );
    for (const trip of older) assert.equal('selectedRoute' in trip, false);
  });

  test('asks the database once', async () => {
    let statements = 0;
    const counted: Caller = {
      userId: traveller.userId,
      database: {
        query: (statement) => (statements++, db.app.query(statement)),
        transaction: (work) => (statements++, db.app.transaction(work)),
      },
    };
    await getUserTrips(counted, { limit: 5 });
    assert.equal(statements, 1);
  });

  test('filters by status', async () => {
    const all = await getUserTrips(traveller, {});
    await cancelTrip(traveller, all.trips[0]!.id);
    const { trips } = await getUserTrips(traveller, { status: ['CANCELLED'] });
    assert.deepEqual(
      trips.map((trip) => trip.id),
      [all.trips[0]!.id],
    );
  });

  test('refuses a cursor that is none, and a page too large', async () => {
    for (const query of [
      { cursor: "2026-12-05_c' OR true" },
      { cursor: '2026-13-05_cabcdefgh' },
      { limit: 0 },
      { limit: 1000 },
    ])
      await assert.rejects(getUserTrips(traveller, query), invalid, JSON.stringify(query));
  });

  test('a page is a range of the index, not a sort of all trips', async () => {
    const many = await newCaller(db);
    await db.service.query({
      text: `INSERT INTO trips (id, user_id, origin, destination, date)
             SELECT 'cplan' || g, $1, $2, $2, DATE '2010-01-01' + g FROM generate_series(1, 3000) g`,
      values: [many.userId, JSON.stringify(noida)],
    });
    const owner = new pg.Client({ connectionString: db.ownerUrl });
    await owner.connect();
    await owner.query('ANALYZE trips');
    await owner.end();
    let plan = '';
    const explained: Caller = {
      userId: many.userId,
      database: {
        transaction: (work) => db.app.transaction(work),
        query: async (statement) => {
          const { text, values = [] } = statement;
          const { rows } = await db.app.query<{ 'QUERY PLAN': string }>({
            text: `EXPLAIN ${text}`,
            values,
          });
          plan = rows.map((row) => row['QUERY PLAN']).join('\n');
          return db.app.query(statement);
        },
      },
    };
    for (const order of ['latest', 'soonest'] as const) {
      const { trips } = await getUserTrips(explained, { cursor: '2015-01-01_cplan1000', order });
      assert.equal(trips.length, 20);
      assert.match(plan, /Index.*Scan.* using trips_user_id_date_id_idx on trips p/);
      assert.doesNotMatch(plan, /Sort|Seq Scan on trips/);
    }
  });
});
