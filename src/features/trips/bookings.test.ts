import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Caller } from '../../database/caller.ts';
import type { AppError } from '../../errors.ts';
import { newId } from '../../units/ids.ts';
import { testDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { newCaller, route, tripInput } from '../../../test/support/trips.ts';
import {
  cancelTrip,
  createTrip,
  getTrip,
  markAllLegsBooked,
  markLegBooked,
  selectRoute,
  unbookLeg,
} from './index.ts';

const refusedAs = (code: AppError['code']) => (error: unknown) => (error as AppError).code === code;
const invalid = { code: 'INVALID_REQUEST' };
const threeTrains = { legs: [{ mode: 'train' }, { mode: 'train' }, { mode: 'bus' }] };

describe('bookings', () => {
  let db: TestDatabase;
  let asha: Caller;
  let ravi: Caller;
  before(async () => {
    db = await testDatabase();
    [asha, ravi] = await Promise.all([newCaller(db), newCaller(db)]);
  });
  after(() => db.drop());

  const newTrip = (caller = asha) => createTrip(caller, tripInput({ selectedRoute: route() }));
  const statusOf = async (id: string): Promise<string> => (await getTrip(asha, id)).status;

  describe('§4.3 markLegBooked', () => {
    test('records the booking; the mode is the route’s: the document’s upsert names no mode and no unique key, and fails', async () => {
      const trip = await newTrip();
      const leg = await markLegBooked(asha, trip.id, 2, {
        platform: 'IRCTC',
        bookingRef: '4512345678',
        cost: 212_050, // paise: the document keeps 2120.5 in a float
        fareClass: '3A',
      });
      assert.equal(leg.id, trip.bookingLegs[1]?.id);
      const { mode, isBooked, platform, bookingRef, cost, currency, fareClass } = leg;
      assert.deepEqual(
        { mode, isBooked, platform, bookingRef, cost, currency, fareClass },
        {
          mode: 'train',
          isBooked: true,
          platform: 'IRCTC',
          bookingRef: '4512345678',
          cost: 212_050,
          currency: 'INR',
          fareClass: '3A',
        },
      );
      assert.ok(Math.abs(Date.parse(leg.bookedAt!) - Date.now()) < 60_000);
    });

    test('the status follows: in the document nothing ever changes it', async () => {
      const { id } = await newTrip();
      const seen = [await statusOf(id)];
      for (const leg of [1, 2, 4]) {
        await markLegBooked(asha, id, leg);
        seen.push(await statusOf(id));
      }
      await unbookLeg(asha, id, 2);
      seen.push(await statusOf(id));
      for (const leg of [1, 4]) await unbookLeg(asha, id, leg);
      seen.push(await statusOf(id));
      assert.deepEqual(seen, [
        'PLANNED',
        'PARTIALLY_BOOKED',
        'PARTIALLY_BOOKED',
        'FULLY_BOOKED',
        'PARTIALLY_BOOKED',
        'PLANNED',
      ]);
    });

    test('again: one row, the first time, new details over old ones', async () => {
      const { id } = await newTrip();
      const first = await markLegBooked(asha, id, 1, { platform: 'Ola', cost: 45_000, fareClass: 'Mini' });
      const second = await markLegBooked(asha, id, 1, { bookingRef: 'CRN1' });
      assert.deepEqual(second, { ...first, bookingRef: 'CRN1' });
    });

    test('null empties, with a route and without', async () => {
      const { id } = await createTrip(asha, tripInput());
      const known = { platform: 'Ola', bookingRef: 'CRN1', cost: 45_000, fareClass: 'Mini' };
      for (const [tripId, leg] of [
        [(await newTrip()).id, 1],
        [id, 0],
      ] as const) {
        const first = await markLegBooked(asha, tripId, leg, { ...known, mode: 'taxi' });
        const second = await markLegBooked(asha, tripId, leg, { bookingRef: null, cost: null, mode: 'taxi' });
        assert.deepEqual(second, { ...first, bookingRef: null, cost: null });
        const third = await markLegBooked(asha, tripId, leg, {
          platform: null,
          fareClass: null,
          mode: 'taxi',
        });
        assert.deepEqual([third.platform, third.fareClass, third.isBooked], [null, null, true]);
      }
    });

    test('a trip without a route takes the mode from the caller', async () => {
      const { id } = await createTrip(asha, tripInput());
      await assert.rejects(markLegBooked(asha, id, 0, { platform: 'IRCTC' }), refusedAs('UNPROCESSABLE'));
      const leg = await markLegBooked(asha, id, 0, { platform: 'IRCTC', mode: 'train' });
      assert.equal(leg.mode, 'train');
      assert.equal(await statusOf(id), 'FULLY_BOOKED');
      // A route chosen later takes the booking over, class and all, where it has the same leg.
      await markLegBooked(asha, id, 0, { mode: 'train', fareClass: 'SL' });
      const chosen = await selectRoute(asha, id, threeTrains);
      assert.equal(chosen.bookingLegs[0]?.id, leg.id);
      assert.equal(chosen.bookingLegs[0].fareClass, 'SL');
      assert.equal(chosen.status, 'PARTIALLY_BOOKED');
    });

    test('refuses legs that are not booked, are not there or have another mode', async () => {
      const { id } = await newTrip();
      await assert.rejects(markLegBooked(asha, id, 0), refusedAs('UNPROCESSABLE')); // a walk
      await assert.rejects(markLegBooked(asha, id, 3), refusedAs('UNPROCESSABLE')); // says it is not
      await assert.rejects(markLegBooked(asha, id, 5), refusedAs('NOT_FOUND'));
      await assert.rejects(markLegBooked(asha, id, 2, { mode: 'bus' }), refusedAs('UNPROCESSABLE'));
      await assert.rejects(markLegBooked(asha, newId(), 2), refusedAs('NOT_FOUND'));
      assert.equal(await statusOf(id), 'PLANNED');
    });

    test('refuses details that are none: the document spreads whatever comes into the row', async () => {
      const { id } = await newTrip();
      const wrong: Record<string, unknown>[] = [
        { cost: -1 },
        { cost: 99.5 },
        { cost: 2 ** 31 },
        { currency: 'rupees' },
        { platform: '' },
        { platform: 'x'.repeat(101) },
        { bookingRef: 'a\nb' },
        { isBooked: false },
        { tripId: newId() },
      ];
      for (const details of wrong)
        await assert.rejects(markLegBooked(asha, id, 2, details), invalid, JSON.stringify(details));
      for (const index of [-1, 64, 1.5]) await assert.rejects(markLegBooked(asha, id, index), invalid);
    });

    test('a cancelled trip is not booked, but what it has can be taken back', async () => {
      const { id } = await newTrip();
      await markLegBooked(asha, id, 1, { fareClass: 'Mini' });
      await cancelTrip(asha, id);
      await assert.rejects(markLegBooked(asha, id, 2), refusedAs('CONFLICT'));
      await assert.rejects(markAllLegsBooked(asha, id), refusedAs('CONFLICT'));
      const undone = await unbookLeg(asha, id, 1);
      assert.deepEqual([undone.isBooked, undone.fareClass], [false, null]);
      assert.equal(await statusOf(id), 'CANCELLED');
    });

    test('another user’s leg is not found: the document asks for no user, so anybody marks anybody’s', async () => {
      const trip = await newTrip();
      await markLegBooked(asha, trip.id, 1);
      await assert.rejects(markLegBooked(ravi, trip.id, 2), refusedAs('NOT_FOUND'));
      await assert.rejects(unbookLeg(ravi, trip.id, 1), refusedAs('NOT_FOUND'));
      const all = { ...ravi, database: db.service };
      await assert.rejects(markLegBooked(all, trip.id, 2), refusedAs('NOT_FOUND'));
      await assert.rejects(unbookLeg(all, trip.id, 1), refusedAs('NOT_FOUND'));
      assert.equal(await statusOf(trip.id), 'PARTIALLY_BOOKED');
    });

    test('3 legs booked at the same time on each of 500 trips: 500 right. Counting in code: 293 of 300 wrong', async () => {
      const ids: string[] = [];
      for (let made = 0; made < 500; made += 50)
        ids.push(
          ...(await Promise.all(
            Array.from(
              { length: 50 },
              async () => (await createTrip(asha, tripInput({ selectedRoute: threeTrains }))).id,
            ),
          )),
        );
      for (let from = 0; from < ids.length; from += 10)
        await Promise.all(
          ids.slice(from, from + 10).flatMap((id) => [0, 1, 2].map((leg) => markLegBooked(asha, id, leg))),
        );
      const { rows } = await db.service.query<{ status: string; n: number }>({
        text: 'SELECT status, count(*) AS n FROM trips WHERE id = ANY ($1) GROUP BY status',
        values: [ids],
      });
      assert.deepEqual(rows, [{ status: 'FULLY_BOOKED', n: 500 }]);
    });

    test('1,000 bookings of one leg at the same time: one row', async () => {
      const { id } = await newTrip();
      const legs = await Promise.all(
        Array.from({ length: 1000 }, (_, n) => markLegBooked(asha, id, 2, { bookingRef: `PNR${n}` })),
      );
      assert.equal(new Set(legs.map((leg) => leg.id)).size, 1);
      assert.equal(new Set(legs.map((leg) => leg.bookedAt)).size, 1);
      const { rows } = await db.service.query<{ n: number }>({
        text: 'SELECT count(*) AS n FROM booking_legs WHERE trip_id = $1 AND leg_index = 2',
        values: [id],
      });
      assert.equal(rows[0]?.n, 1);
    });

    test('booked while another route is chosen: a leg of the route that is there in the end', async () => {
      const { id } = await createTrip(asha, tripInput({ selectedRoute: threeTrains }));
      const shorter = { legs: [{ mode: 'flight' }] };
      for (let round = 0; round < 20; round++) {
        await selectRoute(asha, id, threeTrains);
        const [chosen, booking] = await Promise.allSettled([
          selectRoute(asha, id, shorter),
          markLegBooked(asha, id, 2),
        ]);
        // Either the booking came first, and the route must not lose it, or the route did, and has no such leg.
        if (chosen.status === 'rejected')
          assert.ok(refusedAs('CONFLICT')(chosen.reason), String(chosen.reason));
        if (booking.status === 'rejected')
          assert.ok(refusedAs('NOT_FOUND')(booking.reason), String(booking.reason));
        assert.notEqual(chosen.status, booking.status);
        const trip = await getTrip(asha, id);
        const modes = trip.selectedRoute?.legs.map((leg) => leg.mode) ?? [];
        assert.deepEqual(
          trip.bookingLegs.map((leg) => leg.mode),
          modes,
        );
        const booked = trip.bookingLegs.filter((leg) => leg.isBooked);
        assert.equal(trip.status, booked.length > 0 ? 'PARTIALLY_BOOKED' : 'PLANNED');
        for (const leg of booked) await unbookLeg(asha, id, leg.legIndex);
      }
    });
  });

  describe('§8.2 markAllLegsBooked', () => {
    test('by leg ids, of several trips: sets the time, which the document’s batch leaves empty', async () => {
      const [one, other] = await Promise.all([newTrip(), newTrip()]);
      const ids = [...one.bookingLegs, other.bookingLegs[0]!].map((leg) => leg.id);
      const { count, legs } = await markAllLegsBooked(asha, [...ids, ids[0]!], { bookingRef: 'GROUP1' });
      assert.equal(count, 4);
      for (const leg of legs) assert.ok(leg.isBooked && leg.bookedAt && leg.bookingRef === 'GROUP1');
      assert.equal(await statusOf(one.id), 'FULLY_BOOKED');
      assert.equal(await statusOf(other.id), 'PARTIALLY_BOOKED');
    });

    test('one that is not yours: nothing is written. The document marks them all', async () => {
      const [mine, theirs] = await Promise.all([newTrip(asha), newTrip(ravi)]);
      for (const foreign of [theirs.bookingLegs[0]!.id, newId()]) {
        const ids = [mine.bookingLegs[0]!.id, foreign];
        await assert.rejects(markAllLegsBooked(asha, ids), refusedAs('NOT_FOUND'));
        await assert.rejects(
          markAllLegsBooked({ ...asha, database: db.service }, ids),
          refusedAs('NOT_FOUND'),
        );
      }
      await assert.rejects(markAllLegsBooked(asha, theirs.id), refusedAs('NOT_FOUND'));
      assert.equal(await statusOf(mine.id), 'PLANNED');
      assert.equal((await getTrip(ravi, theirs.id)).status, 'PLANNED');
    });

    test('a whole trip, its walk and its metro left out', async () => {
      const { id } = await newTrip();
      const first = await markLegBooked(asha, id, 1, { bookingRef: 'CRN1' });
      const { count, legs } = await markAllLegsBooked(asha, id, { platform: 'Agent' });
      assert.equal(count, 3);
      assert.deepEqual(
        legs.map((leg) => [leg.legIndex, leg.platform, leg.bookingRef]),
        [
          [1, 'Agent', 'CRN1'],
          [2, 'Agent', null],
          [4, 'Agent', null],
        ],
      );
      assert.equal(legs[0]?.bookedAt, first.bookedAt);
      assert.equal(await statusOf(id), 'FULLY_BOOKED');
    });

    test('a trip with nothing to book', async () => {
      const { id } = await createTrip(asha, tripInput());
      await assert.rejects(markAllLegsBooked(asha, id), refusedAs('UNPROCESSABLE'));
      await markLegBooked(asha, id, 0, { mode: 'train' });
      await unbookLeg(asha, id, 0);
      assert.equal((await markAllLegsBooked(asha, id)).count, 1);
    });

    test('one data statement, however many legs: no N+1', async () => {
      const trip = await newTrip();
      const texts: string[] = [];
      const counted: Caller = {
        userId: asha.userId,
        database: {
          query: (statement) => (texts.push(statement.text), db.app.query(statement)),
          transaction: (work) =>
            db.app.transaction((tx) =>
              work({ query: (statement) => (texts.push(statement.text), tx.query(statement)) }),
            ),
        },
      };
      await markAllLegsBooked(
        counted,
        trip.bookingLegs.map((leg) => leg.id),
      );
      assert.equal(texts.length, 1);
      await markAllLegsBooked(counted, trip.id);
      assert.equal(texts.length, 2);
    });

    test('refuses what are no ids', async () => {
      for (const ids of [[], ['x'], '']) await assert.rejects(markAllLegsBooked(asha, ids), invalid);
    });

    test('batches over the same trips in opposite order do not deadlock', async () => {
      const trips = await Promise.all(Array.from({ length: 8 }, () => newTrip()));
      const ids = trips.flatMap((trip) => trip.bookingLegs.map((leg) => leg.id));
      await Promise.all(
        Array.from({ length: 40 }, (_, n) => markAllLegsBooked(asha, n % 2 ? ids : ids.toReversed())),
      );
      for (const trip of trips) assert.equal(await statusOf(trip.id), 'FULLY_BOOKED');
    });
  });
});
