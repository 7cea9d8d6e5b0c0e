import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Leg } from '../../src/features/journeys/contract.ts';
import { leg, tripWith } from '../../test/support/tripLegs.ts';
import { legsOf } from './readTrip.ts';
import { type Between, type ChangeRisk, nightsOf, timelineOf } from './timeline.ts';

const taxi = leg('taxi', 'Home 2026-12-04T19:30', 'Delhi 2026-12-04T20:20');
const train = leg('train', 'Delhi 2026-12-04T21:05', 'Kanpur 2026-12-05T02:15', { bufferMinutes: 20 });
const walk = leg('walk', 'Kanpur 2026-12-05T02:25', 'Stand 2026-12-05T02:40');
const bus = leg('bus', 'Stand 2026-12-05T04:00', 'Patna 2026-12-05T12:00', { bufferMinutes: 15 });

const risk = (more: Partial<ChangeRisk>): ChangeRisk => ({
  fromLeg: 1,
  toLeg: 3,
  place: 'Stand',
  availableMinutes: 105,
  neededMinutes: 45,
  probability: 0.81,
  word: 'TIGHT',
  fog: false,
  text: '',
  ...more,
});
const entries = (legs: readonly Leg[], changes?: readonly ChangeRisk[]) => {
  const trip = tripWith(legs);
  const route = { ...trip.selectedRoute!, ...(changes ? { risk: { changes } } : {}) };
  return timelineOf(route, legsOf(trip));
};
const between = (legs: readonly Leg[], changes?: readonly ChangeRisk[]) =>
  entries(legs, changes).map((entry) =>
    entry.between.map((part: Between) =>
      Object.values(part)
        .filter((value) => typeof value !== 'object' || value === null)
        .join(' '),
    ),
  );

test('a change has what is needed and what there is; the way out and the wait before a ride are none', () => {
  assert.deepEqual(between([taxi, train, walk, bus], [risk({})]), [
    [],
    ['WAIT 45 20'],
    ['WAY_OUT 10'],
    ['CHANGE Stand 105 45'],
  ]);
  assert.equal(entries([taxi, train, walk, bus], [risk({})])[3]!.between[0]!.kind, 'CHANGE');
});

test('a route that says nothing of risk still has its changes, without what they need', () => {
  assert.deepEqual(between([train, walk, bus]), [['WAIT 20 20'], ['WAY_OUT 10'], ['CHANGE Stand 105  ']]);
  // Where it says something, a ride that comes every few minutes is no change to worry about.
  assert.deepEqual(between([train, bus], []), [['WAIT 20 20'], ['WAIT 105 15']]);
});

test('a stay comes before what is changed to, with its nights, and the wait is what is left', () => {
  const late = leg('bus', 'Kanpur 2026-12-06T09:15', 'Patna 2026-12-06T17:00', { stayMinutes: 1800 });
  assert.deepEqual(between([train, late], []), [['WAIT 20 20'], ['STAY Kanpur 1800 1', 'WAIT 60 0']]);
});

test('after a stay, or for hours, one waits: no station has so long a way out', () => {
  const onFoot = leg('walk', 'Kanpur 2026-12-06T09:15', 'Stand 2026-12-06T09:30', { stayMinutes: 1800 });
  assert.deepEqual(between([train, onFoot], []), [['WAIT 20 20'], ['STAY Kanpur 1800 1', 'WAIT 60 0']]);
  const later = leg('walk', 'Kanpur 2026-12-05T03:16', 'Stand 2026-12-05T03:30');
  assert.deepEqual(between([train, later], []), [['WAIT 20 20'], ['WAIT 61 0']]);
});

test('nights are counted by 02:00 on the clock', () => {
  assert.equal(nightsOf('2026-12-05T01:30+05:30', 60), 1);
  assert.equal(nightsOf('2026-12-05T02:15+05:30', 600), 0);
  assert.equal(nightsOf('2026-12-05T18:00+05:30', 3 * 1440), 3);
  assert.equal(nightsOf('2026-12-05T10:00+05:30', 240), 0);
});

test('a date is printed where a new one begins', () => {
  assert.deepEqual(
    entries([taxi, train, walk, bus]).map(({ departureDay, arrivalDay }) => [departureDay, arrivalDay]),
    [
      ['2026-12-04', null],
      [null, '2026-12-05'],
      [null, null],
      [null, null],
    ],
  );
});
