import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatJourney } from '../../src/engine/routing/format.ts';
import type { Query } from '../../src/engine/routing/query.ts';
import { Router } from '../../src/engine/routing/router.ts';
import { compileTimetable } from '../../src/engine/timetable/compile.ts';
import { asStop } from '../../src/engine/timetable/indexes.ts';
import { allModes } from '../../src/engine/timetable/modes.ts';
import { timetable } from './support/timetable.ts';

const image = compileTimetable(
  timetable(`
    R1 train: B 22:40, C 23:50
    R2 train: B 23:30, C 24:30
    R3 train: B 30:30, C 31:30
  `),
);
const router = new Router(image);
/** Day 1, as the wall clock in India is 330 minutes ahead. */
const clock = (minutes: number): number => 1440 - 330 + minutes;
const query: Query = {
  access: [{ stop: asStop(0), minutes: 0 }],
  egress: [{ stop: asStop(1), minutes: 0 }],
  time: clock(22 * 60 + 45),
  maxRides: 2,
  changeMinutes: 0,
  modes: allModes,
  links: false,
  quietHours: { from: 23 * 60, to: 5 * 60 },
};

test('leaving, the first train after the quiet hours is taken', () =>
  assert.deepEqual(
    router.earliestArrivals(query).map((journey) => formatJourney(image, journey)),
    ['B 06:30+2 ~ R3 06:30+2→07:30+2 ~ C 07:30+2'],
  ));

test('arriving by, the train before the quiet hours is taken, though a later one would be in time', () =>
  assert.deepEqual(
    router
      .latestDepartures({ ...query, time: clock(29 * 60) })
      .map((journey) => formatJourney(image, journey)),
    ['B 22:40+1 ~ R1 22:40+1→23:50+1 ~ C 23:50+1'],
  ));

test('hours that make no sense are refused', () => {
  for (const [quietHours, message] of [
    [{ from: 1440, to: 300 }, /1440 is not a minute of the day/],
    [{ from: 60, to: 0.5 }, /0\.5 is not a minute of the day/],
    [{ from: 60, to: 60 }, /Quiet hours from 60 to 60 are none, or the whole day/],
  ] as const)
    assert.throws(() => router.earliestArrivals({ ...query, quietHours }), message);
});
