/**
 * One measurement in a process of its own, so that its memory is its own: `child.ts feed FEED.zip PAIRS.json` or
 * `child.ts invented SIZE PAIRS`. Prints one JSON line.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Fares } from '../../src/engine/fares/family.ts';
import { readFares } from '../../src/engine/fares/readFares.ts';
import { ConnectionScan } from '../../src/engine/routing/connectionScan.ts';
import { compileTimetable } from '../../src/engine/timetable/compile.ts';
import { openImageBytes } from '../../src/engine/timetable/image.ts';
import type { NetworkImage } from '../../src/engine/timetable/image.ts';
import { asStop } from '../../src/engine/timetable/indexes.ts';
import type { TimetableInput } from '../../src/engine/timetable/input.ts';
import { buildTimetable } from '../../src/gtfs/buildTimetable.ts';
import { readFeed } from '../../src/gtfs/readFeed.ts';
import { LOOK_BACK_DAYS, planningWindow } from '../../src/gtfs/window.ts';
import { asEpochDay, instantOf, parseDate } from '../../src/units/time.ts';
import { inventedCountry, inventedFares } from './invented.ts';
import { measure } from './measure.ts';
import type { Pair } from './measure.ts';

const megabytes = (): number => {
  globalThis.gc?.();
  return Math.round(process.memoryUsage.rss() / 2 ** 20);
};

interface PairFile {
  readonly date: string;
  readonly pairs: readonly { readonly from: string; readonly to: string; readonly dep: number }[];
}

async function measureFeed(feed: string, pairFile: string): Promise<object> {
  const begun = performance.now();
  const read = await readFeed(feed);
  const { input } = buildTimetable([read], {
    window: planningWindow([read.feed], []),
    generatedLinks: false,
  });
  const image = compileTimetable(input);
  const loadMs = Math.round(performance.now() - begun);
  const { date, pairs: asked } = JSON.parse(readFileSync(pairFile, 'utf8')) as PairFile;
  const day = parseDate(`${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`)!;
  const pairs = asked.map(({ from, to, dep }): Pair => {
    const stop = image.findStop(from)!;
    const time = image.timelineAt(instantOf(asEpochDay(day), dep, image.stopZone(stop)));
    return { from: stop, to: image.findStop(to)!, time };
  });
  const rail = path.basename(feed).startsWith('in-rail');
  const fares = readFares(rail ? await railFares(feed) : inventedFares);
  const reopenMs = reopen(image);
  const memory = megabytes();
  const { earliest, ...others } = measure(image, pairs, fares);
  const midnight = image.timelineAt(instantOf(asEpochDay(day), 0, image.stopZone(0)));
  const arrivals = earliest.arrivals.map((at) => (at === null ? null : at - midnight));
  return {
    loadMs,
    reopenMs,
    memory,
    imageBytes: image.buffer.byteLength,
    earliest: {
      p50: earliest.p50,
      p95: earliest.p95,
      right: rightShare(input, day, pairs, earliest.arrivals),
    },
    ...others,
    arrivals,
  };
}

function reopen(image: NetworkImage): number {
  const bytes = new Uint8Array(image.buffer).slice();
  const begun = performance.now();
  openImageBytes(bytes);
  return Math.round(performance.now() - begun);
}

/** Share of arrivals that equal those of the connection scan over all service days. */
function rightShare(
  input: TimetableInput,
  day: number,
  pairs: readonly Pair[],
  arrivals: readonly (number | null)[],
): number {
  const firstDay = Math.max(0, day - input.firstDay - LOOK_BACK_DAYS);
  const oracle = new ConnectionScan(input, { firstDay, days: LOOK_BACK_DAYS + 16 });
  const right = pairs.filter(
    ({ from, to, time }, index) =>
      (oracle.earliestArrival(from, to, time, { changeMinutes: 0 }) ?? null) === arrivals[index],
  );
  return right.length / pairs.length;
}

const rates: Readonly<Record<string, readonly [base: number, perKm: number, least: number]>> = {
  SUB: [0, 35, 500],
  MEMU: [0, 35, 1000],
  PAS: [0, 35, 1000],
  MEX: [3000, 55, 6000],
  SUF: [6000, 60, 9000],
  VNDB: [10_000, 190, 30_000],
  RAJ: [10_000, 190, 30_000],
  DRNT: [10_000, 170, 30_000],
  SHT: [8000, 160, 25_000],
  JSH: [4000, 70, 8000],
  GBR: [6000, 100, 15_000],
};

/** Made-up rates by the kind of train that the feed writes as the trip's short name; they telescope. */
async function railFares(feed: string): Promise<object> {
  const { feed: rows } = await readFeed(feed);
  const kinds = new Map<string, Set<string>>();
  for (const trip of rows.trips) {
    const kind = trip.shortName in rates ? trip.shortName : 'other';
    kinds.set(kind, (kinds.get(kind) ?? new Set()).add(rows.routes[trip.route]!.id));
  }
  return {
    currency: 'INR',
    families: [...kinds].map(([id, routes]) => {
      const [base, perKm, least] = rates[id] ?? [2000, 60, 4000];
      return {
        id,
        route_ids: [...routes],
        base_minor: base,
        slabs: [
          { up_to_km: 200, minor_per_km: perKm },
          { up_to_km: 800, minor_per_km: 0.8 * perKm },
          { minor_per_km: 0.6 * perKm },
        ],
        minimum_minor: least,
        round_up_to_minor: 500,
      };
    }),
  };
}

function measureInvented(size: number, count: number): object {
  const input = inventedCountry(size);
  const begun = performance.now();
  const image = compileTimetable(input);
  const compileMs = Math.round(performance.now() - begun);
  const fares: Fares = readFares(inventedFares);
  const pairs = Array.from({ length: count }, (_, n) => ({
    from: asStop((n * 37) % 800),
    to: asStop((n * 101 + 400) % 800),
    time: 9 * 1440 + ((n * 173) % 1440),
  })).filter(({ from, to }) => from !== to);
  const stopTimes = input.stopTimes.stop.length;
  const { earliest, ...others } = measure(image, pairs, fares);
  const { p50, p95 } = earliest;
  return {
    size,
    stopTimes,
    compileMs,
    imageBytes: image.buffer.byteLength,
    memory: megabytes(),
    earliest: { p50, p95 },
    ...others,
  };
}

const [kind, first = '', second = ''] = process.argv.slice(2);
const answer =
  kind === 'invented' ? measureInvented(Number(first), Number(second)) : await measureFeed(first, second);
process.stdout.write(`${JSON.stringify(answer)}\n`);
