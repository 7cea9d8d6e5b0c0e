import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ConnectionScan } from '../../src/engine/routing/connectionScan.ts';
import type { Journey } from '../../src/engine/routing/journey.ts';
import { NEVER } from '../../src/engine/routing/query.ts';
import type { Query } from '../../src/engine/routing/query.ts';
import { Router } from '../../src/engine/routing/router.ts';
import { compileTimetable } from '../../src/engine/timetable/compile.ts';
import { openImageBytes } from '../../src/engine/timetable/image.ts';
import { asStop } from '../../src/engine/timetable/indexes.ts';
import { NO_BOARDING } from '../../src/engine/timetable/input.ts';
import type { TimetableInput } from '../../src/engine/timetable/input.ts';
import { replay } from './replay.ts';
import { dayStarts, runs, worldOf, zoneSets } from './worlds.ts';

const front = (journeys: readonly Journey[]) => journeys.map(({ rides, arrival }) => ({ rides, arrival }));

/** The oracle's answer in the router's form: a member for every ride that brings an earlier arrival. */
const frontOf = (arrivals: readonly number[]) =>
  arrivals.flatMap((arrival, rides) =>
    arrival < (rides === 0 ? Infinity : arrivals[rides - 1]!) ? [{ rides, arrival }] : [],
  );

test('earliest arrivals equal the connection scan for every number of rides', () =>
  fc.assert(
    fc.property(worldOf(zoneSets.both), ({ input, query }) => {
      const journeys = new Router(compileTimetable(input)).earliestArrivals(query);
      assert.deepEqual(front(journeys), frontOf(new ConnectionScan(input).earliestArrivals(query)));
    }),
    runs(1500),
  ));

test('every journey replays on the raw timetable, within the question', () =>
  fc.assert(
    fc.property(worldOf(zoneSets.both), ({ input, query }) => {
      const image = compileTimetable(input);
      const router = new Router(image);
      for (const journey of router.earliestArrivals(query)) {
        replay(input, image, query, journey);
        assert.ok(journey.departure >= query.time);
      }
      for (const journey of router.latestDepartures(query)) {
        replay(input, image, query, journey);
        assert.ok(journey.arrival <= query.time);
      }
    }),
    runs(1000),
  ));

test('no journey could leave later and arrive as early with as many rides', () =>
  fc.assert(
    fc.property(worldOf(zoneSets.both), ({ input, query }) => {
      const oracle = new ConnectionScan(input);
      for (const { departure, arrival, rides } of new Router(compileTimetable(input)).earliestArrivals(
        query,
      )) {
        if (rides === 0) continue;
        const later: Query = { ...query, time: departure + 1, maxRides: rides, minRides: 1 };
        assert.ok(oracle.earliestArrivals(later).at(-1)! > arrival);
      }
    }),
    runs(700),
  ));

/** Latest departures are right when the oracle, leaving then, arrives in time, and leaving later, does not. */
test('latest departures equal the connection scan, turned round', () =>
  fc.assert(
    fc.property(worldOf(zoneSets.both), ({ input, query }) => {
      const oracle = new ConnectionScan(input);
      const journeys = new Router(compileTimetable(input)).latestDepartures(query);
      const arrival = (time: number, maxRides: number) =>
        oracle.earliestArrivals({ ...query, time, maxRides }).at(-1)!;
      let departure = -10_000;
      for (let rides = 0; rides <= query.maxRides; rides++) {
        const journey = journeys.find((candidate) => candidate.rides === rides);
        if (journey) {
          assert.ok(journey.departure > departure, 'a further ride departs later');
          departure = journey.departure;
          assert.equal(arrival(departure, rides), journey.arrival, 'arrives as early as it can');
        }
        assert.ok(arrival(departure + 1, rides) > query.time, `leaves later with ${rides} rides`);
      }
    }),
    runs(700),
  ));

test('forward and backward agree: the way found forward is the last one backward', () =>
  fc.assert(
    fc.property(worldOf(zoneSets.both, { minRides: 1 }), ({ input, query }) => {
      const router = new Router(compileTimetable(input));
      for (const { departure, arrival, rides } of router.earliestArrivals(query)) {
        const back = router.latestDepartures({ ...query, time: arrival, maxRides: rides }).at(-1);
        assert.deepEqual([back?.departure, back?.arrival], [departure, arrival]);
      }
    }),
    runs(700),
  ));

