/**
 * Whatever is refused at the edge is refused by the database too: each case goes through the use case, and then round
 * it as SQL of the user's own connection.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { asUser } from '../../database/asUser.ts';
import type { Caller } from '../../database/caller.ts';
import { sqlStateOf, toAppError } from '../../database/sqlstate.ts';
import type { AppError } from '../../errors.ts';
import { newId } from '../../units/ids.ts';
import { testDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { bangalore, newCaller, noida, route, tripInput } from '../../../test/support/trips.ts';
import { saveRoute, type SavedRouteInput } from '../saved-routes/index.ts';
import { createTrip, type KeptRoute, markLegBooked } from './index.ts';

/** Arrays in arrays, the innermost `depth` levels below the whole. */
function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = [value];
  return value;
}
const withExtra = (extra: unknown): KeptRoute => ({ ...route(), extra });
const text = (length: number): string => Buffer.alloc(length * 0.75, 'x').toString('base64');
/** Not compressible: a size bound must not count compressed bytes. */
const noise = (length: number): string =>
  Array.from({ length: length / 8 }, (_, n) =>
    Math.imul(n + 1, 2_654_435_761)
      .toString(16)
      .slice(-8)
      .padStart(8, '0'),
  ).join('');

const columns: Record<string, string> = {
  selectedRoute: 'selected_route',
  time: '"time"',
};
const jsonColumns = new Set(['origin', 'destination', 'stops', 'selectedRoute', 'route']);

const refusedTrips: [name: string, fields: Record<string, unknown>][] = [
  ['an origin that is a number', { origin: 42 }],
  ['an origin that is a text', { origin: 'Noida' }],
  ['an origin that is a list', { origin: [noida] }],
  ['an origin without a name', { origin: { id: '1', lat: 1, lng: 1 } }],
  ['an origin with an empty name', { origin: { ...noida, name: '' } }],
  ['a destination north of the pole', { destination: { ...bangalore, lat: 90.1 } }],
  ['a destination past the date line', { destination: { ...bangalore, lng: -180.1 } }],
  ['a latitude as text', { origin: { ...noida, lat: '28.5' } }],
  ['an origin too large', { origin: { ...noida, displayName: noise(9000) } }],
  ['an origin too deep', { origin: { ...noida, city: nested(20) } }],
  ['stops that are no list', { stops: { a: noida } }],
  ['a stop that is no place', { stops: [{ place: 'Jaipur' }] }],
  ['a stop outside the world', { stops: [{ ...noida, lng: 181 }] }],
  ['nine stops', { stops: Array.from({ length: 9 }, () => noida) }],
  ['a stay of minus one minute', { stops: [{ place: noida, dwellMinutes: -1 }] }],
  ['a stay of three weeks', { stops: [{ place: noida, dwellMinutes: 30_240 }] }],
  ['a date that does not exist', { date: '2026-02-30' }],
  ['a date long ago', { date: '1999-12-31' }],
  ['a date far ahead', { date: '2200-01-01' }],
  ['a time that does not exist', { time: '99:99' }],
  ['24 o’clock', { time: '24:00' }],
  ['a time without a leading zero', { time: '8:00' }],
  ['a zone of another planet', { timezone: 'Mars/Olympus' }],
  ['a zone that is an offset', { timezone: '+05:30' }],
  ['no zone', { timezone: '' }],
  ['nobody travelling', { passengers: 0 }],
  ['minus five travelling', { passengers: -5 }],
  ['twenty-one travelling', { passengers: 21 }],
  ['one and a half travelling', { passengers: '1.5' }],
  ['another preference', { preference: 'QUICKEST' }],
  ['a route that is a list', { selectedRoute: [] }],
  ['a route without legs', { selectedRoute: { id: 'x' } }],
  ['a route with no leg', { selectedRoute: { legs: [] } }],
  ['a route with 65 legs', { selectedRoute: { legs: Array.from({ length: 65 }, () => ({ mode: 'bus' })) } }],
  ['a leg that is a text', { selectedRoute: { legs: ['train'] } }],
  ['a leg without a mode', { selectedRoute: { legs: [{ line: 1 }] } }],
  ['a leg with a mode that is no word', { selectedRoute: { legs: [{ mode: 'Train!' }] } }],
  ['a leg that is perhaps booked', { selectedRoute: { legs: [{ mode: 'bus', bookable: 'perhaps' }] } }],
  ['a departure without an offset', { selectedRoute: { ...route(), departure: '2026-12-15T08:00' } }],
  [
    'a departure on a day that does not exist',
    { selectedRoute: { ...route(), departure: '2026-02-30T08:00Z' } },
  ],
  ['an arrival that is a number', { selectedRoute: { ...route(), arrival: 1_790_000_000 } }],
  ['a leg’s arrival that is a word', { selectedRoute: { legs: [{ mode: 'bus', arrival: 'soon' }] } }],
  ['a route larger than 64 KiB', { selectedRoute: withExtra(noise(66_000)) }],
  ['a route that compresses well but is larger than 64 KiB', { selectedRoute: withExtra(text(70_000)) }],
  ['a route 17 levels deep', { selectedRoute: withExtra(nested(16)) }],
  ['a NUL in a route', { selectedRoute: withExtra('a\0b') }],
  ['half a character in a route', { selectedRoute: withExtra('\ud800') }],
];

