/** Shifting all services by a day shifts the answers of every search by a day. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { FareTable } from '../../src/engine/fares/fareTable.ts';
import { PricedRouter } from '../../src/engine/priced/pricedRouter.ts';
import type { Journey } from '../../src/engine/routing/journey.ts';
import { Router } from '../../src/engine/routing/router.ts';
import { compileTimetable } from '../../src/engine/timetable/compile.ts';
import type { TimetableInput } from '../../src/engine/timetable/input.ts';
import { MINUTES_PER_DAY } from '../../src/units/time.ts';
import { sized } from '../assurance/sizes.ts';
import { Chance, largeWorld } from './largeWorlds.ts';
import { viasOf } from './viaChecks.ts';
import { dayStarts, runs, worldOf, zoneSets } from './worlds.ts';

/** One more day, on which nothing runs, before all others: only where clocks never change. */
const aDayLater = (input: TimetableInput): TimetableInput => ({
  ...input,
  dayCount: input.dayCount + 1,
  zones: input.zones.map(({ name }) => ({
    name,
    dayStart: dayStarts(name, input.firstDay, input.dayCount + 1),
  })),
  services: input.services.map(({ zone, days }) => ({ zone, days: Uint8Array.of(0, ...days) })),
});

const shifted = <Asked extends { readonly time: number }>(query: Asked): Asked => ({
  ...query,
  time: query.time + MINUTES_PER_DAY,
});

const shiftedJourney = <Found extends Journey>(journey: Found): Found => ({
  ...journey,
  departure: journey.departure + MINUTES_PER_DAY,
  arrival: journey.arrival + MINUTES_PER_DAY,
  legs: journey.legs.map((leg) => ({
    ...leg,
    departure: leg.departure + MINUTES_PER_DAY,
    arrival: leg.arrival + MINUTES_PER_DAY,
    ...(leg.kind === 'ride' ? { day: leg.day + 1 } : {}),
  })),
});

test('latest departures and ranges', () =>
  fc.assert(
    fc.property(worldOf(zoneSets.india), fc.integer({ min: 0, max: 2000 }), ({ input, query }, window) => {
      const today = new Router(compileTimetable(input));
      const tomorrow = new Router(compileTimetable(aDayLater(input)));
      assert.deepEqual(
        tomorrow.latestDepartures(shifted(query)),
        today.latestDepartures(query).map(shiftedJourney),
      );
      assert.deepEqual(
        tomorrow.range(shifted(query), window),
        today.range(query, window).map(shiftedJourney),
      );
    }),
    runs(sized(400, 15_000)),
  ));

test('priced fronts, with stop-overs and without', () => {
  let compared = 0;
  for (let seed = 13_000; seed < 13_000 + sized(120, 2000); seed++) {
    const { input, fares, query } = largeWorld(seed);
    if (input.zones.length > 1) continue;
    const today = new PricedRouter(new FareTable(compileTimetable(input), fares));
    const tomorrow = new PricedRouter(new FareTable(compileTimetable(aDayLater(input)), fares));
    const vias = viasOf(new Chance(seed), input, query, 1);
    for (const asked of [query, { ...query, vias }]) {
      const { journeys } = today.pareto(asked);
      assert.deepEqual(
        tomorrow.pareto(shifted(asked)).journeys,
        journeys.map(shiftedJourney),
        `world ${seed}`,
      );
      compared += journeys.length;
    }
  }
  assert.ok(compared > 0, 'no journey was compared');
});
