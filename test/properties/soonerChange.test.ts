import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Journey, RideLeg } from '../../src/engine/routing/journey.ts';
import type { Query } from '../../src/engine/routing/query.ts';
import { QuietHours } from '../../src/engine/routing/quietHours.ts';
import { Router } from '../../src/engine/routing/router.ts';
import { compileTimetable } from '../../src/engine/timetable/compile.ts';
import type { NetworkImage, StopIndex } from '../../src/engine/timetable/image.ts';
import { replay } from './replay.ts';
import { runs, worldOf, zoneSets } from './worlds.ts';

/** Calls of a ride between the first and the last of it, with timeline minutes. */
const callsWithin = (image: NetworkImage, { run, day, boardCall, alightCall }: RideLeg) =>
  image
    .runCalls(run)
    .slice(boardCall + 1, alightCall)
    .map((call) => ({
      ...call,
      arrival: image.dayStart(run, day) + call.arrival,
      departure: image.dayStart(run, day) + call.departure,
    }));

/** Stops at which less of two rides would be ridden, with more time to change. */
const sooner = (image: NetworkImage, quiet: QuietHours, before: RideLeg, after: RideLeg): StopIndex[] =>
  callsWithin(image, before).flatMap(({ stop, alighting, arrival }) =>
    callsWithin(image, after).some(
      (call) =>
        alighting &&
        call.stop === stop &&
        call.boarding &&
        call.departure - arrival > after.departure - before.arrival &&
        quiet.after(stop, call.departure) === call.departure,
    )
      ? [stop]
      : [],
  );

const quietHours = fc.option(fc.constant({ from: 1380, to: 300 }), { nil: undefined });

test('no search rides past the stop of a change, and what it answers replays', () =>
  fc.assert(
    fc.property(worldOf(zoneSets.both), quietHours, (world, hours) => {
      const query: Query = { ...world.query, ...(hours && { quietHours: hours }) };
      const image = compileTimetable(world.input);
      const router = new Router(image);
      const quiet = new QuietHours(image);
      quiet.set(hours);
      const journeys: readonly (Journey | undefined)[] = [
        ...router.earliestArrivals(query),
        router.earliestArrival(query),
        ...router.latestDepartures(query),
        ...router.range(query, 240),
      ];
      for (const journey of journeys) {
        if (!journey) continue;
        replay(world.input, image, query, journey);
        journey.legs.forEach((after, index) => {
          const before = journey.legs[index - 1];
          if (after.kind !== 'ride') return;
          assert.equal(quiet.after(after.from, after.departure), after.departure, 'boarded in quiet hours');
          if (before?.kind === 'ride') assert.deepEqual(sooner(image, quiet, before, after), []);
        });
      }
    }),
    runs(500),
  ));