test('shifting all services by a day shifts every answer by a day', () =>
  fc.assert(
    fc.property(worldOf(zoneSets.india), ({ input, query }) => {
      const shifted: TimetableInput = {
        ...input,
        dayCount: input.dayCount + 1,
        zones: input.zones.map(({ name }) => ({
          name,
          dayStart: dayStarts(name, input.firstDay, input.dayCount + 1),
        })),
        services: input.services.map(({ zone, days }) => ({ zone, days: Uint8Array.of(0, ...days) })),
      };
      const today = new Router(compileTimetable(input)).earliestArrivals(query);
      const tomorrow = new Router(compileTimetable(shifted)).earliestArrivals({
        ...query,
        time: query.time + 1440,
      });
      assert.deepEqual(
        tomorrow,
        today.map((journey) => shift(journey, 1440)),
      );
    }),
    runs(500),
  ));

function shift(journey: Journey, minutes: number): Journey {
  return {
    ...journey,
    departure: journey.departure + minutes,
    arrival: journey.arrival + minutes,
    legs: journey.legs.map((leg) =>
      Object.assign(
        { ...leg, departure: leg.departure + minutes, arrival: leg.arrival + minutes },
        leg.kind === 'ride' ? { day: leg.day + minutes / 1440 } : {},
      ),
    ),
  };
}

test('one more run never makes an answer worse', () =>
  fc.assert(
    fc.property(worldOf(zoneSets.both), fc.nat(), ({ input, query }, pick) => {
      const left = pick % input.runs.length;
      const fewer: TimetableInput = {
        ...input,
        // Without its days the run never runs.
        services: [...input.services, { zone: 0, days: new Uint8Array(input.dayCount) }],
        runs: input.runs.map((run, index) =>
          index === left ? Object.assign({ ...run }, { service: input.services.length }) : run,
        ),
      };
      const arrivals = (world: TimetableInput) => {
        const journeys = new Router(compileTimetable(world)).earliestArrivals(query);
        return Array.from({ length: query.maxRides + 1 }, (_, rides) =>
          Math.min(
            Infinity,
            ...journeys.filter((journey) => journey.rides <= rides).map(({ arrival }) => arrival),
          ),
        );
      };
      const [without, withRun] = [arrivals(fewer), arrivals(input)];
      withRun.forEach((arrival, rides) => assert.ok(arrival <= without[rides]!));
    }),
    runs(500),
  ));

test('an image stored and opened again answers alike; the same timetable gives the same bytes', () =>
  fc.assert(
    fc.property(worldOf(zoneSets.both), ({ input, query }) => {
      const image = compileTimetable(input);
      const bytes = new Uint8Array(image.buffer).slice();
      assert.deepEqual(new Uint8Array(compileTimetable(input).buffer).slice(), bytes);
      assert.deepEqual(
        new Router(openImageBytes(bytes)).earliestArrivals(query),
        new Router(image).earliestArrivals(query),
      );
    }),
    runs(100),
  ));

test('a router that has answered other questions answers like a new one', () =>
  fc.assert(
    fc.property(
      worldOf(zoneSets.both),
      fc.array(fc.integer({ min: 0, max: 9000 }), { maxLength: 4 }),
      ({ input, query }, times) => {
        const image = compileTimetable(input);
        const used = new Router(image);
        for (const time of times) {
          used.earliestArrivals({ ...query, time, access: query.egress, egress: query.access });
          used.latestDepartures({ ...query, time, maxRides: 1 });
        }
        const fresh = new Router(image);
        assert.deepEqual(used.earliestArrivals(query), fresh.earliestArrivals(query));
        assert.deepEqual(used.latestDepartures(query), fresh.latestDepartures(query));
      },
    ),
    runs(300),
  ));

/** Horizons, also none. */
const ends = fc.option(fc.integer({ min: 0, max: 3000 }), { nil: undefined });
/** More rides than any earliest arrival over nine stops can need: each is reached by ride and by link at most once. */
const ANY_RIDES = 20;

