import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { exampleRoute } from './exampleRoute.ts';
import { filterPairs, readFilters } from './filterParams.ts';
import {
  countUsing,
  countWith,
  DAY_END,
  facetsOf,
  filtered,
  inTheWay,
  modesIn,
  noFilters,
  setFilters,
} from './filters.ts';
import type { Filters } from './filters.ts';
import type { Route } from './shapes.ts';

const risky = (route: Route, probability: number): Route => ({
  ...route,
  risk: { probability, word: 'TIGHT', changes: [] },
});
const atNight = (route: Route): Route => ({
  ...route,
  comfort: {
    flags: [{ flag: 'NIGHT_ARRIVAL', atLeg: 0, minutes: null, penaltyMinutes: 30, text: '' }],
    penaltyMinutes: 30,
  },
});
const withClass = (route: Route, classCode: string): Route => ({
  ...route,
  legs: route.legs.map((leg) => ({
    ...leg,
    fares: [
      {
        classCode,
        class: classCode,
        lowMinor: 1,
        likelyMinor: 1,
        highMinor: 1,
        units: 1,
        breakdown: [],
        notes: [],
        basis: '',
        source: '',
        asOf: '2026-11-01',
        certainty: 'D',
      },
    ],
  })),
});

const routes = [
  withClass(exampleRoute({ id: 'sleeper', rupees: 500, start: 300 }), 'SL'),
  withClass(exampleRoute({ id: 'ac', rupees: 1500, start: 1200 }), '3A'),
  risky(exampleRoute({ id: 'change', modes: ['metro', 'flight', 'taxi'], rupees: 6000 }), 0.81),
  atNight(exampleRoute({ id: 'night', modes: ['bus'], rupees: null, start: 1380 })),
];
const all = routes.map(facetsOf);
const ids = (part: Partial<Filters>): string[] =>
  filtered(all, { ...noFilters, ...part }).map(({ route }) => route.id);

test('each filter keeps what it says', () => {
  assert.deepEqual(ids({}), ['sleeper', 'ac', 'change', 'night']);
  assert.deepEqual(ids({ without: ['flight'] }), ['sleeper', 'ac', 'night']);
  assert.deepEqual(ids({ maxPrice: 1500 }), ['sleeper', 'ac'], 'what has no price is not known to be cheap');
  assert.deepEqual(ids({ maxChanges: 1 }), ['sleeper', 'ac', 'night']);
  assert.deepEqual(ids({ leave: [300, 600] }), ['sleeper', 'change']);
  assert.deepEqual(ids({ leave: [1320, 300] }), ['sleeper', 'night'], 'over midnight');
  assert.deepEqual(ids({ arrive: [0, 60] }), ['night']);
  assert.deepEqual(ids({ calmNights: true }), ['sleeper', 'ac', 'change']);
  assert.deepEqual(ids({ acOnly: true }), ['ac', 'change'], 'only trains and buses have classes without AC');
  assert.deepEqual(ids({ minSafety: 75 }), ['change']);
  assert.deepEqual(ids({ minSafety: 90 }), []);
});

test('counts say what pressing would leave', () => {
  assert.equal(countWith(all, noFilters, { maxChanges: 0 }), 3);
  assert.equal(countWith(all, { ...noFilters, calmNights: true }, { maxChanges: 0 }), 2);
  assert.deepEqual(modesIn(all), ['train', 'bus', 'flight', 'metro']);
  assert.equal(
    countUsing(all, { ...noFilters, without: ['train'] }, 'train'),
    2,
    'as many as would come back',
  );
});

test('where nothing is left, the filter that removed most is named', () => {
  assert.deepEqual(inTheWay(all, { ...noFilters, maxPrice: 100, maxChanges: 5 }), {
    name: 'maxPrice',
    left: 4,
  });
  assert.deepEqual(inTheWay(all, { ...noFilters, maxPrice: 600, leave: [1000, 1100] }), {
    name: 'leave',
    left: 1,
  });
  const both = inTheWay(all, { ...noFilters, maxPrice: 100, minSafety: 99 });
  assert.equal(both?.left, 0);
  assert.equal(inTheWay(all, noFilters), null);
});

test('filters survive the link, and a link may hold anything', () => {
  const minute = fc.integer({ min: 0, max: DAY_END });
  const any: fc.Arbitrary<Filters> = fc.record(
    {
      without: fc.subarray(['train', 'bus', 'flight'] as const),
      maxPrice: fc.option(fc.integer({ min: 0, max: 1_000_000 }), { nil: null }),
      maxChanges: fc.option(fc.integer({ min: 0, max: 9 }), { nil: null }),
      leave: fc.tuple(minute, minute),
      arrive: fc.tuple(minute, minute),
      calmNights: fc.boolean(),
      acOnly: fc.boolean(),
      minSafety: fc.option(fc.integer({ min: 0, max: 100 }), { nil: null }),
    },
    { noNullPrototype: true },
  );
  fc.assert(
    fc.property(any, (filters) =>
      assert.deepEqual(readFilters(new URLSearchParams(filterPairs(filters)), filters.acOnly), filters),
    ),
  );
  const broken = new URLSearchParams('without=rocket&maxPrice=-1&maxChanges=x&leave=25:00-26:00&safety=101');
  assert.deepEqual(setFilters(readFilters(broken, false)), []);
});
