/** One more run never makes an answer worse: whatever was found without it is matched with it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { FareTable } from '../../src/engine/fares/fareTable.ts';
import { PricedRouter } from '../../src/engine/priced/pricedRouter.ts';
import { Router } from '../../src/engine/routing/router.ts';
import { compileTimetable } from '../../src/engine/timetable/compile.ts';
import type { TimetableInput } from '../../src/engine/timetable/input.ts';
import { sized } from '../assurance/sizes.ts';
import { largeWorld } from './largeWorlds.ts';
import { runs, worldOf, zoneSets } from './worlds.ts';

/** Without its days the run never runs. */
const without = (input: TimetableInput, left: number): TimetableInput => ({
  ...input,
  services: [...input.services, { zone: 0, days: new Uint8Array(input.dayCount) }],
  runs: input.runs.map((run, index) => (index === left ? { ...run, service: input.services.length } : run)),
});

/** What a journey costs in each criterion: less is better. Every member of `before` is matched by one of `now`. */
function assertMatched(before: readonly number[][], now: readonly number[][], about: string): void {
  for (const member of before)
    assert.ok(
      now.some((other) => other.every((cost, criterion) => cost <= member[criterion]!)),
      `${about}: nothing is as good as [${member.join(', ')}]`,
    );
}

test('latest departures and ranges', () =>
  fc.assert(
    fc.property(
      worldOf(zoneSets.both),
      fc.nat(),
      fc.integer({ min: 0, max: 2000 }),
      ({ input, query }, pick, window) => {
        const [fewer, more] = [without(input, pick % input.runs.length), input].map(
          (world) => new Router(compileTimetable(world)),
        );
        const latest = (router: Router) =>
          router.latestDepartures(query).map(({ rides, departure }) => [rides, -departure]);
        assertMatched(latest(fewer!), latest(more!), 'latest departures');
        const range = (router: Router) =>
          router.range(query, window).map(({ rides, departure, arrival }) => [rides, -departure, arrival]);
        assertMatched(range(fewer!), range(more!), 'range');
      },
    ),
    runs(sized(400, 15_000)),
  ));

test('priced fronts', () => {
  let matched = 0;
  for (let seed = 14_000; seed < 14_000 + sized(100, 2000); seed++) {
    const { input, fares, query } = largeWorld(seed);
    const front = (world: TimetableInput) =>
      new PricedRouter(new FareTable(compileTimetable(world), fares))
        .pareto(query)
        .journeys.map(({ arrival, rides, price }) => [arrival, rides, price]);
    const now = front(input);
    for (let turn = 0; turn < 3; turn++) {
      const before = front(without(input, (seed * 31 + turn * 17) % input.runs.length));
      assertMatched(before, now, `world ${seed}`);
      matched += before.length;
    }
  }
  assert.ok(matched > 0, 'no journey was compared');
});
