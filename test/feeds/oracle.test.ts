/**
 * Real feeds, where they lie beside the checkout: the router's earliest arrivals over all service days, by scan and
 * by rounds, equal those of the oracle, which shares no code with it, on fixed and on random pairs.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { ConnectionScan } from '../../src/engine/routing/connectionScan.ts';
import type { Journey } from '../../src/engine/routing/journey.ts';
import type { Query } from '../../src/engine/routing/query.ts';
import { Router } from '../../src/engine/routing/router.ts';
import { compileTimetable } from '../../src/engine/timetable/compile.ts';
import type { StopIndex } from '../../src/engine/timetable/image.ts';
import type { TimetableInput } from '../../src/engine/timetable/input.ts';
import { allModes } from '../../src/engine/timetable/modes.ts';
import { buildTimetable } from '../../src/gtfs/buildTimetable.ts';
import { readFeed } from '../../src/gtfs/readFeed.ts';
import { LOOK_BACK_DAYS, planningWindow } from '../../src/gtfs/window.ts';
import { asEpochDay, type EpochDay, instantOf, MINUTES_PER_DAY, parseDate } from '../../src/units/time.ts';

const feeds = process.env['ROUTESTITCH_FEEDS'] ?? path.resolve(import.meta.dirname, '../../../shared/data');
const pairFiles = path.resolve(feeds, '../peers');

const RANDOM_PAIRS = 500;
const SEED = 20260105;
/** The fixed pairs were made for these many days of service after the day asked; more only cost memory. */
const DAYS_AHEAD = 16;

interface Case {
  readonly feed: string;
  /** The middle of the calendar when absent. */
  readonly date?: string;
  readonly pairs: readonly string[];
  /** Share of the questions that have an answer at least; half of them when absent. */
  readonly reached?: number;
}
const cases: readonly Case[] = [
  { feed: 'in-rail-2025', date: '2026-01-05', pairs: ['pairs-in-rail-2025', 'pairs-in-rail-2025-intercity'] },
  { feed: 'hdbrts', date: '2026-07-06', pairs: ['pairs-hdbrts'] },
  { feed: 'durham', date: '2024-01-17', pairs: [] },
  { feed: 'chennai-metro', date: '2026-01-14', pairs: [] },
  // Its platforms are stops of their own and nothing links them: few pairs have a way.
  { feed: 'hyderabad-metro', date: '2026-01-14', pairs: [], reached: 0.01 },
  // Clocks change in the night before, so service days do not start at midnight.
  { feed: 'durham', date: '2024-03-10', pairs: [] },
];

const named = new Set(cases.map(({ feed }) => feed));
/** Whatever else lies in the folder is asked too; nothing is known of how much of it can be reached. */
const others: readonly Case[] = (existsSync(feeds) ? readdirSync(feeds) : [])
  .filter((file) => file.endsWith('.zip') && !named.has(path.basename(file, '.zip')))
  .map((file) => ({ feed: path.basename(file, '.zip'), pairs: [], reached: -1 }));

interface Question {
  readonly from: string;
  readonly to: string;
  readonly minutes: number;
  readonly day: EpochDay;
}

function fixedPairs(file: string): Question[] {
  const { date, pairs } = JSON.parse(readFileSync(path.join(pairFiles, `${file}.json`), 'utf8')) as {
    date: string;
    pairs: { from: string; to: string; dep: number }[];
  };
  const day = parseDate(`${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`)!;
  return pairs.map(({ from, to, dep }) => ({ from, to, minutes: dep, day }));
}

/** Between stops of all sizes: in the order of their calls the first ones are drawn more often than the last. */
function randomPairs(input: TimetableInput, day: EpochDay): Question[] {
  let state = SEED;
  const random = (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const calls = new Map<number, number>();
  for (const stop of input.stopTimes.stop) calls.set(stop, (calls.get(stop) ?? 0) + 1);
  const served = [...calls.keys()].toSorted((a, b) => calls.get(b)! - calls.get(a)! || a - b);
  const stop = (): string => input.stops[served[random(random(served.length) + 1)]!]!.id;
  return Array.from({ length: RANDOM_PAIRS }, () => ({
    from: stop(),
    to: stop(),
    minutes: random(MINUTES_PER_DAY),
    day,
  }));
}

/** Only the service days that matter to the question, to keep the expanded connections small. */
function narrowed(input: TimetableInput, day: number): { firstDay: number; days: number } {
  const firstDay = Math.max(0, day - input.firstDay - LOOK_BACK_DAYS);
  return { firstDay, days: LOOK_BACK_DAYS + DAYS_AHEAD };
}

async function loadFeed(name: string): Promise<TimetableInput> {
  const read = await readFeed(path.join(feeds, `${name}.zip`));
  return buildTimetable([read], { window: planningWindow([read.feed], []) }).input;
}

describe('router = connection scan', () => {
  for (const { feed, date, pairs, reached: share = 0.5 } of [...cases, ...others]) {
    const missing = existsSync(path.join(feeds, `${feed}.zip`))
      ? false
      : `no ${feed}.zip in ROUTESTITCH_FEEDS`;
    test(`${feed} on ${date ?? 'its middle day'}`, { skip: missing }, async () => {
      const input = await loadFeed(feed);
      const day = date === undefined ? middleDay(input) : parseDate(date)!;
      const image = compileTimetable(input);
      const router = new Router(image);
      const questions = [...pairs.flatMap(fixedPairs), ...randomPairs(input, day)];
      const oracles = new Map<number, ConnectionScan>();
      let reached = 0;
      for (const [index, { from, to, minutes, day: asked }] of questions.entries()) {
        const oracle = oracles.get(asked) ?? new ConnectionScan(input, narrowed(input, asked));
        oracles.set(asked, oracle);
        const [a, b] = [image.findStop(from)!, image.findStop(to)!];
        const time = image.timelineAt(instantOf(asEpochDay(asked), minutes, image.stopZone(a)));
        const truth = a === b ? time : oracle.earliestArrival(a, b, time, { changeMinutes: 0 });
        const question = `${from} → ${to} on day ${asked} at minute ${minutes}`;
        const query = queryOf(a, b, time);
        const byScan = a === b ? undefined : router.earliestArrival(query);
        assert.equal(a === b ? time : byScan?.arrival, truth, question);
        // Rounds are slower and the file must end in time: every fourth question by them too.
        if (a !== b && index % 4 === 0)
          assert.deepEqual(factsOf(router.earliestArrivals(query).at(-1)), factsOf(byScan), question);
        if (truth !== undefined) reached++;
      }
      assert.ok(reached > share * questions.length, `only ${reached} of ${questions.length} can be reached`);
    });
  }
});

const middleDay = (input: TimetableInput): EpochDay =>
  asEpochDay(input.firstDay + Math.floor(input.dayCount / 2));

const queryOf = (from: StopIndex, to: StopIndex, time: number): Query => ({
  access: [{ stop: from, minutes: 0 }],
  egress: [{ stop: to, minutes: 0 }],
  time,
  maxRides: 14,
  changeMinutes: 0,
  modes: allModes,
  links: false,
  minRides: 1,
});

const factsOf = (journey: Journey | undefined) =>
  journey && [journey.departure, journey.arrival, journey.rides];
