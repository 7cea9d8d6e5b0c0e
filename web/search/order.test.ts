import assert from 'node:assert/strict';
import { test } from 'node:test';
import { orderRoutes } from './order.ts';
import type { Price, Route } from './shapes.ts';

const price = (rupees: number): Price => ({
  lowMinor: rupees * 100,
  likelyMinor: rupees * 110,
  highMinor: rupees * 120,
  currency: 'INR',
  indicative: true,
  class: null,
  classCode: null,
  basis: 'test',
  source: 'test',
  asOf: '2026-11-01',
  certainty: 'D',
});
const route = (id: string, durationMinutes: number, rupees: number | null): Route => ({
  id,
  legs: [],
  departure: '2026-12-04T08:00+05:30',
  arrival: '2026-12-04T09:00+05:30',
  durationMinutes,
  dayShift: 0,
  changes: 0,
  modes: ['train'],
  mainMode: 'train',
  price: rupees === null ? null : price(rupees),
  saving: null,
  effectivePrice: null,
  labels: [],
  reasons: [],
  why: [],
  tightestChange: null,
  spareMinutes: null,
  risk: null,
  comfort: null,
});
const routes = [
  route('slow', 2000, 900),
  route('fast', 400, 9000),
  route('middle', 900, 3000),
  route('other', 1000, 2500),
  route('unpriced', 500, null),
  route('cheap', 2200, 800),
];
const picks = { FASTEST: 'fast', BALANCED: 'middle', CHEAPEST: 'cheap', SAFEST: 'other' };
const ids = (order: 'FASTEST' | 'BALANCED' | 'CHEAPEST', own = picks) =>
  orderRoutes(routes, own, order)
    .map(({ id }) => id)
    .join(' ');

test('the wished pick leads, the other picks follow, the rest is in the wished order', () => {
  assert.equal(ids('FASTEST'), 'fast middle cheap unpriced other slow');
  assert.equal(ids('CHEAPEST'), 'cheap fast middle slow other unpriced');
  assert.equal(ids('BALANCED'), 'middle fast cheap other slow unpriced');
});

test('one option may be several picks, and picks may be missing', () => {
  assert.equal(orderRoutes(routes, { ...picks, BALANCED: 'fast' }, 'BALANCED')[0]?.id, 'fast');
  const none = { FASTEST: null, BALANCED: null, CHEAPEST: null, SAFEST: null };
  assert.deepEqual(
    orderRoutes(routes, none, 'CHEAPEST').map(({ id }) => id),
    ['cheap', 'slow', 'other', 'middle', 'fast', 'unpriced'],
  );
});

test('options of one duration and one price keep a place', () => {
  const twins = [route('a', 60, 100), route('b', 60, 100)];
  const none = { FASTEST: null, BALANCED: null, CHEAPEST: null, SAFEST: null };
  assert.deepEqual(
    orderRoutes(twins, none, 'BALANCED').map(({ id }) => id),
    ['a', 'b'],
  );
});
