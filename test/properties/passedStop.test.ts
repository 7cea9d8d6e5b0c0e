/**
 * A stop-over of no minutes where a journey calls anyway changes nothing; elsewhere it never makes one better. But
 * for links: one may lead to a stop-over and one away from it, where otherwise two are never taken in a row.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { FareTable } from '../../src/engine/fares/fareTable.ts';
import { freeFares } from '../../src/engine/fares/freeFares.ts';
import { PricedRouter } from '../../src/engine/priced/pricedRouter.ts';
import { HORIZON } from '../../src/engine/priced/query.ts';
import type { Journey } from '../../src/engine/routing/journey.ts';
import { Router } from '../../src/engine/routing/router.ts';
import { compileTimetable } from '../../src/engine/timetable/compile.ts';
import type { NetworkImage, StopIndex } from '../../src/engine/timetable/image.ts';
import { asStop } from '../../src/engine/timetable/indexes.ts';
import { sized } from '../assurance/sizes.ts';
import { runs, worldOf, zoneSets } from './worlds.ts';

/** Where a traveller alights or might have, but for the last stop of all: a journey goes on from a stop-over. */
const passed = (image: NetworkImage, { legs }: Journey): StopIndex[] =>
  legs.flatMap((leg, index) =>
    leg.kind === 'link'
      ? []
      : image
          .runCalls(leg.run)
          .slice(leg.boardCall + 1, leg.alightCall + (index < legs.length - 1 ? 1 : 0))
          .flatMap(({ stop, alighting }) => (alighting ? [stop] : [])),
  );

test('by time alone: each journey is found again over any stop that it passes', () => {
  const worlds = sized(1000, 15_000);
  let tried = 0;
  fc.assert(
    fc.property(worldOf(zoneSets.both), ({ input, query }) => {
      const image = compileTimetable(input);
      const asked = { ...query, horizon: HORIZON, passengers: 1 };
      const router = new PricedRouter(new FareTable(image, freeFares(image)));
      for (const journey of new Router(image).earliestArrivals(asked))
        for (const stop of passed(image, journey)) {
          const { journeys } = router.pareto({ ...asked, vias: [{ stops: [stop], dwell: 0 }] });
          const own = journeys.findLast(({ rides }) => rides <= journey.rides);
          const about = `over stop ${stop} with ${journey.rides} rides`;
          if (query.links) assert.ok(own && own.arrival <= journey.arrival, about);
          else assert.deepEqual([own?.arrival, own?.rides], [journey.arrival, journey.rides], about);
          tried++;
        }
    }),
    runs(worlds),
  );
  assert.ok(tried > worlds / 10, `only ${tried} stops were passed`);
});

test('by time alone: a stop-over never brings an earlier arrival', () =>
  fc.assert(
    fc.property(
      worldOf(zoneSets.both, { links: false }),
      fc.nat(),
      fc.constantFrom(0, 0, 15, 300),
      ({ input, query }, pick, dwell) => {
        const image = compileTimetable(input);
        const asked = { ...query, horizon: HORIZON, passengers: 1 };
        const vias = [{ stops: [asStop(pick % input.stops.length)], dwell }];
        const free = new Router(image).earliestArrivals(asked);
        const over = new PricedRouter(new FareTable(image, freeFares(image))).pareto({ ...asked, vias });
        for (const { rides, arrival } of over.journeys)
          assert.ok(free.some((journey) => journey.rides <= rides && journey.arrival <= arrival));
      },
    ),
    runs(sized(300, 10_000)),
  ));