test('the earliest arrival by scan is the last of those by rounds, also after other questions', () =>
  fc.assert(
    fc.property(
      worldOf(zoneSets.both),
      ends,
      fc.integer({ min: -500, max: 9000 }),
      ({ input, query: asked }, horizon, other) => {
        const query: Query = horizon === undefined ? asked : { ...asked, horizon };
        const image = compileTimetable(input);
        const router = new Router(image);
        router.earliestArrival({ ...query, time: other, access: query.egress, egress: query.access });
        const journey = router.earliestArrival(query);
        const [truth] = frontOf(new ConnectionScan(input).earliestArrivals(query)).slice(-1);
        assert.deepEqual(front(journey ? [journey] : []), truth ? [truth] : []);
        if (!journey) return;
        replay(input, image, query, journey);
        assert.equal(journey.departure, router.earliestArrivals(query).at(-1)!.departure, 'leaves as late');
      },
    ),
    runs(1500),
  ));

test('quiet hours forbid what a timetable without boarding in those hours does not have', () =>
  fc.assert(
    fc.property(
      worldOf(zoneSets.india),
      fc.integer({ min: 0, max: 1439 }),
      fc.integer({ min: 1, max: 1439 }),
      ({ input, query: asked }, from, length) => {
        const query: Query = { ...asked, quietHours: { from, to: (from + length) % 1440 } };
        const { departure, flags } = input.stopTimes;
        const quiet = flags.map((flag, row) =>
          (departure[row]! - from + 2880) % 1440 < length ? flag | NO_BOARDING : flag,
        );
        const quieter: TimetableInput = { ...input, stopTimes: { ...input.stopTimes, flags: quiet } };
        const image = compileTimetable(input);
        const router = new Router(image);
        assert.deepEqual(
          router.arrivals(query),
          new Router(compileTimetable(quieter)).arrivals({ ...asked, minRides: 0 }),
        );
        const journey = router.earliestArrival(query);
        const [truth] = frontOf(new ConnectionScan(quieter).earliestArrivals(asked)).slice(-1);
        assert.deepEqual(front(journey ? [journey] : []), truth ? [truth] : []);
        if (!journey) return;
        const [later] = new Router(compileTimetable(quieter)).earliestArrivals(asked).slice(-1);
        assert.equal(journey.departure, later!.departure, 'leaves as late');
        replay(quieter, image, query, journey);
      },
    ),
    runs(700),
  ));

test('the earliest minute at every stop is that of the oracle', () =>
  fc.assert(
    fc.property(
      worldOf(zoneSets.both, { maxRides: ANY_RIDES, minRides: 0 }),
      ends,
      ({ input, ...world }, horizon) => {
        const query: Query = horizon === undefined ? world.query : { ...world.query, horizon };
        const oracle = new ConnectionScan(input);
        const arrivals = new Router(compileTimetable(input)).arrivals(query);
        const end = query.time + (horizon ?? Infinity);
        const truth = input.stops.map((_, stop) =>
          Math.min(
            ...query.access
              .filter((way) => way.stop === stop)
              .map(({ minutes }) => query.time + minutes)
              .map((minute) => (minute > end ? Infinity : minute)),
            oracle.earliestArrivals({ ...query, egress: [{ stop: asStop(stop), minutes: 0 }] }).at(-1)!,
          ),
        );
        assert.deepEqual(
          [...arrivals].map((minute) => (minute === NEVER ? Infinity : minute)),
          truth,
        );
      },
    ),
    runs(300),
  ));

test('a scan cut by its deadline says so, and what it has found is a journey', () =>
  fc.assert(
    fc.property(worldOf(zoneSets.both), fc.integer({ min: 0, max: 200 }), ({ input, query }, looks) => {
      const image = compileTimetable(input);
      const router = new Router(image);
      const whole = router.earliestArrival(query);
      assert.equal(router.partial, false);
      let left = looks;
      const journey = router.earliestArrival({ ...query, expired: () => left-- <= 0 });
      assert.equal(router.partial, left < 0);
      if (!router.partial) assert.deepEqual(journey, whole);
      if (!journey) return;
      replay(input, image, query, journey);
      assert.ok(journey.arrival >= whole!.arrival);
    }),
    runs(500),
  ));
