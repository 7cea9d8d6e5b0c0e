import assert from 'node:assert/strict';
import { freeFares } from '../../src/engine/fares/freeFares.ts';
import { legPricer, totalPrice } from '../../src/engine/fares/legPrices.ts';
import { FareTable } from '../../src/engine/fares/fareTable.ts';
import { PricedRouter } from '../../src/engine/priced/pricedRouter.ts';
import type { PricedJourney } from '../../src/engine/priced/reconstruct.ts';
import type { Query } from '../../src/engine/routing/query.ts';
import { Router } from '../../src/engine/routing/router.ts';
import { compileTimetable } from '../../src/engine/timetable/compile.ts';
import { asStop } from '../../src/engine/timetable/indexes.ts';
import { Exhaustive } from './exhaustive.ts';
import { Chance, largeWorld, quietSpans, withTickets } from './largeWorlds.ts';
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

/** Tickets that run on, steps, charges per boarding; in half of the worlds hours in which nobody boards. */
export function ticketFronts(first: number, count: number): void {
  let [members, cheaper] = [0, 0];
  for (const world of worlds(first, count)) {
    const { seed, input } = world;
    const chance = new Chance(seed);
    const fares = withTickets(world.fares, chance);
    const image = compileTimetable(input);
    const query = {
      ...world.query,
      maxRides: Math.min(4, world.query.maxRides),
      horizon: Math.min(2880, world.query.horizon!),
      ...(chance.chance(0.5) ? { quietHours: chance.pick(quietSpans) } : {}),
    };
    const truth = new Exhaustive(input, fares).front(query, { price: true });
    const { journeys } = new PricedRouter(new FareTable(image, fares)).pareto(query);
    assert.deepEqual(sorted(journeys.map(byPrice)), sorted(truth.map(byPrice)), `world ${seed}`);
    const price = legPricer(image, fares, query.passengers);
    for (const journey of journeys) {
      replay(input, image, query, journey);
      assert.equal(sumOf(journey), journey.price, `world ${seed}: legs do not add up`);
      const legs = totalPrice(price(journey));
      assert.equal(
        legs,
        totalPrice(journey.legPrices),
        `world ${seed}: ${byPrice(journey)} may be paid otherwise`,
      );
      if (sumOf(journey) < legs! + 1 && journey.rides > 1) cheaper++;
    }
    members += truth.length;
  }
  assert.ok(members >= LEAST_MEAN * count, `only ${members} members in ${count} worlds`);
  assert.ok(cheaper > 0, 'no journey has more than one ride');
}

/** One to three stop-overs, some of them with no need to stay, some that must end; priced, and by time alone. */
export function viaFronts(first: number, count: number, tickets = false): void {
  let members = 0;
  for (const world of worlds(first, count)) {
    const { seed, input } = world;
    const image = compileTimetable(input);
    const chance = new Chance(seed);
    const ends = new Set<number>([...world.query.access, ...world.query.egress].map(({ stop }) => stop));
    const others = [...new Set(input.stopTimes.stop)].filter((stop) => !ends.has(stop));
    const vias = Array.from({ length: 1 + chance.below(3) }, () => {
      const dwell = chance.pick([0, 0, 30, 240]);
      return {
        stop: asStop(chance.pick(others)),
        dwell,
        ...(chance.chance(0.4) ? { maxDwell: dwell + chance.pick([0, 20, 120, 600]) } : {}),
      };
    });
    const fares = tickets
      ? withTickets(world.fares, chance)
      : seed % 3 === 0
        ? freeFares(image)
        : world.fares;
    const query = {
      ...world.query,
      maxRides: tickets ? 4 : 6,
      ...(tickets ? { horizon: 1800 } : {}),
      vias: vias.map(({ stop, ...stay }) => ({ stops: [stop], ...stay })),
    };
    const truth = new Exhaustive(input, fares).front(query, { price: true, vias });
    const { journeys } = new PricedRouter(new FareTable(image, fares)).pareto(query);
    assert.deepEqual(sorted(journeys.map(byPrice)), sorted(truth.map(byPrice)), `world ${seed}`);
    for (const journey of journeys) stopsOver(journey, vias, query, `world ${seed}: ${byPrice(journey)}`);
    members += truth.length;
  }
  if (!tickets) assert.ok(members >= LEAST_MEAN * count, `only ${members} members in ${count} worlds`);
}

/** Legs follow each other, and each via is stayed at, or ridden through, in its turn. */
function stopsOver(
  { legs }: PricedJourney,
  vias: readonly { readonly stop: number; readonly dwell: number; readonly maxDwell?: number }[],
  { alightMinutes }: Query,
  where: string,
): void {
  let via = 0;
  legs.forEach((leg, index) => {
    const following = legs[index + 1];
    if (!following) return;
    const ready = leg.arrival + (leg.kind === 'ride' ? (alightMinutes?.[leg.mode] ?? 0) : 0);
    const stay = following.departure - ready;
    assert.ok(stay >= 0, `${where}: a leg begins before the one before it ends`);
    const next = vias[via];
    if (next && leg.to === next.stop && stay >= next.dwell && stay <= (next.maxDwell ?? Infinity)) via++;
  });
  // Through a via with no need to stay one may have ridden, which the legs do not tell.
  if (vias.every(({ dwell }) => dwell > 0))
    assert.equal(via, vias.length, `${where}: a stop-over is left out`);
}

/** Departures of a window, and the last ones, over stop-overs: as many questions to the exhaustive search tell. */
export function viaDepartures(first: number, count: number): void {
  let members = 0;
  for (const world of worlds(first, count)) {
    const { seed, input } = world;
    const image = compileTimetable(input);
    const chance = new Chance(seed);
    const ends = new Set<number>([...world.query.access, ...world.query.egress].map(({ stop }) => stop));
    const others = [...new Set(input.stopTimes.stop)].filter((stop) => !ends.has(stop));
    const vias = [{ stop: asStop(chance.pick(others)), dwell: chance.pick([0, 20, 60]) }].map((via) => ({
      ...via,
      ...(chance.chance(0.4) ? { maxDwell: via.dwell + chance.pick([30, 200]) } : {}),
    }));
    const query = {
      ...world.query,
      access: world.query.access.slice(0, 1),
      maxRides: 4,
      horizon: 2000,
      passengers: 1,
      minRides: 1 as const,
      vias: vias.map(({ stop, ...stay }) => ({ stops: [stop], ...stay })),
    };
    const window = chance.pick([0, 400, 1440]);
    const router = new PricedRouter(new FareTable(image, freeFares(image)));
    const oracle = new Exhaustive(input);
    const last = query.time + query.horizon;
    const all = oracle.front(query, { departure: true, vias });
    const truth = all.filter(({ departure }) => departure <= query.time + window).map(byDeparture);
    const journeys = router.range(query, window).journeys;
    assert.deepEqual(sorted(journeys.map(byDeparture)), sorted(truth), `world ${seed}: range`);
    const byRides = (rides: number): number =>
      Math.max(-Infinity, ...all.filter((one) => one.rides <= rides).map(({ departure }) => departure));
    const back = router.latestDepartures({ ...query, time: last, horizon: query.horizon }).journeys;
    let latest = -Infinity;
    for (let rides = 1; rides <= query.maxRides; rides++) {
      const best = byRides(rides);
      const found = back.find((one) => one.rides === rides);
      assert.equal(found?.departure, best > latest ? best : undefined, `world ${seed}: ${rides} rides, last`);
      latest = Math.max(latest, best);
    }
    members += all.length;
  }
  assert.ok(members >= count / 2, `only ${members} members in ${count} worlds`);
}
