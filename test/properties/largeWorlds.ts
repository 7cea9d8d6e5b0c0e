import type { FareFamily, Fares } from '../../src/engine/fares/family.ts';
import type { PricedQuery } from '../../src/engine/priced/query.ts';
import { asStop } from '../../src/engine/timetable/indexes.ts';
import { linkKinds } from '../../src/engine/timetable/input.ts';
import type { TimetableInput } from '../../src/engine/timetable/input.ts';
import { allModes } from '../../src/engine/timetable/modes.ts';
import { parseDate } from '../../src/units/time.ts';
import { dayStarts } from './worlds.ts';

/**
 * Invented countries of 20 to 60 stops, the same for the same seed: lines that follow the map, overtake each
 * other, turn in loops and run for three days; several fare families, some of them by vehicle, some lines without
 * a price; links that cost and that do not. For searches whose answers are long lists.
 */
export interface LargeWorld {
  readonly input: TimetableInput;
  readonly fares: Fares;
  readonly query: PricedQuery;
}

/** Mulberry32: small, fast, and good enough for worlds. */
export class Chance {
  private state: number;
  constructor(seed: number) {
    this.state = seed >>> 0;
  }
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }
  /** 0 … most - 1. */
  below(most: number): number {
    return Math.floor(this.next() * most);
  }
  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)]!;
  }
  chance(share: number): boolean {
    return this.next() < share;
  }
}

const FIRST_DAY = parseDate('2026-03-26')!;
const DAYS = 8;
const routeTypes = [2, 2, 2, 3, 3, 1100, 2, 3];

interface Draft {
  readonly runs: TimetableInput['runs'][number][];
  readonly offsets: number[];
  readonly stop: number[];
  readonly arrival: number[];
  readonly departure: number[];
  readonly distance: number[];
  readonly flags: number[];
}

export function largeWorld(seed: number): LargeWorld {
  const chance = new Chance(seed);
  const stopCount = 20 + chance.below(41);
  const places = Array.from({ length: stopCount }, () => [chance.next() * 600, chance.next() * 600] as const);
  const km = (a: number, b: number): number =>
    Math.ceil(Math.hypot(places[a]![0] - places[b]![0], places[a]![1] - places[b]![1]));
  const zones = chance.chance(0.3) ? ['Asia/Kolkata', 'Europe/Berlin'] : ['Asia/Kolkata'];
  const draft: Draft = {
    runs: [],
    offsets: [0],
    stop: [],
    arrival: [],
    departure: [],
    distance: [],
    flags: [],
  };
  const lineCount = 16 + chance.below(25);
  for (let line = 0; line < lineCount; line++) addRuns(chance, draft, line, stopCount, km);
  const input: TimetableInput = {
    firstDay: FIRST_DAY,
    dayCount: DAYS,
    zones: zones.map((name) => ({ name, dayStart: dayStarts(name, FIRST_DAY, DAYS) })),
    stops: places.map((_, index) => ({
      id: `stop ${index}`,
      name: '',
      code: '',
      lat: 0,
      lng: 0,
      zone: 0,
      parent: -1,
    })),
    lines: Array.from({ length: lineCount }, (_, index) => ({
      id: `line ${index}`,
      shortName: '',
      longName: '',
      operator: '',
      routeType: chance.pick(routeTypes),
      color: '',
    })),
    services: Array.from({ length: 5 }, () => ({
      zone: chance.below(zones.length),
      days: Uint8Array.from({ length: DAYS }, () => (chance.chance(0.8) ? 1 : 0)),
    })),
    runs: draft.runs,
    stopTimes: {
      offsets: Uint32Array.from(draft.offsets),
      stop: Uint32Array.from(draft.stop),
      arrival: Int32Array.from(draft.arrival),
      departure: Int32Array.from(draft.departure),
      distance: Float32Array.from(draft.distance),
      flags: Uint8Array.from(draft.flags),
    },
    links: linksOf(chance, stopCount),
  };
  return { input, fares: faresOf(chance, lineCount), query: queryOf(chance, [...new Set(draft.stop)]) };
}

