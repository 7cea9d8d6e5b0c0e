import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { thinned } from './polyline.ts';

const METRES = 111_200;

/** Metres from a point to the nearest segment of a line, on the plane around it. */
function distanceToLine(line: Float32Array, lat: number, lng: number): number {
  const shrink = Math.cos((lat * Math.PI) / 180);
  let nearest = Infinity;
  for (let i = 2; i < line.length; i += 2) {
    const [ay, ax] = [(line[i - 2]! - lat) * METRES, (line[i - 1]! - lng) * METRES * shrink];
    const [dy, dx] = [(line[i]! - line[i - 2]!) * METRES, (line[i + 1]! - line[i - 1]!) * METRES * shrink];
    const length = dx * dx + dy * dy;
    const share = length > 0 ? Math.min(1, Math.max(0, -(ay * dy + ax * dx) / length)) : 0;
    nearest = Math.min(nearest, Math.hypot(ay + share * dy, ax + share * dx));
  }
  return nearest;
}

test('ends stay, points stay in order, and none that is left out lies 20 m off', () => {
  const step = fc.tuple(
    fc.double({ min: -4e-4, max: 4e-4, noNaN: true }),
    fc.double({ min: -4e-4, max: 4e-4, noNaN: true }),
  );
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 120 }), (steps) => {
      let [lat, lng] = [20, 77];
      const points = [lat, lng];
      for (const [up, right] of steps) points.push((lat += up), (lng += right));
      const whole = Float32Array.from(points);
      const thin = thinned(whole);
      assert.deepEqual(
        [thin.at(0), thin.at(1), thin.at(-2), thin.at(-1)],
        [whole.at(0), whole.at(1), whole.at(-2), whole.at(-1)],
      );
      for (let i = 0; i < whole.length; i += 2)
        assert.ok(distanceToLine(thin, whole[i]!, whole[i + 1]!) < 21, `point ${i / 2}`);
    }),
  );
});

test('a straight line of 100,000 points becomes its ends, a corner stays', () => {
  const straight = Float32Array.from({ length: 200_000 }, (_, i) => (i % 2 === 0 ? 20 + i * 1e-6 : 77));
  assert.equal(thinned(straight).length, 4);
  assert.deepEqual(
    [...thinned(Float32Array.of(20, 77, 20.25, 77, 20.5, 77, 20.5, 77.5))],
    [20, 77, 20.5, 77, 20.5, 77.5],
  );
});
