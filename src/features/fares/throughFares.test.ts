import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exampleRide, fareFor, tables } from './exampleRide.ts';
import type { FareRide } from './ride.ts';
import { paidRides, type TimedRide } from './throughFares.ts';

const at = (departure: number, minutes: number, facts: Partial<FareRide>): TimedRide => ({
  ride: exampleRide({ mode: 'metro', cityId: 'delhi', line: 'yellow line', km: 9, minutes, ...facts }),
  departure,
  arrival: departure + minutes,
});

test('metro rides with a change between are one ride from the first station to the last', () => {
  const rides = [
    at(600, 20, { from: 'hauz khas', to: 'rajiv chowk' }),
    at(626, 25, { line: 'blue line', from: 'rajiv chowk', to: 'noida sector 18', km: 16 }),
    at(660, 5, { line: 'aqua line', from: 'noida sector 51', to: 'noida sector 50', km: 2 }),
  ];
  const [paid, ...after] = paidRides(tables, rides);
  assert.deepEqual([paid?.km, paid?.minutes, paid?.from, paid?.to], [27, 50, 'hauz khas', 'noida sector 50']);
  assert.deepEqual(after, [null, null]);
  // 9 km and 16 km would be 32 and 43; 25 km are 54.
  assert.equal(fareFor(paidRides(tables, rides.slice(0, 2))[0]!).likelyMinor, 5400);
});

test('one fare table for several cities is one metro', () => {
  const rides = [at(600, 20, { cityId: 'noida', km: 16 }), at(626, 25, { cityId: 'delhi', km: 9 })];
  const [paid, next] = paidRides(tables, rides);
  assert.deepEqual([paid?.cityId, paid?.km, next], ['noida', 25, null]);
});

test('a stay, another city, another mode or the Airport Express ends a metro ride', () => {
  const first = at(600, 20, {});
  for (const next of [
    at(651, 20, {}),
    at(626, 20, { cityId: 'mumbai' }),
    at(626, 20, { cityId: null }),
    at(626, 20, { mode: 'bus', line: 'dtc' }),
    at(626, 20, { line: 'airport express' }),
  ])
    assert.deepEqual(paidRides(tables, [first, next]), [first.ride, next.ride]);
  const bus = at(621, 10, { mode: 'bus', line: 'dtc' });
  assert.deepEqual(
    paidRides(tables, [first, bus, at(635, 5, {})]).filter((ride) => ride === null),
    [],
  );
});
