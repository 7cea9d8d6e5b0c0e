import assert from 'node:assert/strict';
import { test } from 'node:test';
import { timetable } from '../../../test/engine/support/timetable.ts';
import { compileTimetable } from '../timetable/compile.ts';
import type { StopIndex } from '../timetable/image.ts';
import { asStop } from '../timetable/indexes.ts';
import { cellCount } from '../timetable/layout.ts';
import { allModes } from '../timetable/modes.ts';
import { CellBounds } from './cellBounds.ts';
import { ConnectionScan } from './connectionScan.ts';
import { LowerMinutes } from './lowerMinutes.ts';
import { NEVER } from './query.ts';
import type { Endpoint } from './query.ts';
import { Router } from './router.ts';

const SIDE = 16;
const places = Array.from({ length: SIDE }, (_, n) => n);
const clock = (minute: number): string =>
  `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;

/** A board of 256 stops: a bus each way through every row and column, with hops of its own lengths, three times a day. */
function board(): string {
  const lines = places.flatMap((line) => [
    places.map((n) => `S${line}x${n}`),
    places.map((n) => `S${n}x${line}`),
  ]);
  const runs = [...lines, ...lines.map((stops) => stops.toReversed())].flatMap((stops, way) =>
    [0, 1, 2].map((turn) => {
      const start = (way * 37 + turn * 430) % 1440;
      const calls = stops.map((stop, call) => `${stop} ${clock(start + call * (3 + ((way * 5) % 11)))}`);
      return `R${way}n${turn} bus: ${calls.join(', ')}`;
    }),
  );
  return [...runs, 'Lonely train: X 08:00, Y 09:00', 'links S3x3 S9x12 walk 12'].join('\n');
}

const input = timetable(board());
const image = compileTimetable(input);
const stop = (id: string): StopIndex => image.findStop(id)!;
const query = { time: 1440, maxRides: 20, changeMinutes: 0, modes: allModes, links: true };

test('stops share cells of about as many hops', () => {
  const { stopCell, hopFrom } = image.views;
  const hops = Array.from({ length: cellCount(image.stopCount) }, () => 0);
  for (const from of hopFrom) hops[stopCell[from]!]!++;
  assert.equal(hops.length, 64);
  const mean = hopFrom.length / hops.length;
  for (const own of hops) assert.ok(own > mean / 2 && own < 2 * mean, `${own} hops, ${mean} in the mean`);
});

test('bounds are never more than it takes at least, and those of a cell are the least of its stops', () => {
  const lower = new LowerMinutes(image);
  const bounds = new CellBounds(image, lower);
  const { stopCell } = image.views;
  const ends: readonly (readonly Endpoint[])[] = [
    [{ stop: stop('S2x2'), minutes: 0 }],
    [
      { stop: stop('S2x2'), minutes: 9 },
      { stop: stop('S2x3'), minutes: 4 },
      { stop: stop('S14x7'), minutes: 30 },
    ],
  ];
  for (const egress of ends) {
    bounds.compute(egress);
    const truth = lower.compute({ egress, links: true });
    const least = Array.from({ length: cellCount(image.stopCount) }, () => NEVER);
    let useful = 0;
    for (let at = 0; at < image.stopCount; at++) {
      const bound = bounds.minutes[at]!;
      assert.ok(bound <= truth[at]!, `${bound} from ${image.stopId(at)}, where it takes ${truth[at]}`);
      if (bound > truth[at]! / 2) useful++;
      least[stopCell[at]!] = Math.min(least[stopCell[at]!]!, bound);
    }
    assert.ok(useful > image.stopCount / 2, `${useful} bounds rule out more than half of what could be`);
    assert.equal(bounds.minutes[stop('X')], NEVER);
    assert.deepEqual([...bounds.minutes.subarray(image.stopCount)], least);
  }
});

test('minutes to a destination are the same when they are asked for again, or were forgotten meanwhile', () => {
  const lower = new LowerMinutes(image);
  const to = (n: number, links: boolean, minutes: number) => ({
    egress: [{ stop: asStop(n % (SIDE * SIDE)), minutes }],
    links,
  });
  // More destinations than are kept, each asked twice in a row and once more after all the others.
  for (let n = 0; n < 300; n++)
    for (const asked of [to(n % 100, false, 0), to(n % 100, true, 0), to(n % 100, true, 5)])
      for (const minutes of [lower.compute(asked), lower.compute(asked)])
        assert.deepEqual(minutes, new LowerMinutes(image).compute(asked));
});

test('over many cells the earliest arrival is that of the oracle', () => {
  const router = new Router(image);
  const oracle = new ConnectionScan(input, { days: 4 });
  for (let n = 0; n < 300; n++) {
    const [from, to] = [asStop((n * 89) % (SIDE * SIDE)), asStop((n * 151 + 31) % (SIDE * SIDE))];
    const asked = {
      ...query,
      time: query.time + ((n * 173) % 1440),
      links: n % 2 === 0,
      access: [{ stop: from, minutes: 0 }],
      egress: [{ stop: to, minutes: 0 }],
    };
    const truth = oracle.earliestArrivals(asked).at(-1)!;
    if (from !== to)
      assert.equal(
        router.earliestArrival(asked)?.arrival,
        truth,
        `${image.stopId(from)} → ${image.stopId(to)}`,
      );
  }
});
