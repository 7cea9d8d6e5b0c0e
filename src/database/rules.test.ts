/** What the schema itself refuses or derives, whoever writes. */
import assert from 'node:assert/strict';
import test, { after, before, suite } from 'node:test';
import { testDatabase } from '../../test/support/database.ts';
import type { TestDatabase } from '../../test/support/database.ts';
import { asUser } from './asUser.ts';

const place = { id: '1', name: 'Noida', lat: 28.5, lng: 77.4 };
const date = new Date('2026-12-01');

const route = (...bookable: boolean[]) => ({
  legs: bookable.map((is, index) => ({ index, mode: is ? 'train' : 'walk', bookable: is })),
});

suite('database rules', () => {
  let db: TestDatabase;
  before(async () => {
    db = await testDatabase();
    await db.service.prisma.user.create({ data: { id: 'u', email: 'u@example.org' } });
  });
  after(() => db.drop());

  const makeTrip = (more: object = {}) =>
    db.service.prisma.trip.create({
      data: { userId: 'u', origin: place, destination: place, date, ...more },
    });
  const book = (tripId: string, legIndex: number, isBooked = true) =>
    asUser('u', () =>
      db.app.query({
        name: 'book',
        text: `INSERT INTO booking_legs (id, user_id, trip_id, leg_index, mode, is_booked, booked_at)
               VALUES (gen_random_uuid()::text, 'u', $1, $2, 'train', $3, CASE WHEN $3 THEN now() END)
               ON CONFLICT (trip_id, leg_index) DO UPDATE SET is_booked = excluded.is_booked, booked_at = excluded.booked_at`,
        values: [tripId, legIndex, isBooked],
      }),
    );
  const stateOf = async (id: string) =>
    (await db.service.prisma.trip.findUniqueOrThrow({ where: { id } })).status;

  test('good values are taken', async () => {
    const trip = await makeTrip({
      stops: [place],
      time: '23:59',
      passengers: 20,
      selectedRoute: route(true, false),
    });
    assert.deepEqual([trip.bookableLegs, trip.legCount, trip.status], [[0], 1, 'PLANNED']);
    await db.service.prisma.user.create({ data: { email: 'ü@example.org', phone: '+911234567890' } });
  });

  const deep = (levels: number): unknown => (levels === 0 ? 1 : { legs: deep(levels - 1) });
  const badTrips: Record<string, object> = {
    'origin 42': { origin: 42 },
    'an origin without a name': { origin: { lat: 1, lng: 1 } },
    'a latitude as text': { origin: { ...place, lat: '28' } },
    'a latitude of 91': { destination: { ...place, lat: 91 } },
    'a huge origin': { origin: { ...place, more: 'x'.repeat(9000) } },
    'stops that are no array': { stops: place },
    'a JSON null': { stops: null },
    'time 99:99': { time: '99:99' },
    '0 passengers': { passengers: 0 },
    '-5 passengers': { passengers: -5 },
    'zone Mars/Olympus': { timezone: 'Mars/Olympus' },
    'an offset as zone': { timezone: '+05:30' },
    'the year 9999': { date: new Date('9999-01-01') },
    'a route of 70 KB': { selectedRoute: { ...route(true), blob: 'x'.repeat(70_000) } },
    'a route 17 levels deep': { selectedRoute: { ...route(true), more: deep(16) } },
    'a route with 70 legs': { selectedRoute: route(...Array.from({ length: 70 }, () => true)) },
  };
  for (const [what, values] of Object.entries(badTrips))
    test(`${what} is refused`, async () => {
      const { Prisma } = await import('./generated/client.ts');
      const data = 'stops' in values && values.stops === null ? { stops: Prisma.JsonNull } : values;
      await assert.rejects(makeTrip(data), (error: Error) => {
        assert.match(error.message, /violates check constraint|23514/);
        return true;
      });
    });

  test('a route 16 levels deep is taken', async () => {
    const { id } = await makeTrip({ selectedRoute: { ...route(true), more: deep(15) } });
    assert.equal(await stateOf(id), 'PLANNED');
  });

  const badStatements: Record<string, string> = {
    'an upper-case e-mail': `INSERT INTO users (id, email) VALUES ('x', 'A@x.org')`,
    'a phone that is not E.164': `INSERT INTO users (id, email, phone) VALUES ('x', 'x@x.org', '0123')`,
    'a clear session token': `INSERT INTO sessions (id, user_id, session_token, expires) VALUES ('s', 'u', 'secret', now())`,
    'a provider token': `INSERT INTO accounts (id, user_id, type, provider, provider_account_id, access_token) VALUES ('a', 'u', 'oauth', 'g', '1', 'secret')`,
    'an IP address': `INSERT INTO search_queries (id, origin, destination, date, passengers, preference, routes_found, ip_hash)
      VALUES ('q', '{"name":"a","lat":1,"lng":1}', '{"name":"a","lat":1,"lng":1}', now(), 1, 'BALANCED', 0, '2001:db8:85a3:8d3:1319:8a2e:370:7348')`,
    'an address not normalised': `INSERT INTO cached_geocodes (id, address, lat, lng, display_name, expires_at) VALUES ('g', 'Connaught  Place', 1, 1, 'x', now() + interval '1 day')`,
    'a cached route that ends before it begins': `INSERT INTO cached_routes (id, cache_key, origin, destination, date, preference, routes, total_results, expires_at) VALUES ('r', 'k', '{}', '{}', now(), 'BALANCED', '[]', 0, now() - interval '1 day')`,
    'a notice of unknown severity': `INSERT INTO network_notices (id, network_id, severity, code, feed, message) VALUES ('n', 'n', 'BAD', 'c', 'f', 'm')`,
  };
  for (const [what, text] of Object.entries(badStatements))
    test(`${what} is refused`, () => assert.rejects(db.service.query({ text }), { code: '23514' }));

  test('a leg is booked exactly when it has a time of booking; costs are not negative', async () => {
    const { id } = await makeTrip();
    const insert = (columns: string, values: string) =>
      db.service.query({
        text: `INSERT INTO booking_legs (id, user_id, trip_id, leg_index, mode, ${columns}) VALUES (gen_random_uuid()::text, 'u', $1, 0, 'bus', ${values})`,
        values: [id],
      });
    await assert.rejects(insert('is_booked', 'true'), { code: '23514' });
    await assert.rejects(insert('cost_minor', '-1'), { code: '23514' });
    await insert('is_booked, booked_at', 'true, now()');
    await assert.rejects(insert('cost_minor', '1'), { code: '23505' });
  });

  test('the status follows the legs of the route', async () => {
    const { id } = await makeTrip({ selectedRoute: route(true, false, true) });
    await book(id, 0);
    assert.equal(await stateOf(id), 'PARTIALLY_BOOKED');
    await book(id, 1);
    assert.equal(await stateOf(id), 'PARTIALLY_BOOKED', 'a booked walk is not a leg to book');
    await book(id, 2);
    assert.equal(await stateOf(id), 'FULLY_BOOKED');
    await book(id, 2, false);
    assert.equal(await stateOf(id), 'PARTIALLY_BOOKED');
    await db.service.prisma.trip.update({ where: { id }, data: { selectedRoute: route(false, true) } });
    assert.equal(await stateOf(id), 'FULLY_BOOKED', 'leg 1 is the only one of the new route');
    await db.service.prisma.bookingLeg.deleteMany({ where: { tripId: id } });
    assert.equal(await stateOf(id), 'PLANNED');
  });

  test('a derived status cannot be lied about; cancelled stays until taken back', async () => {
    const { id } = await makeTrip({ status: 'FULLY_BOOKED', selectedRoute: route(true, true) });
    assert.equal(await stateOf(id), 'PLANNED');
    await db.service.prisma.trip.update({ where: { id }, data: { status: 'CANCELLED' } });
    await book(id, 0);
    assert.equal(await stateOf(id), 'CANCELLED');
    await asUser('u', () => db.app.prisma.trip.update({ where: { id }, data: { status: 'PLANNED' } }));
    assert.equal(await stateOf(id), 'PARTIALLY_BOOKED');
  });

  test('concurrent bookings of one trip end right, every time', async () => {
    const trips = await Promise.all(
      Array.from({ length: 150 }, () => makeTrip({ selectedRoute: route(true, true, true) })),
    );
    await Promise.all(trips.flatMap(({ id }) => [0, 1, 2].map((leg) => book(id, leg))));
    const states = await Promise.all(trips.map(({ id }) => stateOf(id)));
    assert.deepEqual(new Set(states), new Set(['FULLY_BOOKED']));
  });

  test('at most one network is active, and activating one is announced', async () => {
    const heard: string[] = [];
    const listener = await db.app.pool.connect();
    listener.on('notification', ({ payload }) => heard.push(payload ?? ''));
    await listener.query('LISTEN network_activated');
    const insert = (id: string, active: boolean) =>
      db.service.query({
        text: `INSERT INTO networks (id, name, is_active, activated_at, valid_from, valid_to, image_hash, image_size, image, stats, feeds)
               VALUES ($1, 'n', $2, now(), '2026-01-01', '2026-12-31', repeat('a', 64), 1, 'x', '{}', '[]')`,
        values: [id, active],
      });
    await insert('n1', true);
    await insert('n2', false);
    await assert.rejects(insert('n3', true), { code: '23505' });
    await db.service.transaction(async (tx) => {
      await tx.query({ text: 'UPDATE networks SET is_active = false WHERE is_active' });
      await tx.query({ text: `UPDATE networks SET is_active = true, activated_at = now() WHERE id = 'n2'` });
    });
    await listener.query('SELECT 1');
    listener.release(true);
    assert.deepEqual(heard, ['n1', 'n2']);
    assert.equal(await db.app.prisma.network.count({ where: { isActive: true } }), 1, 'rs_app may read');
    await assert.rejects(db.app.query({ text: 'DELETE FROM networks' }), { code: '42501' });
  });

  test('erasing a user takes everything of theirs, and leaves analytics without them', async () => {
    const { service } = db;
    await service.prisma.user.create({ data: { id: 'gone', email: 'gone@example.org' } });
    await service.query({
      text: `INSERT INTO booking_clicks (id, user_id, trip_id, route, platform, leg, leg_index, affiliate_url)
             VALUES ('c', 'gone', 't', '{}', 'IRCTC', '{}', 0, 'https://example.org')`,
    });
    await service.query({
      text: `INSERT INTO archive.trips (id, user_id, origin, destination, date, status)
             VALUES ('old', 'gone', $1, $1, '2026-01-01', 'COMPLETED')`,
      values: [JSON.stringify(place)],
    });
    assert.equal(
      (await asUser('gone', () => db.app.query({ text: 'SELECT FROM archive.trips' }))).rowCount,
      1,
    );
    assert.equal((await asUser('u', () => db.app.query({ text: 'SELECT FROM archive.trips' }))).rowCount, 0);
    await service.prisma.user.delete({ where: { id: 'gone' } });
    const left = await service.query({
      text: 'SELECT user_id, trip_id FROM booking_clicks UNION ALL SELECT user_id, id FROM archive.trips',
    });
    assert.deepEqual(left.rows, [{ user_id: null, trip_id: null }]);
  });

  test('an archived trip has the columns of a trip, so that it can come back', async () => {
    const { rows } = await db.service.query({
      text: `SELECT table_name, array_agg(column_name || ' ' || udt_name ORDER BY ordinal_position) AS columns
             FROM information_schema.columns WHERE table_name IN ('trips', 'booking_legs') AND table_schema IN ('public', 'archive')
             GROUP BY table_schema, table_name ORDER BY table_name`,
    });
    assert.equal(rows.length, 4);
    assert.deepEqual(rows[0]?.['columns'], rows[1]?.['columns']);
    assert.deepEqual(rows[2]?.['columns'], rows[3]?.['columns']);
  });

  test('months are added and dropped by rs_service, of the analytics tables only', async () => {
    const { service } = db;
    const months = async () =>
      (
        await service.query<{ n: number }>({
          text: `SELECT count(*) AS n FROM pg_inherits WHERE inhparent = 'search_queries'::regclass`,
        })
      ).rows[0]?.n;
    assert.equal(await months(), 4);
    const ensure = `SELECT ensure_month_partition('search_queries', '2020-02-29')`;
    await Promise.all([1, 2, 3].map(() => service.query({ text: ensure })));
    assert.equal(await months(), 5);
    const insert = (at: string) =>
      service.query({
        text: `INSERT INTO search_queries (id, origin, destination, date, passengers, preference, routes_found, created_at)
               VALUES (gen_random_uuid()::text, $1, $1, '2020-02-01', 1, 'BALANCED', 0, $2)`,
        values: [JSON.stringify(place), at],
      });
    await insert('2020-02-01T00:00:00Z');
    await insert('2020-02-29T23:59:59Z');
    await assert.rejects(insert('2020-03-01T00:00:00Z'), { code: '23514' });
    assert.equal(
      (await service.query({ text: `SELECT drop_months_before('search_queries', '2020-03-01') AS n` }))
        .rows[0]?.['n'],
      1,
    );
    assert.equal(await months(), 4);
    await assert.rejects(service.query({ text: `SELECT drop_months_before('trips', '2030-01-01')` }), {
      code: '22023',
    });
    await assert.rejects(db.app.query({ text: ensure }), { code: '42501' });
  });
});
