/** What the page of a trip says first, and how it reads a kept route. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Opening } from '../../src/features/booking/contract.ts';
import type { Trip } from '../../src/features/trips/contract.ts';
import { indian, leg, price, tripWith } from '../../test/support/tripLegs.ts';
import { agendaOf } from './agenda.ts';
import { documentsOf } from './documents.ts';
import { nextAction } from './nextAction.ts';
import { legsOf, maskedReference, progressOf } from './readTrip.ts';

const taxi = leg('taxi', 'Home 2026-12-04T19:30', 'Delhi 2026-12-04T20:20');
const train = leg('train', 'Delhi 2026-12-04T21:05', 'Kanpur 2026-12-05T02:15', {
  price: price(80_000, 'SL'),
});
const walk = leg('walk', 'Kanpur 2026-12-05T02:15', 'Stand 2026-12-05T02:30');
const bus = leg('bus', 'Stand 2026-12-05T04:00', 'Patna 2026-12-05T12:00', { price: price(60_000) });
const way = [taxi, train, walk, bus];
const before = indian('2026-11-20T09:00');

const opening = (legIndex: number, more: Partial<Opening> = {}): Opening => ({
  legIndex,
  opensAt: null,
  open: true,
  tatkalAt: null,
  chartAt: null,
  order: legIndex + 1,
  reason: 'ALWAYS_THERE',
  text: '',
  ...more,
});
const plan = [
  opening(0, { order: 3, reason: 'ON_THE_DAY' }),
  opening(1, { order: 1, reason: 'SCARCE', tatkalAt: '2026-12-03T11:00+05:30' }),
  opening(3, { order: 2 }),
];
const next = (trip: Trip, nowMs: number, openings: readonly Opening[] = plan) => {
  const { kind, ...action } = nextAction(trip, legsOf(trip), openings, nowMs);
  return ['leg' in action ? action.leg.index : null, kind, 'at' in action ? action.at : null];
};

describe('next action', () => {
  test('first what the plan buys first, then the next, then what is called on the day', () => {
    assert.deepEqual(next(tripWith(way), before), [1, 'BOOK', null]);
    assert.deepEqual(next(tripWith(way, { 1: {} }), before), [3, 'BOOK', null]);
    assert.deepEqual(next(tripWith(way, { 1: {}, 3: {} }), before), [0, 'ON_THE_DAY', taxi.departure]);
    assert.deepEqual(next(tripWith(way, { 0: {}, 1: {}, 3: {} }), before), [0, 'LEAVE', taxi.departure]);
  });

  test('what is not open yet is waited for, unless something else can be bought', () => {
    const at = '2026-11-21T08:00+05:30';
    const shut = opening(1, { open: false, opensAt: at, reason: 'OPENS_FIRST', order: 2 });
    assert.deepEqual(next(tripWith(way, { 3: {} }), before, [plan[0]!, shut]), [1, 'OPENS', at]);
    const open = opening(3, { order: 1, reason: 'ALWAYS_THERE' });
    assert.deepEqual(next(tripWith(way), before, [plan[0]!, shut, open]), [3, 'BOOK', null]);
  });

  test('before the plan is there the legs go in their order', () => {
    assert.deepEqual(next(tripWith(way), before, []), [0, 'BOOK', null]);
  });

  test('under way: the ride one is in, then the one that comes; a ticket still ahead goes first', () => {
    const all = tripWith(way, { 0: {}, 1: {}, 3: {} }, { status: 'IN_PROGRESS' });
    const atNight = indian('2026-12-04T23:00');
    assert.deepEqual(next(all, atNight), [1, 'RIDE', null]);
    assert.deepEqual(next(all, indian('2026-12-04T20:40')), [1, 'LEAVE', train.departure]);
    assert.deepEqual(next(all, indian('2026-12-05T03:00')), [3, 'LEAVE', bus.departure]);
    assert.deepEqual(next(tripWith(way, { 0: {}, 1: {} }), atNight), [3, 'BOOK', null]);
    // What has left cannot be booked any more.
    assert.deepEqual(next(tripWith(way, { 3: {} }), atNight), [1, 'RIDE', null]);
    assert.deepEqual(next(all, indian('2026-12-05T12:00')), [null, 'ARRIVED', null]);
  });

  test('no route, cancelled, over, archived', () => {
    assert.deepEqual(next(tripWith([]), before), [null, 'CHOOSE', null]);
    const cancelled = tripWith(way, { 1: {} }, { status: 'CANCELLED' });
    assert.deepEqual(nextAction(cancelled, legsOf(cancelled), plan, before), {
      kind: 'CANCELLED',
      booked: 1,
    });
    assert.deepEqual(next(tripWith(way, {}, { status: 'COMPLETED' }), before), [null, 'ARRIVED', null]);
    const archivedAt = '2027-06-01T00:00:00.000Z';
    assert.deepEqual(next(tripWith(way, {}, { archivedAt }), before), [null, 'ARCHIVED', null]);
  });
});

describe('a trip as it is read', () => {
  test('legs that are booked are numbered, ways on foot are not', () => {
    const trip = tripWith(way, { 1: {} });
    assert.deepEqual(
      legsOf(trip).map(({ number }) => number),
      [1, 2, null, 3],
    );
    assert.deepEqual(progressOf(trip), { booked: 1, all: 3 });
  });

  test('a route of another program keeps its modes, times and bookings', () => {
    const selectedRoute = {
      legs: [
        { mode: 'rickshaw' },
        { mode: 'train', departure: '2026-12-04T21:05+05:30', from: { stopId: 'NDLS' } },
      ],
    };
    const trip = { ...tripWith([train, train], { 1: {} }), selectedRoute };
    assert.deepEqual(
      legsOf(trip).map(({ mode, departure, booking, whole }) => [mode, departure, booking?.isBooked, whole]),
      [
        ['rickshaw', null, false, null],
        ['train', '2026-12-04T21:05+05:30', true, null],
      ],
    );
    assert.equal(legsOf(tripWith([train]))[0]!.whole?.from.name, 'Delhi');
    for (const broken of [
      { ...train, from: null },
      { ...train, line: 7 },
      { ...train, price: { lowMinor: '1' } },
      { ...train, durationMinutes: undefined },
    ])
      assert.equal(legsOf({ ...trip, selectedRoute: { legs: [broken] } })[0]!.whole, null);
  });

  test('of a reference the end is shown, of a short one half at most', () => {
    assert.equal(maskedReference('4512341234'), '•••1234');
    assert.equal(maskedReference('AB12'), '•••12');
    assert.equal(maskedReference('7'), '•••');
  });
});

test('the calendar: now in the order to buy, then by day; what is over is left out', () => {
  const trip = tripWith(way);
  const shut = opening(3, {
    open: false,
    opensAt: '2026-12-03T11:00+05:30',
    reason: 'OPENS_FIRST',
    order: 3,
  });
  const days = agendaOf([plan[0]!, { ...plan[1]!, order: 2 }, shut], legsOf(trip), before);
  const said = (list: typeof days) =>
    list.map(({ date, entries }) => [date, ...entries.map(({ kind, leg: { index } }) => `${kind} ${index}`)]);
  assert.deepEqual(said(days), [
    [null, 'NOW 1'],
    ['2026-12-03', 'TATKAL 1', 'OPENS 3'],
    ['2026-12-04', 'LEAVE 0', 'LEAVE 1'],
    ['2026-12-05', 'LEAVE 3'],
  ]);
  const later = agendaOf([], legsOf(trip), indian('2026-12-04T20:00'));
  assert.deepEqual(said(later), [
    ['2026-12-04', 'LEAVE 1'],
    ['2026-12-05', 'LEAVE 3'],
  ]);
});

test('a document is named once with its legs; what is refused or only possible needs none', () => {
  type Outcome = NonNullable<typeof train.concession>['outcomes'][number];
  const outcome = (ruleId: string, status: Outcome['status'], documents: string | null): Outcome => ({
    ruleId,
    title: `Title ${ruleId}`,
    status,
    reason: null,
    asks: [],
    condition: null,
    percent: null,
    saving: { lowMinor: 0, likelyMinor: 0, highMinor: 0 },
    escort: null,
    withdrawnSince: null,
    documents,
    whereToBuy: 'PRS counter',
    validFrom: '2020-01-01',
    validTo: null,
    source: 'test',
    asOf: '2026-11-22',
    certainty: 'A',
  });
  const concession = (outcomes: Outcome[], best: string | null) => ({
    outcomes,
    best,
    saving: { lowMinor: 0, likelyMinor: 0, highMinor: 0 },
    effective: { lowMinor: 0, likelyMinor: 0, highMinor: 0 },
  });
  const form = outcome('student', 'APPLIES', 'Form of the institute');
  const trip = tripWith([
    { ...train, concession: concession([form, outcome('x', 'POSSIBLE', 'Another card')], 'student') },
    { ...bus, concession: concession([form, outcome('y', 'REFUSED', 'A third')], 'student') },
    { ...bus, concession: concession([outcome('z', 'POSSIBLE', 'Identity card')], 'z') },
  ]);
  assert.deepEqual(
    documentsOf(legsOf(trip)).map(({ text, concession: title, conditional, legs }) => [
      text,
      title,
      conditional,
      legs.map(({ index }) => index),
    ]),
    [
      ['Form of the institute', 'Title student', false, [0, 1]],
      ['Identity card', 'Title z', true, [2]],
    ],
  );
});
