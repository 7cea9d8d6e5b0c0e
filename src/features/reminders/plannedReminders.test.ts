import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type EpochMinute, epochMinuteOf, formatInstant } from '../../units/time.ts';
import { defaultNotifications, type Notifications } from '../accounts/contract.ts';
import type { BookingLeg } from '../trips/index.ts';
import { plannedReminders, type RemindedTrip } from './plannedReminders.ts';

const now = epochMinuteOf(Date.parse('2026-11-30T12:00:00Z'));
const place = (name: string, code: string) => ({
  name,
  code,
  city: null,
  stopId: code,
  lat: 20,
  lng: 77,
  zone: 'Asia/Kolkata',
});

interface LegOptions {
  readonly mode?: string;
  readonly departure: string;
  readonly arrival: string;
  readonly classCode?: string;
  readonly serviceDate?: string;
  readonly stayMinutes?: number;
}
const leg = ({ mode = 'train', departure, arrival, classCode, serviceDate, stayMinutes }: LegOptions) => ({
  mode,
  from: place('Hazrat Nizamuddin', 'NZM'),
  to: place('KSR Bengaluru', 'SBC'),
  departure,
  arrival,
  line: { id: 'l', name: '22692 Rajdhani', number: '22692', operator: null, headsign: null, color: null },
  run: mode === 'train' ? { id: 'r', serviceDate: serviceDate ?? departure.slice(0, 10) } : null,
  price: classCode ? { classCode } : null,
  ...(stayMinutes ? { stayMinutes } : {}),
});
const booking = (legIndex: number, mode: string, isBooked = false): BookingLeg =>
  ({ id: `leg${legIndex}`, legIndex, mode, isBooked }) as BookingLeg;

const trip = (legs: ReturnType<typeof leg>[], changes: Partial<RemindedTrip> = {}): RemindedTrip => ({
  status: 'PLANNED',
  timezone: 'Asia/Kolkata',
  selectedRoute: { legs },
  bookingLegs: legs.map((one, index) => booking(index, one.mode)),
  ...changes,
});
const written = (minute: EpochMinute): string => formatInstant(minute, 'Asia/Kolkata').slice(0, 16);
const plan = (of: RemindedTrip, wishes: Partial<Notifications> = {}): string[] =>
  plannedReminders(of, { ...defaultNotifications, ...wishes }, now).map(
    ({ kind, legIndex, dueAt, eventAt, useUntil }) =>
      `${kind} ${legIndex} ${written(dueAt)} about ${written(eventAt)} until ${written(useUntil)}`,
  );

const train = leg({
  departure: '2027-02-20T20:05+05:30',
  arrival: '2027-02-22T06:40+05:30',
  classCode: 'SL',
});

test('a train: the opening of the 60-day window, Tatkal of its class, three days before, leaving home', () => {
  assert.deepEqual(plan(trip([train])), [
    // 60 days before 20 February is 22 December; it opens at eight.
    'BOOKING_OPENS 0 2026-12-21T18:00 about 2026-12-22T08:00 until 2026-12-23T08:00',
    'NOT_BOOKED 0 2027-02-17T09:00 about 2027-02-20T00:00 until 2027-02-20T20:05',
    'TATKAL_OPENS 0 2027-02-18T21:00 about 2027-02-19T11:00 until 2027-02-19T13:00',
    'LEAVE 0 2027-02-20T19:05 about 2027-02-20T20:05 until 2027-02-20T20:05',
  ]);
});

test('the day of its train’s first station counts, and the class: AC opens at ten, 1A has no Tatkal', () => {
  const ac = leg({ ...options(train), classCode: '3A', serviceDate: '2027-02-19' });
  assert.deepEqual(plan(trip([ac]), { kinds: ['BOOKING_OPENS', 'TATKAL_OPENS'] }), [
    'BOOKING_OPENS 0 2026-12-20T18:00 about 2026-12-21T08:00 until 2026-12-22T08:00',
    'TATKAL_OPENS 0 2027-02-17T20:00 about 2027-02-18T10:00 until 2027-02-18T12:00',
  ]);
  const first = leg({ ...options(train), classCode: '1A' });
  assert.deepEqual(plan(trip([first]), { kinds: ['TATKAL_OPENS'] }), []);
});

test('flights and buses are booked at any time; an auto on the day', () => {
  const at = { departure: '2027-02-20T20:05+05:30', arrival: '2027-02-20T22:00+05:30' };
  for (const mode of ['flight', 'bus'])
    assert.deepEqual(
      plan(trip([leg({ mode, ...at })]), { kinds: ['BOOKING_OPENS', 'TATKAL_OPENS', 'NOT_BOOKED'] }),
      ['NOT_BOOKED 0 2027-02-17T09:00 about 2027-02-20T00:00 until 2027-02-20T20:05'],
    );
  assert.deepEqual(plan(trip([leg({ mode: 'auto', ...at })]), { kinds: ['NOT_BOOKED'] }), []);
});

