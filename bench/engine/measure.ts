import type { Fares } from '../../src/engine/fares/family.ts';
import { FareTable } from '../../src/engine/fares/fareTable.ts';
import { PricedRouter } from '../../src/engine/priced/pricedRouter.ts';
import { Router } from '../../src/engine/routing/router.ts';
import type { NetworkImage, StopIndex } from '../../src/engine/timetable/image.ts';
import { allModes } from '../../src/engine/timetable/modes.ts';

export interface Pair {
  readonly from: StopIndex;
  readonly to: StopIndex;
  /** Timeline minute. */
  readonly time: number;
}

/** Milliseconds a query, warm; `mean` is the mean number of journeys. */
export interface Times {
  readonly p50: number;
  readonly p95: number;
  readonly mean: number;
}

export interface Figures {
  readonly earliest: Times & { readonly arrivals: readonly (number | null)[] };
  readonly range: Times;
  readonly priced: Times | null;
  readonly tableMs: number | null;
}

const RANGE_MINUTES = 360;
const PRICED_RIDES = 4;

/** Change time 0, no links, as the peers are asked. Each search once over all pairs to warm up, once for the clock. */
export function measure(image: NetworkImage, pairs: readonly Pair[], fares?: Fares): Figures {
  const router = new Router(image);
  const query = ({ from, to, time }: Pair, maxRides: number) => ({
    access: [{ stop: from, minutes: 0 }],
    egress: [{ stop: to, minutes: 0 }],
    time,
    maxRides,
    changeMinutes: 0,
    modes: allModes,
    links: false,
  });
  const arrivals: (number | null)[] = [];
  const earliest = timed(pairs, (pair, index) => {
    const found = router.earliestArrival(query(pair, 12));
    arrivals[index] = found?.arrival ?? null;
    return found ? 1 : 0;
  });
  const range = timed(pairs, (pair) => router.range(query(pair, 6), RANGE_MINUTES).length);
  if (!fares) return { earliest: { ...earliest, arrivals }, range, priced: null, tableMs: null };
  const begun = performance.now();
  const table = new FareTable(image, fares);
  const tableMs = Math.round(performance.now() - begun);
  const pricedRouter = new PricedRouter(table);
  const priced = timed(
    pairs,
    (pair) => pricedRouter.pareto({ ...query(pair, PRICED_RIDES), passengers: 1 }).journeys.length,
  );
  return { earliest: { ...earliest, arrivals }, range, priced, tableMs };
}

function timed(pairs: readonly Pair[], search: (pair: Pair, index: number) => number): Times {
  let total = 0;
  for (const [index, pair] of pairs.slice(0, 40).entries()) search(pair, index);
  const times = pairs.map((pair, index) => {
    const begun = performance.now();
    total += search(pair, index);
    return performance.now() - begun;
  });
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    Math.round(100 * sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!) / 100;
  return { p50: at(0.5), p95: at(0.95), mean: Math.round((10 * total) / pairs.length) / 10 };
}