const refusedLegs: [name: string, details: Record<string, unknown>, assignment: string][] = [
  ['a negative cost', { cost: -1 }, 'cost_minor = -1'],
  ['a cost beyond the column', { cost: 2 ** 31 }, 'cost_minor = 2147483648'],
  ['a currency that is a word', { currency: 'rupees' }, `currency = 'rup'`],
  ['a platform too long', { platform: 'x'.repeat(101) }, `platform = repeat('x', 101)`],
  ['a reference too long', { bookingRef: 'x'.repeat(101) }, `booking_ref = repeat('x', 101)`],
  ['a class too long', { fareClass: 'x'.repeat(41) }, `fare_class = repeat('x', 41)`],
  ['a mode that is no word', { mode: 'Train!' }, `mode = 'Train!'`],
  ['booked without a time', { bookedAt: null }, 'is_booked = true, booked_at = NULL'],
];

/** SQLSTATEs of a value that its column does not take: checks, ranges, formats, characters. */
const refusedValue = /^(23514|22003|22007|22008|22P02|22P05|22001)$/;

const refusedBySql = (error: unknown): boolean => {
  assert.match(sqlStateOf(error) ?? String(error), refusedValue);
  assert.equal((toAppError(error) as AppError).code, 'UNPROCESSABLE');
  return true;
};

describe('validation, twice', () => {
  let db: TestDatabase;
  let asha: Caller;
  before(async () => {
    db = await testDatabase();
    asha = await newCaller(db);
  });
  after(() => db.drop());

  /** As SQL, as a bug or an injection would write it. */
  const insert = (table: string, fields: Record<string, unknown>) =>
    asUser(asha.userId, () => {
      const names = Object.keys(fields);
      return db.app.query({
        text: `INSERT INTO ${table} (id, user_id, ${names.map((name) => columns[name] ?? name).join(', ')})
               VALUES ($1, $2, ${names.map((_, n) => `$${n + 3}`).join(', ')})`,
        values: [
          newId(),
          asha.userId,
          ...names.map((name) => (jsonColumns.has(name) ? JSON.stringify(fields[name]) : fields[name])),
        ],
      });
    });
  const trip = { ...tripInput(), preference: 'BALANCED' };

  for (const [name, fields] of refusedTrips)
    test(`a trip with ${name}`, async () => {
      await assert.rejects(createTrip(asha, { ...trip, ...fields }), { code: 'INVALID_REQUEST' });
      await assert.rejects(insert('trips', { ...trip, ...fields }), refusedBySql);
    });

  for (const [name, fields] of refusedTrips.filter(([, { selectedRoute }]) => selectedRoute !== undefined))
    test(`a saved route: ${name}`, async () => {
      const saved = { origin: noida, destination: bangalore, route: fields['selectedRoute'] };
      await assert.rejects(saveRoute(asha, saved as SavedRouteInput), { code: 'INVALID_REQUEST' });
      await assert.rejects(insert('saved_routes', saved), refusedBySql);
    });

  test('a saved route with a name too long, or with origin, destination or stops that are none', async () => {
    const saved = { origin: noida, destination: bangalore, route: route() };
    for (const fields of [
      { name: 'x'.repeat(201) },
      { origin: 42 },
      { destination: {} },
      { stops: 1 },
      { stops: [1] },
    ]) {
      await assert.rejects(saveRoute(asha, { ...saved, ...fields } as SavedRouteInput), {
        code: 'INVALID_REQUEST',
      });
      await assert.rejects(insert('saved_routes', { ...saved, ...fields }), refusedBySql);
    }
  });

  for (const [name, details, assignment] of refusedLegs)
    test(`a booking with ${name}`, async () => {
      const { id } = await createTrip(asha, tripInput({ selectedRoute: route() }));
      await assert.rejects(markLegBooked(asha, id, 2, details), { code: 'INVALID_REQUEST' });
      const update = { text: `UPDATE booking_legs SET ${assignment} WHERE trip_id = $1`, values: [id] };
      await assert.rejects(
        asUser(asha.userId, () => db.app.query(update)),
        refusedBySql,
      );
    });

  test('what lies just within the bounds is taken by both', async () => {
    const within: Record<string, unknown>[] = [
      { passengers: 20, date: '2199-12-31', time: '23:59', timezone: 'America/Argentina/Buenos_Aires' },
      { origin: { ...noida, lat: -90, lng: 180 }, stops: Array.from({ length: 8 }, () => noida) },
      { selectedRoute: { legs: Array.from({ length: 64 }, () => ({ mode: 'bus' })) } },
      { selectedRoute: withExtra(nested(15)) },
      { selectedRoute: withExtra(noise(60_000)) },
      { selectedRoute: { legs: [{ mode: 'train', departure: '2026-12-15T08:00:30.5Z', arrival: null }] } },
    ];
    for (const fields of within) {
      await createTrip(asha, { ...trip, ...fields });
      await insert('trips', { ...trip, ...fields });
    }
  });

  test('nobody writes a status that is not so: the three that follow from the legs are what they say', async () => {
    const { id } = await createTrip(asha, tripInput({ selectedRoute: route() }));
    const { rows } = await asUser(asha.userId, () =>
      db.app.query<{ status: string; leg_count: number }>({
        text: `UPDATE trips SET status = 'FULLY_BOOKED' WHERE id = $1 RETURNING status, leg_count`,
        values: [id],
      }),
    );
    assert.deepEqual(rows, [{ status: 'PLANNED', leg_count: 3 }]);
  });
});
