import assert from 'node:assert/strict';
import { freeFares } from '../../src/engine/fares/freeFares.ts';
import { FareTable } from '../../src/engine/fares/fareTable.ts';
import { PricedRouter } from '../../src/engine/priced/pricedRouter.ts';
import type { PricedJourney } from '../../src/engine/priced/reconstruct.ts';
import { Router } from '../../src/engine/routing/router.ts';
import { compileTimetable } from '../../src/engine/timetable/compile.ts';
import { asStop } from '../../src/engine/timetable/indexes.ts';
import { Exhaustive } from './exhaustive.ts';
import { Chance, largeWorld } from './largeWorlds.ts';
import type { LargeWorld } from './largeWorlds.ts';
import { replay } from './replay.ts';

function* worlds(first: number, count: number): Generator<LargeWorld & { readonly seed: number }> {
  for (let seed = first; seed < first + count; seed++) yield { seed, ...largeWorld(seed) };
}

const sorted = (lines: readonly string[]): string[] => lines.toSorted();
const byPrice = ({ arrival, rides, price }: { arrival: number; rides: number; price: number }): string =>
  `${rides} rides, at ${arrival}, for ${price}`;
const byDeparture = ({
  departure,
  arrival,
  rides,
}: {
  departure: number;
  arrival: number;
  rides: number;
}): string => `${rides} rides, ${departure} to ${arrival}`;

/** At least so many members a world: else the worlds show nothing. */
const LEAST_MEAN = 1;

export function pricedFronts(first: number, count: number): void {
  let members = 0;
  for (const { seed, input, fares, query } of worlds(first, count)) {
    const image = compileTimetable(input);
    const truth = new Exhaustive(input, fares).front(query, { price: true });
    const { journeys, partial } = new PricedRouter(new FareTable(image, fares)).pareto(query);
    assert.equal(partial, false);
    assert.deepEqual(sorted(journeys.map(byPrice)), sorted(truth.map(byPrice)), `world ${seed}`);
    for (const journey of journeys) {
      replay(input, image, query, journey);
      assert.ok(journey.departure >= query.time, `world ${seed}: leaves too early`);
      assert.equal(sumOf(journey), journey.price, `world ${seed}: legs do not add up`);
    }
    members += truth.length;
  }
  assert.ok(members >= LEAST_MEAN * count, `only ${members} members in ${count} worlds`);
}

const sumOf = ({ legPrices, access, egress }: PricedJourney): number =>
  legPrices.reduce((sum, price) => sum + price, (access.price ?? 0) + (egress.price ?? 0));

export function relaxedFronts(first: number, count: number): void {
  let left = 0;
  for (const { seed, input, fares, query } of worlds(first, count)) {
    const router = new PricedRouter(new FareTable(compileTimetable(input), fares));
    const exact = router.pareto(query).journeys;
    for (const relax of [500, 20_000]) {
      const { journeys } = router.pareto({ ...query, relax });
      for (const member of exact)
        assert.ok(
          journeys.some(
            ({ arrival, rides, price }) =>
              arrival <= member.arrival && rides <= member.rides && price <= member.price + relax,
          ),
          `world ${seed}: nothing near ${byPrice(member)}`,
        );
      left += exact.length - journeys.length;
    }
  }
  assert.ok(left > 0, 'the relaxation leaves nothing out');
}

export function rangeFronts(first: number, count: number): void {
  let members = 0;
  for (const world of worlds(first, count)) {
    const { seed, input } = world;
    const query = { ...world.query, minRides: 1 as const };
    const window = [0, 360, 720, 1440][seed % 4]!;
    const image = compileTimetable(input);
    const criteria = { departure: true, until: query.time + window };
    const truth = new Exhaustive(input).front(query, criteria);
    const journeys = new Router(image).range(query, window);
    assert.deepEqual(sorted(journeys.map(byDeparture)), sorted(truth.map(byDeparture)), `world ${seed}`);
    for (const journey of journeys) replay(input, image, query, journey);
    members += truth.length;
  }
  assert.ok(members >= LEAST_MEAN * count, `only ${members} members in ${count} worlds`);
}

/** One to three stop-overs, some of them with no need to stay; priced, and by time alone. */
export function viaFronts(first: number, count: number): void {
  let members = 0;
  for (const world of worlds(first, count)) {
    const { seed, input } = world;
    const image = compileTimetable(input);
    const fares = seed % 3 === 0 ? freeFares(image) : world.fares;
    const chance = new Chance(seed);
    const ends = new Set<number>([...world.query.access, ...world.query.egress].map(({ stop }) => stop));
    const others = [...new Set(input.stopTimes.stop)].filter((stop) => !ends.has(stop));
    const vias = Array.from({ length: 1 + chance.below(3) }, () => ({
      stop: asStop(chance.pick(others)),
      dwell: chance.pick([0, 0, 30, 240]),
    }));
    const query = {
      ...world.query,
      maxRides: 6,
      vias: vias.map(({ stop, dwell }) => ({ stops: [stop], dwell })),
    };
    const truth = new Exhaustive(input, fares).front(query, { price: true, vias });
    const { journeys } = new PricedRouter(new FareTable(image, fares)).pareto(query);
    assert.deepEqual(sorted(journeys.map(byPrice)), sorted(truth.map(byPrice)), `world ${seed}`);
    members += truth.length;
  }
  assert.ok(members >= LEAST_MEAN * count, `only ${members} members in ${count} worlds`);
}
