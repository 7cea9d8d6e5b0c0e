import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ConnectionScan } from '../../src/engine/routing/connectionScan.ts';
import { compileTimetable } from '../../src/engine/timetable/compile.ts';
import type { NetworkImage } from '../../src/engine/timetable/image.ts';
import { asStop } from '../../src/engine/timetable/indexes.ts';
import type { TimetableInput } from '../../src/engine/timetable/input.ts';
import { buildTimetable } from '../../src/gtfs/buildTimetable.ts';
import { readFeed } from '../../src/gtfs/readFeed.ts';
import { LOOK_BACK_DAYS, planningWindow } from '../../src/gtfs/window.ts';
import { asEpochDay, instantOf, MINUTES_PER_DAY, parseDate } from '../../src/units/time.ts';
import { PRICED_RIDES, queryOf, RANGE_RIDES, rangeDelays, writeCase } from './cases.ts';
import type { Question, Truth } from './cases.ts';
import { inventedCountry, inventedFares } from './invented.ts';
import { railFares } from './railFares.ts';
import { SAMPLE_EVERY, settledMemory } from './times.ts';

interface PairFile {
  readonly date: string;
  readonly pairs: readonly { readonly from: string; readonly to: string; readonly dep: number }[];
}

/** From the zip to a compiled image, with all checks; then the truth, and everything into the folder. */
export async function prepareFeed(zip: string, pairFile: string, folder: string): Promise<object> {
  const begun = performance.now();
  const { image, input } = await load(zip);
  const loadMs = Math.round(performance.now() - begun);
  const loadMemory = settledMemory();
  const { date, pairs } = JSON.parse(readFileSync(pairFile, 'utf8')) as PairFile;
  const day = asEpochDay(parseDate(`${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`)!);
  const questions = pairs.map(({ from, to, dep }): Question => {
    const stop = stopOf(image, from);
    const time = image.timelineAt(instantOf(day, dep, image.stopZone(stop)));
    return { from: stop, to: stopOf(image, to), time };
  });
  const rail = path.basename(zip).startsWith('in-rail');
  const { feed } = await readFeed(zip);
  writeCase(folder, image, {
    fares: rail ? railFares(feed) : inventedFares,
    questions,
    truth: truthOf(input, day - input.firstDay, questions, true),
    midnight: image.timelineAt(instantOf(day, 0, image.stopZone(0))),
    vias: rail,
  });
  return { loadMs, loadMemory, imageBytes: image.buffer.byteLength, stopTimes: image.stats().stopTimes };
}

async function load(zip: string): Promise<{ image: NetworkImage; input: TimetableInput }> {
  const read = await readFeed(zip);
  const { input } = buildTimetable([read], {
    window: planningWindow([read.feed], []),
    generatedLinks: false,
  });
  return { image: compileTimetable(input), input };
}

function stopOf(image: NetworkImage, id: string): Question['from'] {
  const stop = image.findStop(id);
  if (stop === undefined) throw new Error(`The pairs name stop ${id}, which the feed does not have`);
  return stop;
}

const DAYS_AHEAD = 6;

/** By the connection scan over all service days, which shares no code with the router. */
function truthOf(input: TimetableInput, day: number, questions: readonly Question[], all: boolean): Truth {
  const firstDay = Math.max(0, day - LOOK_BACK_DAYS);
  const oracle = new ConnectionScan(input, { firstDay, days: day - firstDay + DAYS_AHEAD });
  const earliest = questions.map(
    ({ from, to, time }) => oracle.earliestArrival(from, to, time, { changeMinutes: 0 }) ?? null,
  );
  if (!all) return { earliest };
  /** By number of rides at most. */
  const byRides = (question: Question, delay: number): (number | null)[] =>
    oracle
      .earliestArrivals(queryOf({ ...question, time: question.time + delay }, RANGE_RIDES))
      .map((arrival) => (arrival === Infinity ? null : arrival));
  const sample = questions
    .filter((_, index) => index % SAMPLE_EVERY === 0)
    .map((question) => rangeDelays.map((delay) => byRides(question, delay)));
  return {
    earliest,
    priced: sample.map(([atOnce]) => atOnce![PRICED_RIDES]!),
    range: sample.map((delayed) => delayed.map((arrivals) => arrivals[RANGE_RIDES]!)),
  };
}

/** Questions start on the tenth day, so that every run that may be under way has started. */
const INVENTED_DAY = 9;
const HUBS = 800;

export function prepareInvented(size: number, count: number, folder: string): object {
  const input = inventedCountry(size);
  const begun = performance.now();
  const image = compileTimetable(input);
  const compileMs = Math.round(performance.now() - begun);
  const questions = Array.from({ length: count }, (_, n) => ({
    from: asStop((n * 37) % HUBS),
    to: asStop((n * 101 + 400) % HUBS),
    time: INVENTED_DAY * MINUTES_PER_DAY + ((n * 173) % MINUTES_PER_DAY),
  })).filter(({ from, to }) => from !== to);
  writeCase(folder, image, {
    fares: inventedFares,
    questions,
    // Larger countries would need gigabytes of connections.
    truth: size === 1 ? truthOf(input, INVENTED_DAY, questions, false) : null,
    midnight: 0,
    vias: false,
  });
  return { stopTimes: input.stopTimes.stop.length, compileMs, imageBytes: image.buffer.byteLength };
}
