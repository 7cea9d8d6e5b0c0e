import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FareTable } from '../../src/engine/fares/fareTable.ts';
import { PricedRouter } from '../../src/engine/priced/pricedRouter.ts';
import { Router } from '../../src/engine/routing/router.ts';
import { compileTimetable } from '../../src/engine/timetable/compile.ts';
import { largeWorld } from './largeWorlds.ts';

const WORLDS = 150 * Number(process.env['PROPERTY_TIMES'] ?? 1);

test('no member of a priced front is as good as another in everything', () => {
  for (let seed = 5000; seed < 5000 + WORLDS; seed++) {
    const { input, fares, query } = largeWorld(seed);
    const { journeys } = new PricedRouter(new FareTable(compileTimetable(input), fares)).pareto(query);
    for (const a of journeys)
      for (const b of journeys)
        assert.ok(
          a === b || a.arrival < b.arrival || a.rides < b.rides || a.price < b.price,
          `world ${seed}`,
        );
  }
});

test('a stop-over of no minutes where a journey calls anyway takes nothing away', () => {
  let tried = 0;
  for (let seed = 6000; seed < 6000 + WORLDS; seed++) {
    const { input, fares, query } = largeWorld(seed);
    const image = compileTimetable(input);
    const router = new PricedRouter(new FareTable(image, fares));
    for (const journey of router.pareto(query).journeys) {
      const ride = journey.legs.find((leg) => leg.kind === 'ride' && leg.alightCall > leg.boardCall + 1);
      if (ride?.kind !== 'ride') continue;
      const passed = image.runCalls(ride.run)[ride.boardCall + 1]!;
      if (!passed.alighting) continue;
      const vias = [{ stops: [passed.stop], dwell: 0 }];
      const { arrival, rides, price } = journey;
      assert.ok(
        router
          .pareto({ ...query, vias })
          .journeys.some((same) => same.arrival === arrival && same.rides === rides && same.price === price),
        `world ${seed}: ${rides} rides, at ${arrival}, for ${price}`,
      );
      tried++;
    }
  }
  assert.ok(tried > WORLDS / 2, `only ${tried} journeys pass a stop`);
});

test('a wider window loses nothing', () => {
  for (let seed = 7000; seed < 7000 + WORLDS; seed++) {
    const { input, query } = largeWorld(seed);
    const router = new Router(compileTimetable(input));
    const wide = router.range(query, 900);
    for (const { departure, arrival, rides } of router.range(query, 300))
      assert.ok(
        wide.some(
          (other) => other.departure >= departure && other.arrival <= arrival && other.rides <= rides,
        ),
        `world ${seed}`,
      );
  }
});

test('the earliest of a range is the earliest arrival', () => {
  for (let seed = 8000; seed < 8000 + WORLDS; seed++) {
    const world = largeWorld(seed);
    const query = { ...world.query, minRides: 1 as const };
    const router = new Router(compileTimetable(world.input));
    const first = router.earliestArrival(query);
    if (!first) continue;
    const range = router.range(query, Math.max(0, first.departure - query.time));
    assert.equal(Math.min(...range.map(({ arrival }) => arrival)), first.arrival, `world ${seed}`);
  }
});
