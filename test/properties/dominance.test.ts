/** No member of an answer is as good as another in everything, whatever the search and its criteria. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { freeFares } from '../../src/engine/fares/freeFares.ts';
import { FareTable } from '../../src/engine/fares/fareTable.ts';
import { PricedRouter } from '../../src/engine/priced/pricedRouter.ts';
import { Router } from '../../src/engine/routing/router.ts';
import { compileTimetable } from '../../src/engine/timetable/compile.ts';
import { sized } from '../assurance/sizes.ts';
import { Chance, largeWorld } from './largeWorlds.ts';
import { viasOf } from './viaChecks.ts';
import { runs, worldOf, zoneSets } from './worlds.ts';

/** What a journey costs in each criterion: less is better. */
type Costs = readonly number[];

function assertNoneDominates(members: readonly Costs[], about: string): void {
  members.forEach((one, index) =>
    members.forEach((other, at) =>
      assert.ok(
        index === at || one.some((cost, criterion) => cost < other[criterion]!),
        `${about}: [${other.join(', ')}] is no better than [${one.join(', ')}]`,
      ),
    ),
  );
}

test('by rides and time: earliest arrivals, latest departures, ranges', () =>
  fc.assert(
    fc.property(worldOf(zoneSets.both), fc.integer({ min: 0, max: 2000 }), ({ input, query }, window) => {
      const router = new Router(compileTimetable(input));
      assertNoneDominates(
        router.earliestArrivals(query).map(({ rides, arrival }) => [rides, arrival]),
        'earliest arrivals',
      );
      assertNoneDominates(
        router.latestDepartures(query).map(({ rides, departure }) => [rides, -departure]),
        'latest departures',
      );
      assertNoneDominates(
        router.range(query, window).map(({ rides, departure, arrival }) => [rides, -departure, arrival]),
        'range',
      );
    }),
    runs(sized(500, 20_000)),
  ));

test('with stop-overs, priced and by time alone', () => {
  for (let seed = 11_000; seed < 11_000 + sized(100, 2000); seed++) {
    const { input, fares, query } = largeWorld(seed);
    const image = compileTimetable(input);
    const vias = viasOf(new Chance(seed), input, query, 2);
    for (const own of [fares, freeFares(image)]) {
      const { journeys } = new PricedRouter(new FareTable(image, own)).pareto({ ...query, vias });
      assertNoneDominates(
        journeys.map(({ arrival, rides, price }) => [arrival, rides, price]),
        `world ${seed}`,
      );
    }
  }
});
