import assert from 'node:assert/strict';
import { test } from 'node:test';
import { choose } from './choose.ts';
import type { Option } from './choose.ts';

const rules = { minutesPerChange: 15, minorPerChange: 5000 };
let keys = 0;
const option = (
  departure: number,
  arrival: number,
  rides: number,
  price: number | null,
  mainMode = 0,
): Option => ({
  departure,
  arrival,
  rides,
  price,
  mainMode,
  key: String(keys++),
});

test('fastest, cheapest, and the knee between them', () => {
  const options = [
    option(0, 100, 1, 100_000),
    option(0, 160, 1, 30_000),
    option(0, 600, 1, 10_000),
    option(0, 590, 1, 29_000),
  ];
  assert.deepEqual(choose(options, rules), {
    kept: [0, 1, 2, 3],
    excluded: [],
    picks: [
      { option: 0, reason: 'FASTEST' },
      { option: 2, reason: 'CHEAPEST' },
      { option: 1, reason: 'BALANCED' },
    ],
  });
});

test('the best of every other mode is named, too', () => {
  const { picks } = choose(
    [option(0, 100, 1, 10_000, 0), option(0, 290, 1, 9900, 1), option(0, 300, 1, 8000, 2)],
    rules,
  );
  assert.deepEqual(picks.at(-1), { option: 1, reason: 'BEST_OF_MODE' });
});

test('each exclusion says why and because of which', () => {
  const direct = option(0, 100, 1, 10_000);
  const options = [
    direct,
    { ...direct },
    option(0, 120, 1, 10_000),
    option(0, 90, 2, 9000),
    option(0, 80, 2, 9000),
    option(0, 95, 2, 4000),
  ];
  assert.deepEqual(choose(options, rules).excluded, [
    { option: 1, reason: 'DUPLICATE', because: 0 },
    { option: 2, reason: 'DOMINATED', because: 0 },
    { option: 3, reason: 'DOMINATED', because: 4 },
  ]);
  assert.deepEqual(choose([direct, option(0, 90, 2, 9000)], rules).excluded, [
    { option: 1, reason: 'SMALL_GAIN', because: 0 },
  ]);
});

test('where nothing has a price, the fastest is named; where nothing is, nothing', () => {
  assert.deepEqual(choose([option(0, 100, 1, null)], rules).picks, [{ option: 0, reason: 'FASTEST' }]);
  assert.deepEqual(choose([], rules), { kept: [], picks: [], excluded: [] });
});

test('what leaves later is not beaten by what leaves sooner', () =>
  assert.deepEqual(choose([option(0, 100, 1, 5000), option(60, 170, 1, 5000)], rules).kept, [0, 1]));
