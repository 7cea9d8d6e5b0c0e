import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { asUser } from '../../database/asUser.ts';
import type { Caller } from '../../database/caller.ts';
import type { AppError } from '../../errors.ts';
import { newId } from '../../units/ids.ts';
import { testDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { bangalore, newCaller, noida, route, tripInput } from '../../../test/support/trips.ts';
import {
  cancelTrip,
  createTrip,
  deleteTrip,
  getTrip,
  getUserTrips,
  markLegBooked,
  selectRoute,
  uncancelTrip,
  updateTrip,
} from './index.ts';

const refusedAs = (code: AppError['code']) => (error: unknown) => (error as AppError).code === code;
const invalid = { code: 'INVALID_REQUEST' };

describe('trips', () => {
  let db: TestDatabase;
  let asha: Caller;
  let ravi: Caller;
  before(async () => {
    db = await testDatabase();
    [asha, ravi] = await Promise.all([newCaller(db), newCaller(db)]);
  });
  after(() => db.drop());

  describe('§4.1 createTrip', () => {
    test('keeps the trip as the traveller wrote it, in their zone', async () => {
      const trip = await createTrip(asha, tripInput());
      assert.equal(trip.preference, 'BALANCED'); // "balanced", as the pages send it
      assert.equal(trip.status, 'PLANNED');
      // new Date('2026-12-15') in a column without zone: read back in India, the document's trip is on another day.
      assert.equal(trip.date, '2026-12-15');
      assert.equal(trip.time, '08:00');
      assert.equal(trip.timezone, 'Asia/Kolkata');
      assert.equal(trip.startsAt, '2026-12-15T02:30:00.000Z');
      assert.equal(trip.endsAt, '2026-12-15T18:30:00.000Z');
      assert.deepEqual(trip.origin, noida);
      assert.deepEqual(await getTrip(asha, trip.id), trip);
    });

    test('keeps no stops as none: the document writes `stops || null`, which Prisma 7 refuses for JSON', async () => {
      assert.equal((await createTrip(asha, tripInput({ stops: null }))).stops, null);
      assert.deepEqual((await createTrip(asha, tripInput({ stops: [] }))).stops, []);
      const stop = { ...noida, id: '3', name: 'Jaipur' };
      const kept = await createTrip(asha, tripInput({ stops: [stop, { place: stop, dwellMinutes: 240 }] }));
      assert.deepEqual(kept.stops, [
        { place: stop, dwellMinutes: 0 },
        { place: stop, dwellMinutes: 240 },
      ]);
    });

    test('makes a booking leg of each leg that is booked: the document makes none', async () => {
      const trip = await createTrip(asha, tripInput({ selectedRoute: route() }));
      assert.deepEqual(
        trip.bookingLegs.map(({ legIndex, mode, isBooked, departsAt }) => [
          legIndex,
          mode,
          isBooked,
          departsAt,
        ]),
        [
          [1, 'taxi', false, '2026-12-15T02:20:00.000Z'],
          [2, 'train', false, '2026-12-15T04:00:00.000Z'],
          [4, 'auto', false, '2026-12-16T08:10:00.000Z'],
        ],
      );
      assert.equal(trip.legCount, 3);
      assert.equal(trip.startsAt, '2026-12-15T02:10:00.000Z');
      assert.equal(trip.endsAt, '2026-12-16T08:40:00.000Z');
      assert.deepEqual(trip.selectedRoute, route());
    });

    test('refuses what is no trip: the document stores it', async () => {
      const wrong: Record<string, unknown>[] = [
        { preference: 'quickest' }, // `.toUpperCase() as Preference` passes the compiler and fails in the database
        { origin: 42 },
        { origin: { ...noida, lat: 95 } },
        { time: '99:99' },
        { passengers: -5 },
        { passengers: 1.5 },
        { date: '2026-02-30' },
        { timezone: 'Mars/Olympus' },
        { status: 'COMPLETED' }, // not for the caller to say
        { userId: ravi.userId },
      ];
      for (const fields of wrong)
        await assert.rejects(
          createTrip(asha, { ...tripInput(), ...fields }),
          invalid,
          JSON.stringify(fields),
        );
    });

    test('belongs to the caller and to nobody else', async () => {
      const nobody: Caller = { userId: newId(), database: db.app };
      await assert.rejects(createTrip(nobody, tripInput()), refusedAs('CONFLICT'));
      await assert.rejects(createTrip({ ...asha, userId: '' }, tripInput()), refusedAs('UNAUTHENTICATED'));
    });
  });

  describe('§7.1 row-level security', () => {
    test('nobody reads or changes another user’s trip: with the document one forgotten `where` shows them all', async () => {
      const trip = await createTrip(asha, tripInput({ selectedRoute: route() }));
      const attempts: Record<string, () => Promise<unknown>> = {
        getTrip: () => getTrip(ravi, trip.id),
        updateTrip: () => updateTrip(ravi, trip.id, { passengers: 3 }),
        selectRoute: () => selectRoute(ravi, trip.id, null),
        cancelTrip: () => cancelTrip(ravi, trip.id),
        uncancelTrip: () => uncancelTrip(ravi, trip.id),
        deleteTrip: () => deleteTrip(ravi, trip.id),
      };
      for (const [name, attempt] of Object.entries(attempts))
        await assert.rejects(attempt(), refusedAs('NOT_FOUND'), name);
      const ids = (await getUserTrips(ravi, { limit: 100 })).trips.map(({ id }) => id);
      assert.equal(ids.includes(trip.id), false);
      assert.deepEqual(await getTrip(asha, trip.id), trip);
      // The document's getAllTrips: no user named at all, and still only one's own rows.
      assert.equal(await asUser(ravi.userId, () => db.app.prisma.trip.count()), 0);
      assert.equal(await db.app.prisma.trip.count(), 0);
    });

    test('a connection that the policies let through finds no more either', async () => {
      const trip = await createTrip(asha, tripInput());
      await assert.rejects(getTrip({ ...ravi, database: db.service }, trip.id), refusedAs('NOT_FOUND'));
      assert.deepEqual((await getUserTrips({ ...ravi, database: db.service })).trips, []);
    });
  });

  describe('§7.2 getTrip', () => {
    test('takes only an id that can be one', async () => {
      for (const id of ['', '1', 'not-a-cuid', "c1' OR '1'='1"])
        await assert.rejects(getTrip(asha, id), invalid, id);
      await assert.rejects(getTrip(asha, newId()), refusedAs('NOT_FOUND')); // the document answers null
    });

    test('reads a trip in the archive too', async () => {
      const trip = await createTrip(asha, tripInput({ selectedRoute: route() }));
      await toArchive(trip.id);
      const archived = await getTrip(asha, trip.id);
      assert.ok(archived.archivedAt);
      assert.deepEqual({ ...archived, archivedAt: null }, trip);
      await assert.rejects(getTrip(ravi, trip.id), refusedAs('NOT_FOUND'));
      await assert.rejects(cancelTrip(asha, trip.id), refusedAs('CONFLICT'));
      await assert.rejects(deleteTrip(ravi, trip.id), refusedAs('NOT_FOUND'));
      await deleteTrip(asha, trip.id);
      await assert.rejects(getTrip(asha, trip.id), refusedAs('NOT_FOUND'));
    });
  });

  const columns = async (table: string): Promise<string> => {
    const { rows } = await db.service.query<{ names: string }>({
      text: `SELECT string_agg(quote_ident(attname), ', ') AS names FROM pg_attribute
             WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attname <> 'archived_at'`,
      values: [table],
    });
    return rows[0]!.names;
  };
  const toArchive = async (id: string): Promise<void> => {
    const [trip, leg] = await Promise.all([columns('trips'), columns('booking_legs')]);
    await db.service.transaction(async (tx) => {
      await tx.query({
        text: `INSERT INTO archive.trips (${trip}, archived_at) SELECT ${trip}, now() FROM trips WHERE id = '${id}'`,
      });
      await tx.query({
        text: `INSERT INTO archive.booking_legs (${leg}) SELECT ${leg} FROM booking_legs WHERE trip_id = '${id}'`,
      });
      await tx.query({ text: `DELETE FROM trips WHERE id = '${id}'` });
    });
  };

  describe('updateTrip', () => {
    test('changes what is named and leaves the rest', async () => {
      const trip = await createTrip(asha, tripInput({ stops: [noida] }));
      const changed = await updateTrip(asha, trip.id, { passengers: 4, time: null });
      assert.deepEqual(
        { ...changed, updatedAt: '' },
        {
          ...trip,
          passengers: 4,
          time: null,
          startsAt: '2026-12-14T18:30:00.000Z',
          updatedAt: '',
        },
      );
      assert.equal((await updateTrip(asha, trip.id, { stops: null })).stops, null);
      assert.ok(changed.updatedAt > trip.updatedAt);
    });

    test('refuses nothing, and what is no change', async () => {
      const { id } = await createTrip(asha, tripInput());
      for (const changes of [{}, { passengers: 0 }, { id: newId() }, { status: 'COMPLETED' }])
        await assert.rejects(updateTrip(asha, id, changes), invalid);
      await assert.rejects(updateTrip(asha, newId(), { passengers: 1 }), refusedAs('NOT_FOUND'));
    });

    test('a route that no longer fits goes, with its legs; the same values change nothing', async () => {
      const trip = await createTrip(asha, tripInput({ selectedRoute: route() }));
      const same = await updateTrip(asha, trip.id, { date: trip.date, origin: trip.origin, passengers: 3 });
      assert.deepEqual(same.selectedRoute, trip.selectedRoute);
      assert.deepEqual(same.bookingLegs, trip.bookingLegs);
      const moved = await updateTrip(asha, trip.id, { date: '2026-12-20' });
      assert.equal(moved.selectedRoute, null);
      assert.equal(moved.legCount, 0);
      assert.deepEqual(moved.bookingLegs, []);
    });

    test('a booked leg is not lost by it', async () => {
      const trip = await createTrip(asha, tripInput({ selectedRoute: route() }));
      await markLegBooked(asha, trip.id, 2, { platform: 'IRCTC', bookingRef: '4512345678' });
      await assert.rejects(updateTrip(asha, trip.id, { destination: noida }), refusedAs('CONFLICT'));
      const kept = await getTrip(asha, trip.id);
      assert.deepEqual(kept.destination, bangalore);
      assert.equal(kept.status, 'PARTIALLY_BOOKED');
    });
  });

  describe('selectRoute', () => {
    test('carries the booking of the same ride over to where it is now', async () => {
      const trip = await createTrip(asha, tripInput({ selectedRoute: route() }));
      const train = await markLegBooked(asha, trip.id, 2, {
        platform: 'IRCTC',
        bookingRef: '4512345678',
        cost: 212_000,
      });
      const other = { ...route(), legs: route().legs.slice(2) }; // straight to the station: the train is leg 0 now
      const changed = await selectRoute(asha, trip.id, other);
      assert.deepEqual(
        changed.bookingLegs.map(({ legIndex, mode, isBooked }) => [legIndex, mode, isBooked]),
        [
          [0, 'train', true],
          [2, 'auto', false],
        ],
      );
      assert.deepEqual(changed.bookingLegs[0], { ...train, legIndex: 0 });
      assert.equal(changed.status, 'PARTIALLY_BOOKED');
      assert.equal(changed.legCount, 2);
    });

    test('refuses to lose a booked ride; once taken back it goes', async () => {
      const trip = await createTrip(asha, tripInput({ selectedRoute: route() }));
      await markLegBooked(asha, trip.id, 2);
      const other = route('2026-12-15', '12628');
      await assert.rejects(selectRoute(asha, trip.id, other), (error: AppError) => {
        assert.equal(error.code, 'CONFLICT');
        assert.deepEqual(error.facts, { legIndexes: [2] });
        return true;
      });
      await assert.rejects(selectRoute(asha, trip.id, null), refusedAs('CONFLICT'));
    });

    test('makes a fully booked trip partly booked when there is more to book', async () => {
      const whole = route();
      const trip = await createTrip(asha, tripInput({ selectedRoute: { ...whole, legs: [whole.legs[2]!] } }));
      await markLegBooked(asha, trip.id, 0);
      assert.equal((await getTrip(asha, trip.id)).status, 'FULLY_BOOKED');
      assert.equal((await selectRoute(asha, trip.id, whole)).status, 'PARTIALLY_BOOKED');
    });
  });

  describe('cancelTrip, uncancelTrip, deleteTrip', () => {
    test('cancelled and back: the status is what the legs say', async () => {
      const trip = await createTrip(asha, tripInput({ selectedRoute: route() }));
      await markLegBooked(asha, trip.id, 1);
      assert.equal((await cancelTrip(asha, trip.id)).status, 'CANCELLED');
      assert.equal((await cancelTrip(asha, trip.id)).status, 'CANCELLED');
      assert.equal((await uncancelTrip(asha, trip.id)).status, 'PARTIALLY_BOOKED');
      assert.equal((await uncancelTrip(asha, trip.id)).status, 'PARTIALLY_BOOKED');
    });

    test('a trip that is over is not cancelled', async () => {
      const trip = await createTrip(asha, tripInput());
      await db.service.query({
        text: `UPDATE trips SET status = 'COMPLETED' WHERE id = $1`,
        values: [trip.id],
      });
      await assert.rejects(cancelTrip(asha, trip.id), refusedAs('CONFLICT'));
    });

    test('deleted with its legs', async () => {
      const trip = await createTrip(asha, tripInput({ selectedRoute: route() }));
      await deleteTrip(asha, trip.id);
      await assert.rejects(deleteTrip(asha, trip.id), refusedAs('NOT_FOUND'));
      const { rows } = await db.service.query({
        text: 'SELECT FROM booking_legs WHERE trip_id = $1',
        values: [trip.id],
      });
      assert.equal(rows.length, 0);
    });
  });
});
