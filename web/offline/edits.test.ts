import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BookingLeg } from '../../src/features/trips/contract.ts';
import { byLeg, sameBooking, stillToSend, type WaitingEdit, wished, withWaiting } from './edits.ts';

const leg = (changes: Partial<BookingLeg> = {}): BookingLeg => ({
  id: 'cleg1',
  legIndex: 1,
  mode: 'train',
  isBooked: false,
  platform: null,
  bookingRef: null,
  fareClass: null,
  bookedAt: null,
  cost: null,
  currency: 'INR',
  departsAt: null,
  remindAt: null,
  reminderSent: false,
  ...changes,
});
const edit = (id: number, changes: Partial<WaitingEdit>): WaitingEdit => ({
  id,
  tripId: 'ctrip1',
  legIndex: 1,
  wish: { platform: 'IRCTC' },
  seen: leg(),
  key: String(id),
  held: null,
  ...changes,
});
const booked = leg({ isBooked: true, platform: 'IRCTC', bookingRef: 'AB12', cost: 50_000 });

test('what is left out of a booking stays, null empties, and taking it back empties all', () => {
  assert.deepEqual(wished(booked, { bookingRef: null, fareClass: '3A' }), {
    ...booked,
    bookingRef: null,
    fareClass: '3A',
  });
  assert.deepEqual(wished(booked, null), leg());
});

test('a trip is shown with what waits for it, in order; what is held back is not shown as done', () => {
  const trip = { id: 'ctrip1', bookingLegs: [leg({ legIndex: 0 }), leg()] };
  const first = edit(1, {});
  const second = edit(2, { wish: { bookingRef: 'XY' } });
  const shown = withWaiting(trip, [first, second, edit(3, { tripId: 'cother' })]).bookingLegs;
  assert.deepEqual(shown, [
    trip.bookingLegs[0],
    leg({ isBooked: true, platform: 'IRCTC', bookingRef: 'XY' }),
  ]);
  assert.equal(withWaiting(trip, [edit(1, { held: 'CHANGED' })]), trip);
});

test('sent to a leg that is as it was seen; what is there already is not sent again', () => {
  const book = edit(1, { wish: { platform: 'IRCTC', bookingRef: 'AB12', cost: 50_000 } });
  const change = edit(2, { wish: { fareClass: '3A' }, seen: wished(leg(), book.wish) });
  assert.deepEqual(stillToSend(leg(), [book, change]), [book, change]);
  assert.deepEqual(stillToSend(booked, [book, change]), [change], 'the answer to the first was lost');
  assert.deepEqual(stillToSend({ ...booked, fareClass: '3A' }, [book, change]), []);
  const back = edit(3, { wish: null, seen: booked });
  assert.deepEqual(stillToSend(leg(), [book, back]), [], 'done and undone is nothing');
});

test('a leg that somebody else changed is not overwritten', () => {
  const book = edit(1, { wish: { platform: 'RedBus' } });
  assert.equal(stillToSend(booked, [book]), null);
  assert.equal(stillToSend(leg(), [edit(1, { wish: { cost: 7 }, seen: booked })]), null);
});

test('one booking differs from another by what its traveller recorded of it, not by when', () => {
  assert.ok(sameBooking(booked, { ...booked, bookedAt: '2026-12-01T10:00:00.000Z', reminderSent: true }));
  for (const change of [
    { isBooked: false },
    { platform: 'x' },
    { bookingRef: 'x' },
    { cost: 1 },
    { currency: 'USD' },
    { fareClass: 'SL' },
  ])
    assert.ok(!sameBooking(booked, { ...booked, ...change }), JSON.stringify(change));
});

test('edits are sent leg by leg, each leg in its order', () => {
  const edits = [edit(3, {}), edit(1, {}), edit(2, { legIndex: 4 })];
  assert.deepEqual(
    byLeg(edits).map((ofLeg) => ofLeg.map(({ id }) => id)),
    [[1, 3], [2]],
  );
});
