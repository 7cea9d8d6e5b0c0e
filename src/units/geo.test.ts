import assert from 'node:assert/strict';
import { test } from 'node:test';
import { distanceKm } from './geo.ts';

test('great-circle distances', () => {
  const delhi = { lat: 28.6139, lng: 77.209 };
  const mumbai = { lat: 19.076, lng: 72.8777 };
  assert.ok(Math.abs(distanceKm(delhi, mumbai) - 1148) < 5);
  assert.equal(distanceKm(delhi, delhi), 0);
  // A quarter of the meridian is 10,007.5 km on a sphere of the mean radius.
  assert.ok(Math.abs(distanceKm({ lat: 0, lng: 0 }, { lat: 90, lng: 0 }) - 10_007.5) < 1);
});