function addRuns(
  chance: Chance,
  draft: Draft,
  line: number,
  stopCount: number,
  km: (a: number, b: number) => number,
): void {
  const calls = [chance.below(stopCount)];
  const length = 4 + chance.below(7);
  while (calls.length < length) {
    // Towards the nearer of a few: so lines follow the map and meet one another.
    const candidates = Array.from({ length: 4 }, () => chance.below(stopCount));
    const here = calls.at(-1)!;
    candidates.sort((a, b) => km(here, a) - km(here, b));
    const next = chance.chance(0.08) ? calls[0]! : candidates[0]!;
    if (next !== here) calls.push(next);
  }
  const speed = 0.4 + chance.next();
  const slow = chance.chance(0.1) ? 4 : 1;
  const both = chance.chance(0.8);
  const runs = 2 + chance.below(7);
  for (let turn = 0; turn < runs; turn++) {
    const way = both && turn % 2 === 1 ? calls.toReversed() : calls;
    // One in five is faster than the others of its line, and overtakes.
    const pace = (chance.chance(0.2) ? 0.6 : 1) * slow;
    const detour = chance.chance(0.15) ? 1.25 : 1;
    let minute = 5 * chance.below(288);
    let mark = 0;
    way.forEach((stop, position) => {
      if (position > 0) {
        const hop = km(way[position - 1]!, stop);
        minute += chance.chance(0.03) ? 0 : 5 * Math.ceil(((hop / speed) * pace) / 5);
        mark += Math.round(hop * detour);
      }
      draft.stop.push(stop);
      draft.arrival.push(minute);
      if (chance.chance(0.6)) minute += 5 * chance.below(3);
      draft.departure.push(minute);
      draft.distance.push(mark);
      draft.flags.push(chance.chance(0.06) ? 1 + chance.below(3) : 0);
    });
    draft.offsets.push(draft.stop.length);
    draft.runs.push({
      id: `run ${draft.runs.length}`,
      line,
      service: chance.below(5),
      number: '',
      headsign: '',
      headway: 0,
    });
  }
}

function linksOf(chance: Chance, stopCount: number): TimetableInput['links'] {
  return Array.from({ length: chance.below(14) }, () => ({
    from: chance.below(stopCount),
    to: chance.below(stopCount),
    minutes: 5 * (1 + chance.below(8)),
    kind: chance.pick(linkKinds),
    ...(chance.chance(0.5) ? { priceMinor: 100 * chance.below(60) } : {}),
    ...(chance.chance(0.5) ? { vehicleCapacity: 1 + chance.below(4) } : {}),
  }));
}

function faresOf(chance: Chance, lineCount: number): Fares {
  const slabs = (): FareFamily['slabs'] => {
    const kind = chance.below(5);
    const rate = 30 + chance.below(150);
    if (kind === 0) return [{ upToKm: null, minorPerKm: rate }];
    // Telescoping: the further, the less per kilometre.
    if (kind === 1)
      return [
        { upToKm: 100, minorPerKm: rate },
        { upToKm: 250, minorPerKm: Math.round(0.7 * rate) },
        { upToKm: null, minorPerKm: Math.round(0.4 * rate) },
      ];
    if (kind === 2)
      return [
        { upToKm: 150, minorPerKm: rate },
        { upToKm: null, minorPerKm: 2 * rate },
      ];
    // Stepped: free kilometres, then dear ones, then none at all.
    if (kind === 3)
      return [
        { upToKm: 60, minorPerKm: 0 },
        { upToKm: 120, minorPerKm: 3 * rate },
        { upToKm: 300, minorPerKm: 0.5 * rate },
      ];
    return [];
  };
  const family = (id: string, lines: Pick<FareFamily, 'routeIds' | 'routeTypes'>): FareFamily => ({
    id,
    ...lines,
    baseMinor: chance.pick([0, 500, 3000, 10_000]),
    perBoardingMinor: 0,
    slabs: slabs(),
    steps: [],
    transfer: null,
    minimumMinor: chance.pick([0, 0, 4000, 15_000]),
    roundUpToMinor: chance.pick([1, 100, 500, 5000]),
    vehicleCapacity: chance.chance(0.25) ? 1 + chance.below(5) : null,
  });
  const some = (share: number): string[] =>
    Array.from({ length: lineCount }, (_, line) => `line ${line}`).filter(() => chance.chance(share));
  const types = chance.pick([
    [2, 3, 1100],
    [2, 3, 1100],
    [2, 3],
    [2, 1100],
  ]);
  return {
    currency: 'INR',
    families: [
      family('special', { routeIds: ['none', ...some(0.2)], routeTypes: [] }),
      family('other', { routeIds: ['none', ...some(0.2)], routeTypes: [] }),
      ...types.map((type) => family(`type ${type}`, { routeIds: [], routeTypes: [type] })),
    ],
  };
}

