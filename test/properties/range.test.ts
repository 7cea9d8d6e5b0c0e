import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Journey } from '../../src/engine/routing/journey.ts';
import type { Query } from '../../src/engine/routing/query.ts';
import { Router } from '../../src/engine/routing/router.ts';
import { compileTimetable } from '../../src/engine/timetable/compile.ts';
import { Exhaustive } from './exhaustive.ts';
import { replay } from './replay.ts';
import { runs, worldOf, zoneSets } from './worlds.ts';

type Point = Pick<Journey, 'departure' | 'arrival' | 'rides'>;

const windows = fc.constantFrom(0, 5, 60, 240);
const member = ({ departure, arrival, rides }: Point): string => `${departure} ${arrival} ${rides}`;
const members = (journeys: readonly Point[]): string[] => journeys.map(member).toSorted();

/** Those that no other equals or beats by departure, arrival and rides. */
const best = (points: readonly Point[]): Point[] =>
  [...new Map(points.map((point) => [member(point), point])).values()].filter(
    (point, _, all) =>
      !all.some(
        (other) =>
          other !== point &&
          other.departure >= point.departure &&
          other.arrival <= point.arrival &&
          other.rides <= point.rides,
      ),
  );

const quietHours = fc
  .tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 1439 }))
  .map(([from, length]) => ({ from, to: (from + length) % 1440 }));

test('a range is what the earliest arrivals of every minute of the window come to', () =>
  fc.assert(
    fc.property(worldOf(zoneSets.both), windows, (world, window) => {
      const query: Query = { ...world.query, minRides: 1 };
      const last = query.time + window;
      const router = new Router(compileTimetable(world.input));
      const found: Point[] = [];
      for (let { time } = query; time <= last; time++)
        found.push(...router.earliestArrivals({ ...query, time }));
      // What leaves after the window may beat what leaves within; a range does not know of it.
      const later = found.filter(({ departure }) => departure > last);
      const range = best([...router.range(query, window), ...later]);
      const within = (points: readonly Point[]) => points.filter(({ departure }) => departure <= last);
      assert.deepEqual(members(within(range)), members(within(best(found))));
    }),
    runs(150),
  ));

test('with quiet hours, a range is what the exhaustive search finds, and replays', () =>
  fc.assert(
    fc.property(worldOf(zoneSets.both), quietHours, windows, (world, quiet, window) => {
      const query: Query = { ...world.query, quietHours: quiet };
      const image = compileTimetable(world.input);
      const journeys = new Router(image).range(query, window);
      const truth = new Exhaustive(world.input).front(
        { ...query, minRides: 1, passengers: 1 },
        { departure: true, until: query.time + window },
      );
      assert.deepEqual(members(journeys), members(truth));
      for (const journey of journeys) replay(world.input, image, query, journey);
    }),
    runs(700),
  ));

test('with quiet hours, earliest arrivals are what the exhaustive search finds, and replay', () =>
  fc.assert(
    fc.property(worldOf(zoneSets.both), quietHours, (world, quiet) => {
      const query: Query = { ...world.query, quietHours: quiet };
      const image = compileTimetable(world.input);
      const journeys = new Router(image).earliestArrivals(query);
      const shape = (points: readonly Point[]) =>
        points.map(({ rides, arrival }) => `${rides} ${arrival}`).toSorted();
      const truth = new Exhaustive(world.input).front({ ...query, passengers: 1 }, {});
      assert.deepEqual(shape(journeys), shape(truth));
      for (const journey of journeys) replay(world.input, image, query, journey);
    }),
    runs(700),
  ));

/** They are right when the exhaustive search, leaving then, arrives in time, and leaving later does not. */
test('with quiet hours, latest departures are those of the exhaustive search, turned round', () =>
  fc.assert(
    fc.property(worldOf(zoneSets.both), quietHours, (world, quiet) => {
      const query: Query = { ...world.query, quietHours: quiet };
      const image = compileTimetable(world.input);
      const journeys = new Router(image).latestDepartures(query);
      const truth = new Exhaustive(world.input);
      const arrival = (time: number, maxRides: number): number =>
        Math.min(
          ...truth.front({ ...query, time, maxRides, passengers: 1 }, {}).map((point) => point.arrival),
        );
      let departure = -10_000;
      for (let rides = query.minRides ?? 0; rides <= query.maxRides; rides++) {
        const journey = journeys.find((candidate) => candidate.rides === rides);
        if (journey) {
          assert.ok(journey.departure > departure, 'a further ride departs later');
          ({ departure } = journey);
          assert.equal(arrival(departure, rides), journey.arrival, 'arrives as early as it can');
          replay(world.input, image, query, journey);
        }
        assert.ok(arrival(departure + 1, rides) > query.time, 'none departs later');
      }
    }),
    runs(400),
  ));

test('widening the window loses nothing', () =>
  fc.assert(
    fc.property(worldOf(zoneSets.both), windows, fc.integer({ min: 1, max: 300 }), (world, window, more) => {
      const { query } = world;
      const router = new Router(compileTimetable(world.input));
      const narrow = router.range(query, window);
      // Earlier departures beat none that leave later.
      const before = router.range({ ...query, time: query.time - more }, window + more);
      const kept = before.filter(({ departure }) => departure >= query.time);
      assert.deepEqual(members(kept), members(narrow));
      // Later departures may, but then they are as good.
      const after = router.range(query, window + more);
      assert.deepEqual(members(best([...narrow, ...after])), members(after));
    }),
    runs(400),
  ));

test('a search that is cut says so, answers what replays, and leaves nothing behind', () =>
  fc.assert(
    fc.property(worldOf(zoneSets.both), fc.nat({ max: 3 }), ({ input, query }, looks) => {
      const image = compileTimetable(input);
      const router = new Router(image);
      const ask = {
        earliestArrivals: (asked: Query) => router.earliestArrivals(asked),
        latestDepartures: (asked: Query) => router.latestDepartures(asked),
        range: (asked: Query) => router.range(asked, 240),
      };
      for (const search of Object.values(ask)) {
        const whole = search(query);
        assert.equal(router.partial, false);
        let left = looks;
        let expired = false;
        for (const journey of search({ ...query, expired: () => (expired = left-- <= 0) }))
          replay(input, image, query, journey);
        assert.equal(router.partial, expired);
        assert.deepEqual(search(query), whole);
        assert.equal(router.partial, false);
      }
    }),
    runs(200),
  ));
