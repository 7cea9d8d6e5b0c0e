import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BookingPlan, Exposure } from '../../src/features/booking/contract.ts';
import { bookingPlanRequestSchema } from '../../src/features/booking/contract.ts';
import { indian, leg, price, tripWith } from '../../test/support/tripLegs.ts';
import { lossesOf, paidFor, planRequestOf } from './bookingPlan.ts';
import { legsOf } from './readTrip.ts';

const train = leg('train', 'Delhi 2026-12-04T21:05', 'Kanpur 2026-12-05T02:15', {
  price: price(80_000, 'SL'),
});
const walk = leg('walk', 'Kanpur 2026-12-05T02:15', 'Stand 2026-12-05T02:30');
const bus = leg('bus', 'Stand 2026-12-05T04:00', 'Patna 2026-12-05T12:00', {
  price: price(60_000, 'NON_AC'),
});
const now = indian('2026-12-01T09:00');

test('the plan is asked of the legs that are booked with somebody and have not left', () => {
  const legs = legsOf(tripWith([train, walk, bus], { 2: { cost: 55_000 } }));
  const request = planRequestOf(legs, 2, now)!;
  assert.deepEqual(
    request.legs.map(({ legIndex, fareClass, paidMinor }) => [legIndex, fareClass, paidMinor]),
    [
      [0, 'SL', null],
      [2, null, 55_000],
    ],
  );
  // The server takes it as it is.
  assert.deepEqual(bookingPlanRequestSchema.parse(request), request);
  assert.deepEqual(
    planRequestOf(legs, 2, indian('2026-12-04T22:00'))!.legs.map(({ legIndex }) => legIndex),
    [2],
  );
  assert.equal(planRequestOf(legs, 2, indian('2026-12-05T05:00')), null);
});

test('a class that was booked goes before the class of the price', () => {
  const legs = legsOf(tripWith([train], { 0: { fareClass: '3A', cost: 1 } }));
  assert.equal(planRequestOf(legs, 1, now)!.legs[0]!.fareClass, '3A');
  const own = legsOf(tripWith([train], { 0: { fareClass: 'Sleeper by the window', cost: 1 } }));
  assert.equal(planRequestOf(own, 1, now)!.legs[0]!.fareClass, 'SL');
});

test('paid: what was recorded, else the estimate; of another currency nothing is known', () => {
  const paid = (booked: object) => paidFor(legsOf(tripWith([train], { 0: booked }))[0]!);
  assert.deepEqual(paid({ cost: 75_000 }), { minor: 75_000, estimated: false });
  assert.deepEqual(paid({}), { minor: 80_000, estimated: true });
  assert.equal(paid({ cost: 900, currency: 'NPR' }), null);
  assert.equal(paidFor(legsOf(tripWith([train]))[0]!), null);
});

const exposure = (legIndex: number, paidMinor: number, lostMinor: number, more: Partial<Exposure> = {}) => ({
  legIndex,
  paidMinor,
  lostMinor,
  refundKnown: true,
  nextCliff: null,
  text: '',
  ...more,
});
const planOf = (exposures: Exposure[]): BookingPlan => ({
  openings: [],
  exposures,
  lostMinor: 0,
  linkableTickets: [],
});

test('the loss is that of all legs, and grows at the first cliff by that leg alone', () => {
  const legs = legsOf(tripWith([train, bus], { 0: { cost: 80_000 }, 1: {} }));
  const losses = lossesOf(
    planOf([
      exposure(0, 80_000, 12_000, { nextCliff: { at: '2026-12-03T21:05+05:30', lostMinor: 40_000 } }),
      exposure(1, 60_000, 60_000, {
        refundKnown: false,
        nextCliff: { at: '2026-12-04T00:00+05:30', lostMinor: 60_001 },
      }),
    ]),
    legs,
    now,
  )!;
  assert.deepEqual([losses.lostMinor, losses.paidMinor], [72_000, 140_000]);
  assert.deepEqual(losses.nextCliff, { at: '2026-12-03T21:05+05:30', lostMinor: 100_000 });
  assert.deepEqual(
    losses.legs.map(({ estimated }) => estimated),
    [false, true],
  );
});

test('nothing paid, nothing lost; a ticket without a price is named, not counted as free', () => {
  assert.equal(lossesOf(planOf([]), legsOf(tripWith([train])), now), null);
  const unpriced = legsOf(tripWith([{ ...train, price: null }], { 0: {} }));
  assert.equal(planRequestOf(unpriced, 1, now), null);
  const losses = lossesOf(planOf([]), unpriced, now)!;
  assert.deepEqual([losses.lostMinor, losses.unknown.length], [0, 1]);
  assert.equal(lossesOf(planOf([]), unpriced, indian('2026-12-05T00:00')), null);
});
