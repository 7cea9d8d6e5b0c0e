import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cheapestOf, daysRound, tintOf } from './days.ts';
import { exampleRoute } from './exampleRoute.ts';
import { parseDate } from '../../src/units/time.ts';
import { pointsOf, roundSteps } from './tradeOff.ts';

const routes = fc.array(
  fc.record({
    legs: fc.integer({ min: 1, max: 6 }),
    rupees: fc.option(fc.integer({ min: 1, max: 20 }), { nil: null }),
  }),
  { maxLength: 12 },
);

test('the line joins exactly those that no other option beats in time and price', () => {
  fc.assert(
    fc.property(routes, (list) => {
      const all = list.map(({ legs, rupees }, at) =>
        exampleRoute({ id: String(at), modes: Array.from({ length: legs }, () => 'bus' as const), rupees }),
      );
      const points = pointsOf(all);
      for (const point of points) {
        const beaten = points.some(
          (other) =>
            other.minutes <= point.minutes &&
            other.minor <= point.minor &&
            (other.minutes < point.minutes || other.minor < point.minor),
        );
        const twin = points.some(
          (other) =>
            other !== point && other.front && other.minutes === point.minutes && other.minor === point.minor,
        );
        assert.equal(point.front, !beaten && !twin);
        assert.equal(all[point.position - 1], point.route);
      }
    }),
  );
});

test('steps are round, few, and reach over both ends', () => {
  assert.deepEqual(roundSteps(450, 2095, 5, [60, 360, 720]), [360, 720, 1080, 1440, 1800, 2160]);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100_000 }), fc.integer({ min: 0, max: 100_000 }), (low, span) => {
      const steps = roundSteps(low, low + span, 4, [100, 250, 1000]);
      assert.ok(steps[0]! <= low && steps.at(-1)! >= low + span);
      assert.ok(steps.length <= 7);
    }),
  );
});

test('a week round the day, none of it past', () => {
  const today = parseDate('2026-12-04')!;
  assert.deepEqual(
    daysRound('2026-12-15', today).map((date) => date.slice(8)),
    ['12', '13', '14', '15', '16', '17', '18'],
  );
  assert.equal(daysRound('2026-12-05', today)[0], '2026-12-04');
  assert.equal(daysRound('2026-12-05', today).length, 7);
});

test('the cheapest has a price, and tints tell thirds', () => {
  assert.equal(cheapestOf([exampleRoute({ rupees: null })]), null);
  assert.equal(
    cheapestOf([exampleRoute({ id: 'a', rupees: 9 }), exampleRoute({ id: 'b', rupees: 3 })])?.id,
    'b',
  );
  assert.deepEqual(
    [100, 200, 300].map((minor) => tintOf(minor, [100, 200, 300])),
    [0, 1, 2],
  );
  assert.equal(tintOf(5, [5]), 0);
});
