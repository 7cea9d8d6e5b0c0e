import assert from 'node:assert/strict';
import { test } from 'node:test';
import { route } from '../../../test/support/trips.ts';
import type { BookingLeg, KeptRoute } from './contract.ts';
import { planLegs } from './planLegs.ts';

const booked = (legIndex: number, mode: string, isBooked = true): BookingLeg => ({
  id: `leg ${legIndex}`,
  legIndex,
  mode,
  isBooked,
  platform: null,
  bookingRef: null,
  bookedAt: isBooked ? '2026-12-01T00:00:00.000Z' : null,
  cost: null,
  fareClass: null,
  currency: 'INR',
  departsAt: null,
  remindAt: null,
  reminderSent: false,
});
const keptAt = (plan: ReturnType<typeof planLegs>) =>
  plan.legs.map((leg) => [leg.legIndex, leg.kept?.id ?? null]);

test('plans the legs that are booked', () => {
  const { legs, lost } = planLegs(null, [], route());
  assert.deepEqual(
    legs.map(({ legIndex, mode, departsAt }) => [legIndex, mode, departsAt]),
    [
      [1, 'taxi', '2026-12-15T07:50+05:30'],
      [2, 'train', '2026-12-15T09:30+05:30'],
      [4, 'auto', '2026-12-16T13:40+05:30'],
    ],
  );
  assert.deepEqual(lost, []);
});

const train = (date: string, to: string): KeptRoute => ({
  legs: [
    { mode: 'train', run: { id: '22692', serviceDate: date }, from: { stopId: 'NZM' }, to: { stopId: to } },
  ],
});

test('the same run on another day, or to another stop, is another leg', () => {
  const before = train('2026-12-15', 'SBC');
  const existing = [booked(0, 'train')];
  assert.deepEqual(keptAt(planLegs(before, existing, train('2026-12-15', 'SBC'))), [[0, 'leg 0']]);
  for (const other of [train('2026-12-16', 'SBC'), train('2026-12-15', 'GTL')]) {
    const plan = planLegs(before, existing, other);
    assert.deepEqual(keptAt(plan), [[0, null]]);
    assert.deepEqual(plan.lost, existing);
  }
});

test('the same run at another time of departure is the same leg: a timetable was corrected', () => {
  const later = route();
  later.legs[2] = { ...later.legs[2]!, departure: '2026-12-15T09:45+05:30' };
  const plan = planLegs(route(), [booked(2, 'train')], later);
  assert.equal(plan.legs[1]?.kept?.id, 'leg 2');
  assert.equal(plan.legs[1]?.departsAt, '2026-12-15T09:45+05:30');
});

test('equal legs are matched once each, in order', () => {
  const two = { legs: [{ mode: 'train' }, { mode: 'train' }] };
  const existing = [booked(0, 'train', false), booked(1, 'train')];
  assert.deepEqual(keptAt(planLegs(two, existing, { legs: [...two.legs, { mode: 'train' }] })), [
    [0, 'leg 0'],
    [1, 'leg 1'],
    [2, null],
  ]);
  assert.deepEqual(planLegs(two, existing, { legs: [{ mode: 'train' }] }).lost, [existing[1]]);
});

test('legs that were not booked may go', () => {
  assert.deepEqual(planLegs(route(), [booked(1, 'taxi', false)], null), { legs: [], lost: [] });
});
