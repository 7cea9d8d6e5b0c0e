/**
 * Forward equals reverse: in a country where time runs backwards – every run from its last call to its first, every
 * link the other way – the latest departures are the earliest arrivals, and the other way round.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Query } from '../../src/engine/routing/query.ts';
import { Router } from '../../src/engine/routing/router.ts';
import { compileTimetable } from '../../src/engine/timetable/compile.ts';
import { NO_ALIGHTING, NO_BOARDING } from '../../src/engine/timetable/input.ts';
import type { TimetableInput } from '../../src/engine/timetable/input.ts';
import { MINUTES_PER_DAY } from '../../src/units/time.ts';
import { sized } from '../assurance/sizes.ts';
import { runs, worldOf, zoneSets } from './worlds.ts';

interface Mirrored {
  readonly input: TimetableInput;
  /** A minute and its mirror image add up to this. */
  readonly sum: number;
}

function mirrored(input: TimetableInput): Mirrored {
  const { offsets, stop, arrival, departure, distance, flags } = input.stopTimes;
  const longest = departure.reduce((most, minute) => Math.max(most, minute), 0);
  const rows = input.runs.flatMap((_, run) =>
    Array.from({ length: offsets[run + 1]! - offsets[run]! }, (_, back) => offsets[run + 1]! - 1 - back),
  );
  const lastStart = (input.dayCount - 1) * MINUTES_PER_DAY;
  return {
    sum: lastStart + longest,
    input: {
      ...input,
      zones: input.zones.map(({ name, dayStart }) => ({
        name,
        dayStart: dayStart.map((start) => lastStart - start).toReversed(),
      })),
      services: input.services.map(({ zone, days }) => ({ zone, days: days.toReversed() })),
      stopTimes: {
        offsets,
        distance,
        stop: Uint32Array.from(rows, (row) => stop[row]!),
        arrival: Int32Array.from(rows, (row) => longest - departure[row]!),
        departure: Int32Array.from(rows, (row) => longest - arrival[row]!),
        flags: Uint8Array.from(rows, (row) => swapped(flags[row]!)),
      },
      links: input.links.map((link) => ({ ...link, from: link.to, to: link.from })),
    },
  };
}

const swapped = (flags: number): number =>
  (flags & NO_BOARDING ? NO_ALIGHTING : 0) | (flags & NO_ALIGHTING ? NO_BOARDING : 0);

/**
 * Minutes before boarding and after alighting change places; a change takes the greater of change and boarding time
 * in both directions, so with a change time there is no mirror image but with neither of the two.
 */
function mirroredQuery({ access, egress, time, ...rest }: Query, sum: number): Query {
  const { boardMinutes, alightMinutes, ...others } = rest;
  return {
    ...others,
    access: egress,
    egress: access,
    time: sum - time,
    ...(alightMinutes ? { boardMinutes: alightMinutes } : {}),
    ...(boardMinutes ? { alightMinutes: boardMinutes } : {}),
  };
}

const simplified = ({ boardMinutes, alightMinutes, ...query }: Query): Query =>
  query.changeMinutes > 0
    ? query
    : {
        ...query,
        ...(boardMinutes ? { boardMinutes } : {}),
        ...(alightMinutes ? { alightMinutes } : {}),
      };

test('earliest arrivals are latest departures in the mirror', () =>
  fc.assert(
    fc.property(worldOf(zoneSets.both), ({ input, query: asked }) => {
      const query = simplified(asked);
      const { input: mirror, sum } = mirrored(input);
      const router = new Router(compileTimetable(input));
      const inMirror = new Router(compileTimetable(mirror));
      const back = mirroredQuery(query, sum);
      assert.deepEqual(
        inMirror
          .latestDepartures(back)
          .map(({ rides, departure, arrival }) => [rides, sum - departure, sum - arrival]),
        router.earliestArrivals(query).map(({ rides, departure, arrival }) => [rides, arrival, departure]),
      );
      assert.deepEqual(
        inMirror
          .earliestArrivals(back)
          .map(({ rides, departure, arrival }) => [rides, sum - departure, sum - arrival]),
        router.latestDepartures(query).map(({ rides, departure, arrival }) => [rides, arrival, departure]),
      );
    }),
    runs(sized(700, 25_000)),
  ));

test('each member of a range is the last to leave for its arrival and rides', () =>
  fc.assert(
    fc.property(
      worldOf(zoneSets.both, { minRides: 1 }),
      fc.integer({ min: 0, max: 2000 }),
      ({ input, query }, window) => {
        const router = new Router(compileTimetable(input));
        for (const { departure, arrival, rides } of router.range(query, window)) {
          const back = router.latestDepartures({ ...query, time: arrival, maxRides: rides }).at(-1)!;
          // One that leaves after the window may arrive as early; within it none leaves later.
          if (back.departure <= query.time + window)
            assert.deepEqual([back.departure, back.arrival], [departure, arrival]);
          else assert.ok(back.arrival <= arrival);
        }
      },
    ),
    runs(sized(400, 15_000)),
  ));
