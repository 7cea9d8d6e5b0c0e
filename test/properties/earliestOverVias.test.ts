/** The earliest arrival over stop-overs is the first of the whole front, and of what the exhaustive search finds. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { FareTable } from '../../src/engine/fares/fareTable.ts';
import { freeFares } from '../../src/engine/fares/freeFares.ts';
import { PricedRouter } from '../../src/engine/priced/pricedRouter.ts';
import type { PricedQuery } from '../../src/engine/priced/query.ts';
import { compileTimetable } from '../../src/engine/timetable/compile.ts';
import type { TimetableInput } from '../../src/engine/timetable/input.ts';
import { allModes } from '../../src/engine/timetable/modes.ts';
import { asStop } from '../../src/engine/timetable/indexes.ts';
import { sized } from '../assurance/sizes.ts';
import { Exhaustive } from './exhaustive.ts';
import { Chance, largeWorld } from './largeWorlds.ts';
import { runs, worldOf, zoneSets } from './worlds.ts';

interface Stay {
  readonly dwell: number;
  readonly maxDwell?: number;
}

interface Found {
  readonly arrival: number;
  readonly rides: number;
}

const stay: fc.Arbitrary<Stay> = fc
  .record({ dwell: fc.constantFrom(0, 0, 5, 30, 240), more: fc.constantFrom(null, null, 0, 60, 600) })
  .map(({ dwell, more }) => (more === null ? { dwell } : { dwell, maxDwell: dwell + more }));

/** Arrival, rides: the first to arrive, with the fewest rides. */
function best(found: readonly Found[]): string | undefined {
  const [first] = found.toSorted((a, b) => a.arrival - b.arrival || a.rides - b.rides);
  return first && `at ${first.arrival} with ${first.rides} rides`;
}

function assertEarliest(
  input: TimetableInput,
  query: PricedQuery,
  stops: readonly number[],
  stays: readonly Stay[],
  where: string,
): boolean {
  const image = compileTimetable(input);
  const vias = stays.map((own, turn) => ({ stop: stops[turn]!, ...own }));
  const asked = { ...query, vias: vias.map(({ stop, ...own }) => ({ stops: [asStop(stop)], ...own })) };
  const router = new PricedRouter(new FareTable(image, freeFares(image)));
  const truth = best(new Exhaustive(input).front(asked, { vias }));
  assert.equal(best(router.pareto(asked).journeys), truth, `${where}: the front`);
  const { journeys, partial } = router.earliestArrival(asked);
  assert.equal(partial, false, where);
  assert.ok(journeys.length <= 1, `${where}: more than one is the earliest`);
  assert.equal(best(journeys), truth, where);
  return truth !== undefined;
}

test('small worlds: links, no need to stay, stays that must end', () => {
  const worlds = sized(1000, 20_000);
  let found = 0;
  fc.assert(
    fc.property(
      worldOf(zoneSets.both, { maxRides: 6, modes: allModes }),
      fc.array(fc.tuple(fc.nat(), stay), { minLength: 1, maxLength: 3 }),
      fc.constantFrom(4320, 9000),
      ({ input, query }, picks, horizon) => {
        const stops = picks.map(([pick]) => pick % input.stops.length);
        const asked = { ...query, passengers: 1, horizon };
        const stays = picks.map(([, own]) => own);
        if (assertEarliest(input, asked, stops, stays, 'a small world')) found++;
      },
    ),
    runs(worlds),
  );
  assert.ok(found > worlds / 10, `only ${found} of ${worlds} worlds have a journey`);
});

test('large worlds: many rides, up to four stop-overs', () => {
  const worlds = sized(120, 2000);
  let found = 0;
  for (let seed = 21_000; seed < 21_000 + worlds; seed++) {
    const { input, query } = largeWorld(seed);
    const chance = new Chance(seed);
    const served = [...new Set(input.stopTimes.stop)];
    const stays = Array.from({ length: 1 + chance.below(4) }, (): Stay => {
      const dwell = chance.pick([0, 0, 30, 240]);
      return chance.chance(0.3) ? { dwell, maxDwell: dwell + chance.pick([0, 120, 600]) } : { dwell };
    });
    const asked = { ...query, passengers: 1, horizon: 4320, maxRides: 2 + chance.below(7) };
    const stops = stays.map(() => chance.pick(served));
    if (assertEarliest(input, asked, stops, stays, `world ${seed}`)) found++;
  }
  assert.ok(found > worlds / 4, `only ${found} of ${worlds} worlds have a journey`);
});