test('one leaves home once, and the place of each long stay', () => {
  const legs = [
    leg({ departure: '2027-02-20T20:05+05:30', arrival: '2027-02-21T06:00+05:30' }),
    leg({ departure: '2027-02-21T06:30+05:30', arrival: '2027-02-21T09:00+05:30' }),
    leg({ departure: '2027-02-21T10:00+05:30', arrival: '2027-02-21T12:00+05:30', stayMinutes: 45 }),
    leg({ departure: '2027-02-23T09:00+05:30', arrival: '2027-02-23T12:00+05:30', stayMinutes: 2000 }),
  ];
  assert.deepEqual(plan(trip(legs), { kinds: ['LEAVE'], leaveMinutes: 90 }), [
    'LEAVE 0 2027-02-20T18:35 about 2027-02-20T20:05 until 2027-02-20T20:05',
    'LEAVE 3 2027-02-23T07:30 about 2027-02-23T09:00 until 2027-02-23T09:00',
  ]);
});

test('in quiet hours: leaving is told the evening before, an opening before them, a leg not booked after them', () => {
  const early = leg({
    departure: '2027-02-20T05:00+05:30',
    arrival: '2027-02-20T09:00+05:30',
    classCode: 'SL',
  });
  assert.deepEqual(plan(trip([early]), { quietFrom: '17:30', quietTo: '10:30' }), [
    'BOOKING_OPENS 0 2026-12-21T17:15 about 2026-12-22T08:00 until 2026-12-23T08:00',
    'NOT_BOOKED 0 2027-02-17T10:30 about 2027-02-20T00:00 until 2027-02-20T05:00',
    'TATKAL_OPENS 0 2027-02-18T17:15 about 2027-02-19T11:00 until 2027-02-19T13:00',
    'LEAVE 0 2027-02-19T17:15 about 2027-02-20T05:00 until 2027-02-20T05:00',
  ]);
});

test('wishes: kinds, days before, none at all; before the booking opens nothing is missing', () => {
  const legs = trip([train]);
  assert.deepEqual(plan(legs, { kinds: ['NOT_BOOKED'], daysBefore: 10 }), [
    'NOT_BOOKED 0 2027-02-10T09:00 about 2027-02-20T00:00 until 2027-02-20T20:05',
  ]);
  assert.deepEqual(plan(legs, { emailReminders: false }), []);
  assert.deepEqual(plan(legs, { kinds: [] }), []);
  // 60 days before the booking opens only at eight, an hour before nine.
  assert.equal(plan(legs, { kinds: ['NOT_BOOKED'], daysBefore: 60 }).length, 1);
  assert.equal(plan(legs, { kinds: ['NOT_BOOKED'], daysBefore: 60, timezone: 'Asia/Tokyo' }).length, 0);
});

test('a cancelled or completed trip and one without a route have none; a booked leg’s are needless', () => {
  for (const status of ['CANCELLED', 'COMPLETED'] as const)
    assert.deepEqual(plan(trip([train], { status })), []);
  assert.deepEqual(plan({ ...trip([train]), selectedRoute: null }), []);
  const booked = plannedReminders(
    trip([train], { bookingLegs: [booking(0, 'train', true)] }),
    defaultNotifications,
    now,
  );
  assert.deepEqual(
    booked.map(({ kind, needless }) => [kind, needless]),
    [
      ['BOOKING_OPENS', true],
      ['NOT_BOOKED', true],
      ['TATKAL_OPENS', true],
      ['LEAVE', false],
    ],
  );
});

test('a route of another version: what it does not say is not reminded of, the rest is', () => {
  const strange = { mode: 'train', departure: '2027-02-20T20:05+05:30', from: 7, price: 'dear' };
  const legs = [strange, { mode: 'train' }] as unknown as ReturnType<typeof leg>[];
  assert.deepEqual(plan(trip(legs)), [
    'NOT_BOOKED 0 2027-02-17T09:00 about 2027-02-20T00:00 until 2027-02-20T20:05',
    'LEAVE 0 2027-02-20T19:05 about 2027-02-20T20:05 until 2027-02-20T20:05',
  ]);
});

function options({ departure, arrival }: ReturnType<typeof leg>): Pick<LegOptions, 'departure' | 'arrival'> {
  return { departure, arrival };
}