/** The same country with fares that look back: tickets on which one may ride on, steps, charges for every boarding. */
export function withTickets(fares: Fares, chance: Chance): Fares {
  const steps = (): FareFamily['steps'] => {
    const price = 500 * (1 + chance.below(8));
    const bands = [20, 50, 90, 200].slice(0, 1 + chance.below(4));
    const endless = chance.chance(0.5);
    return bands.map((upToKm, band) => ({
      upToKm: endless && band === bands.length - 1 ? null : upToKm,
      priceMinor: price * (1 + band * chance.below(3) + band),
    }));
  };
  const sorted = (own: FareFamily['steps']): FareFamily['steps'] => {
    const prices = own.map(({ priceMinor }) => priceMinor).toSorted((a, b) => a - b);
    return own.map(({ upToKm }, band) => ({ upToKm, priceMinor: prices[band]! }));
  };
  return {
    ...fares,
    families: fares.families.map((family) => ({
      ...family,
      ...(chance.chance(0.4) ? { slabs: [], steps: sorted(steps()) } : {}),
      perBoardingMinor: chance.pick([0, 0, 700, 2500]),
      transfer: chance.chance(0.5)
        ? {
            minutes: chance.pick([60, 120, 240, 1440]),
            priceMinor: chance.pick([0, 0, 500, 4000]),
            count: 1 + chance.below(3),
          }
        : null,
    })),
  };
}

export const quietSpans = [
  { from: 1380, to: 300 },
  { from: 600, to: 900 },
  { from: 0, to: 1 },
  { from: 1320, to: 480 },
] as const;

function queryOf(chance: Chance, served: readonly number[]): PricedQuery {
  const ends = () =>
    Array.from({ length: chance.chance(0.2) ? 2 : 1 }, () => ({
      stop: asStop(chance.pick(served)),
      minutes: chance.chance(0.3) ? 5 * chance.below(6) : 0,
      ...(chance.chance(0.2) ? { price: 1000 * chance.below(9) } : {}),
    }));
  const perMode = () => [0, 0, 0, 0, 0, 0, 0].map(() => chance.pick([0, 0, 5, 20]));
  return {
    access: ends(),
    egress: ends(),
    time: 1440 + chance.below(1440),
    maxRides: chance.pick([4, 4, 4, 6, 3, 2, 1]),
    changeMinutes: chance.pick([0, 5, 12]),
    modes: chance.chance(0.85) ? allModes : 1 + chance.below(allModes),
    links: chance.chance(0.7),
    ...(chance.chance(0.3) ? { boardMinutes: perMode(), alightMinutes: perMode() } : {}),
    ...(chance.chance(0.3) ? { minRides: 1 as const } : {}),
    passengers: chance.pick([1, 1, 2, 3, 7]),
    horizon: chance.pick([4320, 4320, 1440, 600]),
  };
}
