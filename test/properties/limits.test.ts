/** Widening a limit – window, horizon, number of rides – loses nothing, and finds nothing new within the old one. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { FareTable } from '../../src/engine/fares/fareTable.ts';
import { PricedRouter } from '../../src/engine/priced/pricedRouter.ts';
import { Router } from '../../src/engine/routing/router.ts';
import { compileTimetable } from '../../src/engine/timetable/compile.ts';
import { sized } from '../assurance/sizes.ts';
import { largeWorld } from './largeWorlds.ts';
import { runs, worldOf, zoneSets } from './worlds.ts';

type Member = readonly [rides: number, departure: number, arrival: number];

const beats = (one: Member, other: Member): boolean =>
  one[0] <= other[0] && one[1] >= other[1] && one[2] <= other[2];

test('a range keeps the members of a narrower one, but for those beaten by leaving later', () =>
  fc.assert(
    fc.property(
      worldOf(zoneSets.both),
      fc.integer({ min: 0, max: 1500 }),
      fc.integer({ min: 0, max: 1500 }),
      ({ input, query }, window, more) => {
        const router = new Router(compileTimetable(input));
        const ask = (minutes: number): Member[] =>
          router.range(query, minutes).map(({ rides, departure, arrival }) => [rides, departure, arrival]);
        const [narrow, wide] = [ask(window), ask(window + more)];
        const later = wide.filter(([, departure]) => departure > query.time + window);
        assert.deepEqual(
          wide.filter(([, departure]) => departure <= query.time + window),
          narrow.filter((member) => !later.some((other) => beats(other, member))),
        );
      },
    ),
    runs(sized(500, 20_000)),
  ));

test('more rides, or a wider horizon, leave the fronts within as they were', () =>
  fc.assert(
    fc.property(worldOf(zoneSets.both), fc.integer({ min: 0, max: 3000 }), ({ input, query }, horizon) => {
      const router = new Router(compileTimetable(input));
      const all = router.earliestArrivals({ ...query, maxRides: 6 });
      assert.deepEqual(
        router.earliestArrivals(query),
        all.filter(({ rides }) => rides <= query.maxRides),
      );
      assert.deepEqual(
        router.earliestArrivals({ ...query, maxRides: 6, horizon }),
        all.filter(({ arrival }) => arrival <= query.time + horizon),
      );
      const back = router.latestDepartures({ ...query, maxRides: 6 });
      assert.deepEqual(
        router.latestDepartures(query),
        back.filter(({ rides }) => rides <= query.maxRides),
      );
      assert.deepEqual(
        router.latestDepartures({ ...query, maxRides: 6, horizon }),
        back.filter(({ departure }) => departure >= query.time - horizon),
      );
    }),
    runs(sized(400, 15_000)),
  ));

test('priced fronts: more rides, or a wider horizon', () => {
  const point = ({ arrival, rides, price }: { arrival: number; rides: number; price: number }) =>
    `${rides} rides, at ${arrival}, for ${price}`;
  let found = 0;
  for (let seed = 15_000; seed < 15_000 + sized(120, 2000); seed++) {
    const { input, fares, query } = largeWorld(seed);
    const router = new PricedRouter(new FareTable(compileTimetable(input), fares));
    const { journeys: all } = router.pareto({ ...query, maxRides: 5, horizon: 4320 });
    const few = router.pareto({ ...query, maxRides: 2, horizon: 4320 }).journeys;
    const soon = router.pareto({ ...query, maxRides: 5, horizon: 900 }).journeys;
    assert.deepEqual(few.map(point), all.filter(({ rides }) => rides <= 2).map(point), `world ${seed}`);
    assert.deepEqual(
      soon.map(point),
      all.filter(({ arrival }) => arrival <= query.time + 900).map(point),
      `world ${seed}`,
    );
    found += few.length + soon.length;
  }
  assert.ok(found > 0, 'no journey was compared');
});
