import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allModes, modeMask, modeName, modeOfRouteType } from './modes.ts';

test('basic and extended route types become modes', () => {
  const expected: Readonly<Record<string, readonly number[]>> = {
    train: [2, 100, 102, 106, 109, 117, 300],
    bus: [3, 11, 200, 204, 700, 702, 714, 800],
    flight: [1100, 1114],
    metro: [1, 12, 400, 401, 402, 405, 500, 600],
    tram: [0, 5, 900, 906],
    ferry: [4, 1000, 1021, 1200],
    other: [6, 7, 99, 1300, 1400, 1500, 1700, 20_000],
  };
  for (const [name, types] of Object.entries(expected))
    for (const type of types) assert.equal(modeName(modeOfRouteType(type)), name, String(type));
});

test('masks hold one bit a mode', () => {
  assert.equal(modeMask(['train', 'flight']), 0b101);
  assert.equal(modeMask(['train', 'bus', 'flight', 'metro', 'tram', 'ferry', 'other']), allModes);
  assert.equal(modeMask([]), 0);
});
