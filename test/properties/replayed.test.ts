/** Every journey of a range, of a priced front and over stop-overs can be travelled on the raw timetable. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { FareTable } from '../../src/engine/fares/fareTable.ts';
import { freeFares } from '../../src/engine/fares/freeFares.ts';
import { PricedRouter } from '../../src/engine/priced/pricedRouter.ts';
import { HORIZON } from '../../src/engine/priced/query.ts';
import { Router } from '../../src/engine/routing/router.ts';
import { compileTimetable } from '../../src/engine/timetable/compile.ts';
import { sized } from '../assurance/sizes.ts';
import { Chance, largeWorld } from './largeWorlds.ts';
import { replay } from './replay.ts';
import { assertVisits, viasOf } from './viaChecks.ts';
import { runs, worldOf, zoneSets } from './worlds.ts';

test('ranges: within the window', () =>
  fc.assert(
    fc.property(worldOf(zoneSets.both), fc.integer({ min: 0, max: 3000 }), ({ input, query }, window) => {
      const image = compileTimetable(input);
      for (const journey of new Router(image).range(query, window)) {
        replay(input, image, { ...query, minRides: 1 }, journey);
        assert.ok(journey.departure >= query.time && journey.departure <= query.time + window);
      }
    }),
    runs(sized(500, 20_000)),
  ));

test('for nothing: a priced search finds the earliest arrivals, within its horizon', () =>
  fc.assert(
    fc.property(worldOf(zoneSets.both), ({ input, query }) => {
      const image = compileTimetable(input);
      const asked = { ...query, horizon: query.horizon ?? HORIZON };
      const { journeys } = new PricedRouter(new FareTable(image, freeFares(image))).pareto({
        ...asked,
        passengers: 1,
      });
      for (const journey of journeys) {
        replay(input, image, query, journey);
        assert.ok(journey.departure >= query.time);
      }
      assert.deepEqual(
        journeys.map(({ rides, arrival }) => [rides, arrival]),
        new Router(image).earliestArrivals(asked).map(({ rides, arrival }) => [rides, arrival]),
      );
    }),
    runs(sized(500, 20_000)),
  ));

test('over stop-overs: each is visited in its turn, for as long as asked', () => {
  let tried = 0;
  const worlds = sized(150, 3000);
  for (let seed = 12_000; seed < 12_000 + worlds; seed++) {
    const { input, fares, query } = largeWorld(seed);
    const image = compileTimetable(input);
    const asked = { ...query, maxRides: 6, vias: viasOf(new Chance(seed), input, query, 2) };
    for (const journey of new PricedRouter(new FareTable(image, fares)).pareto(asked).journeys) {
      // A stay at the end puts the arrival off, which the replay knows nothing of.
      if (journey.legs.at(-1)!.to !== asked.vias.at(-1)!.stops[0]) replay(input, image, asked, journey);
      assertVisits(image, asked, journey);
      tried++;
    }
  }
  assert.ok(tried > worlds / 2, `only ${tried} journeys in ${worlds} worlds`);
});
