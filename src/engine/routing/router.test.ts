import assert from 'node:assert/strict';
import { test } from 'node:test';
import { timetable } from '../../../test/engine/support/timetable.ts';
import { compileTimetable } from '../timetable/compile.ts';
import { asStop } from '../timetable/indexes.ts';
import { allModes } from '../timetable/modes.ts';
import type { Query } from './query.ts';
import { Router } from './router.ts';

const image = compileTimetable(timetable('R1 train: A 08:05, B 08:30'));
const router = new Router(image);
const query: Query = {
  access: [{ stop: asStop(0), minutes: 0 }],
  egress: [{ stop: asStop(1), minutes: 0 }],
  time: 0,
  maxRides: 4,
  changeMinutes: 0,
  modes: allModes,
  links: true,
};

test('a question that makes no sense is refused', () => {
  const cases: readonly [RegExp, Partial<Query>][] = [
    [/Stop 2 is not in this network/, { access: [{ stop: asStop(2), minutes: 0 }] }],
    [/Stop -1 is not in this network/, { egress: [{ stop: asStop(-1), minutes: 0 }] }],
    [/1\.5 is not a number of minutes to a stop/, { egress: [{ stop: asStop(1), minutes: 1.5 }] }],
    [/NaN is not a timeline minute/, { time: Number.NaN }],
    [/-1 is not a number of rides/, { maxRides: -1 }],
    [/-5 is not a number of minutes/, { changeMinutes: -5 }],
    [/0\.5 is not a number of minutes/, { boardMinutes: [0.5] }],
    [/-9 is not a horizon/, { horizon: -9 }],
  ];
  for (const [message, change] of cases) {
    assert.throws(() => router.earliestArrivals({ ...query, ...change }), message);
    assert.throws(() => router.latestDepartures({ ...query, ...change }), message);
  }
});

test('without an origin or a destination nothing is found', () => {
  for (const change of [{ access: [] }, { egress: [] }]) {
    assert.deepEqual(router.earliestArrivals({ ...query, ...change }), []);
    assert.deepEqual(router.latestDepartures({ ...query, time: 5000, ...change }), []);
  }
});

test('a journey names its run, day and calls', () => {
  const [journey] = router.earliestArrivals({ ...query, time: 3 * 1440 });
  assert.deepEqual(journey, {
    departure: 3 * 1440 - 330 + 485,
    arrival: 3 * 1440 - 330 + 510,
    rides: 1,
    access: query.access[0],
    egress: query.egress[0],
    legs: [
      {
        kind: 'ride',
        run: 0,
        line: 0,
        mode: 0,
        day: 3,
        boardCall: 0,
        alightCall: 1,
        from: 0,
        to: 1,
        departure: 3 * 1440 - 330 + 485,
        arrival: 3 * 1440 - 330 + 510,
      },
    ],
  });
});
