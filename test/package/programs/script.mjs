import assert from 'node:assert/strict';
import {
  archiveOldTrips,
  cacheRouteResults,
  checkRateLimit,
  cleanupExpiredCaches,
  close,
  connect,
  createTrip,
  ensureUser,
  asUser,
  getCachedRoute,
  getTrip,
  getUserTrips,
  markAllLegsBooked,
  markLegBooked,
  trackSearchQuery,
} from 'routestitch/data';

await connect({ databaseUrl: process.env.DATABASE_URL, migrate: true });
const noida = { id: '1', name: 'Noida', lat: 28.5355, lng: 77.391 };
const bangalore = { id: '2', name: 'Bangalore', lat: 12.9716, lng: 77.5946 };
const search = { origin: noida, destination: bangalore, date: '2026-12-15', preference: 'balanced' };
await ensureUser({ id: 'asha', email: 'Asha@example.org', name: 'Asha' });
await ensureUser({ id: 'bala', email: 'bala@example.org' });

const trip = await createTrip('asha', {
  ...search,
  selectedRoute: { legs: [{ mode: 'train' }, { mode: 'bus' }] },
});
const leg = await markLegBooked('asha', trip.id, 0, {
  platform: 'IRCTC',
  bookingRef: '4512345678',
  cost: 125000,
});
assert.equal(leg.cost, 125000);
assert.equal((await getTrip('asha', trip.id)).status, 'PARTIALLY_BOOKED');
assert.equal((await markAllLegsBooked('asha', trip.id)).count, 2);
assert.equal((await getUserTrips('asha')).trips[0].status, 'FULLY_BOOKED');

assert.deepEqual((await getUserTrips('bala')).trips, []);
const hidden = { code: 'NOT_FOUND' };
await assert.rejects(getTrip('bala', trip.id), hidden);
await assert.rejects(markLegBooked('bala', trip.id, 0, {}), hidden);
await assert.rejects(markAllLegsBooked('bala', trip.id), hidden);
assert.deepEqual(await asUser('bala', ({ prisma }) => prisma.trip.findMany()), []);
assert.equal((await asUser('asha', ({ prisma }) => prisma.trip.findMany())).length, 1);
assert.equal((await asUser('bala', (db) => db.query({ text: 'SELECT id FROM trips' }))).rows.length, 0);

assert.equal(await cacheRouteResults('key', noida, bangalore, '2026-12-15', 'balanced', []), true);
assert.equal(await cacheRouteResults('key', noida, bangalore, '2026-12-15', 'BALANCED', []), true);
assert.deepEqual(await getCachedRoute('key'), []);
assert.equal(await getCachedRoute('other'), null);
const id = await trackSearchQuery('asha', search, 3);
assert.match(id, /^c/);
await assert.rejects(trackSearchQuery('asha', { ...search, date: 'soon' }, 3), /date/);
const limits = [];
for (let i = 0; i < 3; i++) limits.push((await checkRateLimit('203.0.113.7', 2, 60_000)).allowed);
assert.deepEqual(limits, [true, true, false]);
assert.ok(Object.values(await cleanupExpiredCaches()).every((count) => count === 0));
assert.equal((await archiveOldTrips()).archived, 0);
await close(); // writes the search
await connect({ databaseUrl: process.env.DATABASE_URL });
const kept = await asUser('asha', (db) => db.query({ text: 'SELECT id FROM users' }));
assert.deepEqual(kept.rows, [{ id: 'asha' }]);
await close();
