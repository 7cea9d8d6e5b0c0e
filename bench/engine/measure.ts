import { FareTable } from '../../src/engine/fares/fareTable.ts';
import { freeFares } from '../../src/engine/fares/freeFares.ts';
import { type PricedAnswer, PricedRouter } from '../../src/engine/priced/pricedRouter.ts';
import type { PricedQuery } from '../../src/engine/priced/query.ts';
import type { Journey } from '../../src/engine/routing/journey.ts';
import { Router } from '../../src/engine/routing/router.ts';
import {
  EARLIEST_RIDES,
  faresOf,
  openCaseImage,
  PRICED_RIDES,
  queryOf,
  RANGE_MINUTES,
  RANGE_RIDES,
  rangeDelays,
  readCase,
} from './cases.ts';
import { rounded, SAMPLE_EVERY, settledMemory, timed } from './times.ts';
import type { Times } from './times.ts';
import { viaQueries, VIA_PRICED_RIDES, VIA_RIDES } from './vias.ts';

/** `right`: share of questions whose earliest arrival equals that of the connection scan; null when it was not asked. */
export type Judged = Times & { readonly right: number | null };

export interface Measured {
  /** From the file's bytes to an open image, in a new process. */
  readonly openMs: number;
  /** From there to the first answer: what the router derives from the image. */
  readonly firstAnswerMs: number;
  /** MB of the process: modules only; with the image and a router that has answered; with prices, too. */
  readonly bareMemory: number;
  readonly memory: number;
  readonly pricedMemory: number;
  readonly tableMs: number;
  readonly earliest: Judged;
  readonly range: Judged;
  readonly priced: Judged;
  /** Five stop-overs: by time and rides alone, and priced. */
  readonly via: Times | null;
  readonly viaPriced: Times | null;
  readonly randomReadNs: number;
}

/** In a process that has never seen the timetable, only its image. */
export function measureCase(folder: string): Measured {
  const bareMemory = settledMemory();
  let begun = performance.now();
  const image = openCaseImage(folder);
  const openMs = rounded(performance.now() - begun);
  const asked = readCase(folder);
  const { questions, truth } = asked;
  begun = performance.now();
  const router = new Router(image);
  router.earliestArrival(queryOf(questions[0]!, EARLIEST_RIDES));
  const firstAnswerMs = rounded(performance.now() - begun);
  const memory = settledMemory();
  const arrivals: (number | null)[] = [];
  const judge = (times: Times, known: readonly (number | null)[] | undefined, every = 1): Judged => ({
    ...times,
    right: known ? share(known, (at, index) => at === arrivals[index * every]) : null,
  });
  const earliest = judge(
    timed(questions, (question, index) => {
      const found = router.earliestArrival(queryOf(question, EARLIEST_RIDES));
      arrivals[index] = found?.arrival ?? null;
      return found ? 1 : 0;
    }),
    truth?.earliest,
  );
  const ranges: (readonly Journey[])[] = [];
  const rangeTimes = timed(questions, (question, index) => {
    ranges[index] = router.range(queryOf(question, RANGE_RIDES), RANGE_MINUTES);
    return ranges[index].length;
  });
  const range = {
    ...rangeTimes,
    right: truth?.range
      ? share(truth.range, (known, sample) =>
          rangeAgrees(questions[sample * SAMPLE_EVERY]!.time, ranges[sample * SAMPLE_EVERY]!, known),
        )
      : null,
  };
  begun = performance.now();
  const table = new FareTable(image, faresOf(asked));
  const tableMs = Math.round(performance.now() - begun);
  const pricedRouter = new PricedRouter(table);
  const priced = judge(
    timed(questions, (question, index) => {
      const { journeys } = pricedRouter.pareto({ ...queryOf(question, PRICED_RIDES), passengers: 1 });
      arrivals[index] = first(journeys);
      return journeys.length;
    }),
    truth?.priced,
    SAMPLE_EVERY,
  );
  const pricedMemory = settledMemory();
  const viaTimes = (rides: number, ask: (query: PricedQuery) => PricedAnswer): Times | null =>
    asked.vias ? timed(viaQueries(questions, rides), (query) => ask(query).journeys.length) : null;
  const free = new PricedRouter(new FareTable(image, freeFares(image)));
  return {
    openMs,
    firstAnswerMs,
    bareMemory,
    memory,
    pricedMemory,
    tableMs,
    earliest,
    range,
    priced,
    via: viaTimes(VIA_RIDES, (query) => free.earliestArrival(query)),
    viaPriced: viaTimes(VIA_PRICED_RIDES, (query) => pricedRouter.pareto(query)),
    randomReadNs: randomReadNs(image.buffer.byteLength),
  };
}

/**
 * Whoever leaves at a minute of the range arrives by one of its journeys or by one that leaves after it, whichever
 * is earlier: so the range and the arrivals known for leaving after it give those for leaving within.
 */
function rangeAgrees(time: number, journeys: readonly Journey[], known: readonly (number | null)[]): boolean {
  const after = known.at(-1) ?? Infinity;
  return rangeDelays.slice(0, -1).every((delay, index) => {
    const leaving = journeys.filter(({ departure }) => departure >= time + delay);
    return Math.min(after, first(leaving) ?? Infinity) === (known[index] ?? Infinity);
  });
}

const share = <Item>(items: readonly Item[], is: (item: Item, index: number) => boolean): number =>
  items.filter(is).length / items.length;

const first = (journeys: readonly { readonly arrival: number }[]): number | null =>
  journeys.length === 0 ? null : Math.min(...journeys.map(({ arrival }) => arrival));

/**
 * Nanoseconds of a read that depends on the read before it, anywhere in memory of so many bytes: what a cache miss
 * costs at this size. Counters of the processor are not to be had in most virtual machines.
 */
function randomReadNs(bytes: number): number {
  const next = new Int32Array(bytes >> 2).map((_, index) => index);
  // Sattolo's shuffle: one cycle over all cells.
  for (let last = next.length - 1; last > 0; last--) {
    const other = Math.floor(Math.random() * last);
    [next[last], next[other]] = [next[other]!, next[last]!];
  }
  const steps = 1_000_000;
  let [at, least] = [0, Infinity];
  // What else the machine does makes single turns longer.
  for (let turn = 0; turn < 9; turn++) {
    const begun = performance.now();
    for (let step = 0; step < steps; step++) at = next[at]!;
    least = Math.min(least, performance.now() - begun);
  }
  return at < 0 ? Number.NaN : rounded((least * 1e6) / steps);
}
