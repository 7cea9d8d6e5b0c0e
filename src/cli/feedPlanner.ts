import { readFile } from 'node:fs/promises';
import type { Fares } from '../engine/fares/family.ts';
import { FareTable } from '../engine/fares/fareTable.ts';
import { freeFares } from '../engine/fares/freeFares.ts';
import { legPricer, totalPrice } from '../engine/fares/legPrices.ts';
import type { PriceLegs } from '../engine/fares/legPrices.ts';
import { readFares } from '../engine/fares/readFares.ts';
import { HORIZON } from '../engine/priced/query.ts';
import { type PricedAnswer, PricedRouter } from '../engine/priced/pricedRouter.ts';
import { compileTimetable } from '../engine/timetable/compile.ts';
import type { NetworkImage, StopIndex } from '../engine/timetable/image.ts';
import { allModes, modeMask, modeName, modeNames } from '../engine/timetable/modes.ts';
import type { Journey, Leg } from '../engine/routing/journey.ts';
import type { Endpoint, Query, QuietSpan } from '../engine/routing/query.ts';
import { Router } from '../engine/routing/router.ts';
import { AppError } from '../errors.ts';
import { buildTimetable } from '../gtfs/buildTimetable.ts';
import { readFeed } from '../gtfs/readFeed.ts';
import { planningWindow } from '../gtfs/window.ts';
import { formatLocal, instantOf, parseClock, parseLocal, type WallClock } from '../units/time.ts';
import {
  integerOption,
  listOption,
  type OptionSpec,
  type OptionValues,
  requiredOption,
  textOption,
  UsageError,
} from './command.ts';
import type { Progress } from './terminal.ts';

/** Flags that `plan` and `batch` share. */
export const plannerOptions = {
  gtfs: { type: 'string', value: 'FEED.zip', help: 'GTFS feed: a zip file or a folder' },
  mode: {
    type: 'string',
    value: 'earliest|range|pareto',
    help: 'earliest: the earliest arrival (default); range: every departure in the window that is worth taking; pareto: every trade of arrival, rides and price',
  },
  'arrive-by': {
    type: 'boolean',
    help: 'Times are latest arrivals, not earliest departures (mode earliest)',
  },
  window: { type: 'string', value: 'N', help: 'Minutes in which range departs (default 360)' },
  horizon: { type: 'string', value: 'N', help: 'Latest arrival, in minutes from the time (pareto: 4320)' },
  'change-minutes': { type: 'string', value: 'N', help: 'Minutes needed between two rides (default 5)' },
  links: { type: 'boolean', help: 'Walk between stops (default); --no-links: change at one stop only' },
  'max-legs': { type: 'string', value: 'N', help: 'Most rides in a journey (default 12; pareto: 6)' },
  fares: { type: 'string', value: 'FILE', help: 'Prices of rides (JSON); default: flat fares of the feed' },
  passengers: { type: 'string', value: 'N', help: 'Size of the party that prices are for (default 1)' },
  via: {
    type: 'string',
    multiple: true,
    value: 'STOP_ID:MINUTES',
    help: 'Visit this stop on the way and stay at least so long, or STOP_ID:MIN-MAX; in the order given',
  },
  modes: { type: 'string', value: 'train,bus,…', help: `Ride only these: ${modeNames.join(', ')}` },
  'quiet-hours': {
    type: 'string',
    value: '23:00-05:00',
    help: 'Board nothing in these hours of the day, local time of the stop (riding on is permitted)',
  },
  deadline: {
    type: 'string',
    value: 'MS',
    help: 'End each search after so many milliseconds; a cut answer says "partial": true',
  },
  relax: { type: 'boolean', help: 'pareto: leave out what saves at most 5 units of money a passenger' },
} as const satisfies Record<string, OptionSpec>;

type PlanMode = 'earliest' | 'range' | 'pareto';
const planModes: readonly PlanMode[] = ['earliest', 'range', 'pareto'];

export interface PlannerSettings {
  readonly gtfs: string;
  readonly mode: PlanMode;
  readonly arriveBy: boolean;
  readonly window: number;
  readonly horizon: number | undefined;
  readonly changeMinutes: number;
  readonly links: boolean;
  readonly maxRides: number;
  readonly fares: string | undefined;
  readonly passengers: number;
  /** Minor units. */
  readonly relax: number;
  readonly vias: readonly ViaStop[];
  /** Mask of permitted modes. */
  readonly modes: number;
  readonly quietHours: QuietSpan | undefined;
  /** Milliseconds for each search. */
  readonly deadline: number | undefined;
}

/** `dwell`, `maxDwell`: minutes. */
interface ViaStop {
  readonly id: string;
  readonly dwell: number;
  readonly maxDwell?: number;
}

export function readSettings(values: OptionValues): PlannerSettings {
  const asked = textOption(values, 'mode') ?? 'earliest';
  const mode = planModes.find((known) => known === asked);
  if (mode === undefined) throw new UsageError(`--mode must be ${planModes.join(', ')}, not "${asked}"`);
  const fares = textOption(values, 'fares');
  const passengers = integerOption(values, 'passengers', { min: 1, max: 1000 }) ?? 1;
  const arriveBy = values['arrive-by'] === true;
  if (mode !== 'earliest' && arriveBy)
    throw new UsageError(`--arrive-by goes with --mode earliest, not with ${mode}`);
  return {
    gtfs: requiredOption(values, 'gtfs'),
    mode,
    vias: listOption(values, 'via').map(readVia),
    arriveBy,
    window: integerOption(values, 'window', { max: 7 * 24 * 60 }) ?? 360,
    horizon: integerOption(values, 'horizon', { min: 1, max: LONGEST_HORIZON }),
    changeMinutes: integerOption(values, 'change-minutes', { max: 24 * 60 }) ?? 5,
    links: values['links'] !== false,
    maxRides: integerOption(values, 'max-legs', { min: 1, max: 30 }) ?? (mode === 'pareto' ? 6 : 12),
    fares,
    passengers,
    relax: values['relax'] === true ? RELAX_MINOR * passengers : 0,
    modes: readModes(textOption(values, 'modes')),
    quietHours: readQuietHours(textOption(values, 'quiet-hours')),
    deadline: integerOption(values, 'deadline', { max: LONGEST_DEADLINE }),
  };
}

function readModes(text: string | undefined): number {
  if (text === undefined) return allModes;
  const names = text.split(',').map((part) => {
    const name = modeNames.find((known) => known === part.trim().toLowerCase());
    if (name === undefined)
      throw new UsageError(`--modes must be of ${modeNames.join(', ')}, not "${part.trim()}"`);
    return name;
  });
  return modeMask(names);
}

function readQuietHours(text: string | undefined): QuietSpan | undefined {
  if (text === undefined) return undefined;
  const [from, to, ...more] = text.split('-').map((clock) => parseClock(clock.trim()) ?? undefined);
  if (from === undefined || to === undefined || from === to || more.length > 0)
    throw new UsageError(`--quiet-hours must be two times of the day like 23:00-05:00, not "${text}"`);
  return { from, to };
}

function readVia(text: string): ViaStop {
  const [, id, least = '0', most] = /^(.+?)(?::(\d{1,5})(?:-(\d{1,5}))?)?$/.exec(text) ?? [];
  if (id === undefined) throw new UsageError(`--via must be STOP_ID:MINUTES, not "${text}"`);
  if (most === undefined) return { id, dwell: Number(least) };
  if (Number(most) < Number(least))
    throw new UsageError(`--via ${text}: the longest stay is shorter than the shortest`);
  return { id, dwell: Number(least), maxDwell: Number(most) };
}

const RELAX_MINOR = 500;

async function loadFares(file: string | undefined): Promise<Fares | undefined> {
  if (file === undefined) return undefined;
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new AppError('UNPROCESSABLE', `The fares ${file} cannot be read; check the path.`, { cause });
  });
  try {
    return readFares(JSON.parse(text));
  } catch (cause) {
    const fault = cause instanceof Error ? cause.message : String(cause);
    throw new AppError('UNPROCESSABLE', `${file} does not hold fares: ${fault}`, { cause });
  }
}

/** `2026-01-05T08:13`; `what` names the flag or the query in the message. */
export function readWallClock(text: string, what: string): WallClock {
  const time = parseLocal(text);
  if (time === null)
    throw new UsageError(`${what} must be a local time like 2026-01-05T08:13, not "${text}"`);
  return time;
}

/** What `plan` and `batch` print of a ride or a walk; times are wall clocks of the stop concerned. */
export interface PrintedLeg {
  readonly mode: string;
  /** Short name of the line, else its id; `null` for a walk. */
  readonly line: string | null;
  /** `trip_id` of the run; `null` for a walk. */
  readonly run: string | null;
  readonly from: string;
  readonly to: string;
  readonly departure: string;
  readonly arrival: string;
  readonly price_minor: number | null;
}

export interface PrintedJourney {
  readonly departure: string;
  readonly arrival: string;
  readonly legs: readonly PrintedLeg[];
  readonly price_minor: number | null;
}

/** The engine on one feed, without a database. */
export class FeedPlanner {
  readonly image: NetworkImage;
  /** By which rides are priced. */
  readonly fares: Fares | undefined;
  readonly #router: Router;
  readonly #priced: PricedRouter | undefined;
  readonly #priceLegs: PriceLegs;
  readonly #settings: PlannerSettings;
  #partial = false;
  readonly #platforms = new Map<StopIndex, StopIndex[]>();

  constructor(image: NetworkImage, settings: PlannerSettings, fares?: Fares) {
    this.image = image;
    this.fares = fares;
    this.#settings = settings;
    this.#router = new Router(image);
    if (fares && settings.mode === 'pareto') this.#priced = new PricedRouter(new FareTable(image, fares));
    else if (settings.vias.length > 0)
      this.#priced = new PricedRouter(new FareTable(image, freeFares(image)));
    this.#priceLegs = fares
      ? legPricer(image, fares, settings.passengers)
      : ({ legs }) => legs.map(() => null);
    for (let stop = 0; stop < image.stopCount; stop++) {
      const parent = image.stopParent(stop);
      if (parent === undefined) continue;
      const platforms = this.#platforms.get(parent);
      if (platforms) platforms.push(stop as StopIndex);
      else this.#platforms.set(parent, [stop as StopIndex]);
    }
  }

  /**
   * Reads and compiles the feed for its whole calendar. `askedDays` matter only to calendars beyond 10 years. Throws
   * `UsageError` for `pareto` when neither the settings nor the feed give fares.
   */
  static async load(
    settings: PlannerSettings,
    askedDays: readonly number[],
    progress: Progress,
  ): Promise<FeedPlanner> {
    const onProgress = (done: number, total: number): void => progress.report('reading feed', done, total);
    const given = await loadFares(settings.fares);
    const read = await readFeed(settings.gtfs, { onProgress });
    const fares = given ?? read.feed.extras?.fares ?? undefined;
    if (settings.mode === 'pareto' && fares === undefined)
      throw new UsageError('--mode pareto needs --fares FILE: the feed gives no flat fares');
    progress.report('compiling timetable');
    const window = planningWindow([read.feed], askedDays);
    const { input } = buildTimetable([read], { window, generatedLinks: settings.links });
    return new FeedPlanner(compileTimetable(input), settings, fares);
  }

  /** A stop by `stop_id`. Throws `UNPROCESSABLE` when the feed has none. */
  stop(id: string): StopIndex {
    const stop = this.image.findStop(id);
    if (stop === undefined)
      throw new AppError(
        'UNPROCESSABLE',
        `The feed has no stop_id "${id}"; stop ids stand in its stops.txt.`,
      );
    return stop;
  }

  /** Whether the deadline has cut the last search: its journeys may not be the best, or all. */
  get partial(): boolean {
    return this.#partial;
  }

  /** The journeys of the mode, the best time first; of the earliest arrivals only that one when it is enough. */
  journeys(from: StopIndex, to: StopIndex, clock: WallClock, bestOnly = false): Journey[] {
    const { mode, arriveBy, window } = this.#settings;
    const query = this.#query(from, to, clock);
    if (this.#priced) {
      const { journeys, partial } = this.#pricedAnswer(this.#priced, query, bestOnly);
      this.#partial = partial;
      return arriveBy ? journeys.toReversed() : journeys.toSorted(byArrival);
    }
    const search = (): Journey[] => {
      if (arriveBy) return this.#router.latestDepartures(query).toReversed();
      if (mode === 'range') return this.#router.range(query, window).toSorted(byArrival);
      if (bestOnly) return [this.#router.earliestArrival(query)].filter((found) => found !== undefined);
      return this.#router.earliestArrivals(query).toReversed();
    };
    const journeys = search();
    this.#partial = this.#router.partial;
    return journeys;
  }

  #query(from: StopIndex, to: StopIndex, clock: WallClock): Query {
    const { arriveBy, changeMinutes, links, maxRides, horizon, modes, quietHours, deadline } = this.#settings;
    const zone = this.image.stopZone(arriveBy ? to : from);
    const until = performance.now() + (deadline ?? 0);
    return {
      access: this.#endpoints(from),
      egress: this.#endpoints(to),
      time: this.image.timelineAt(instantOf(clock.day, clock.minutes, zone)),
      maxRides,
      changeMinutes,
      modes,
      links,
      ...(horizon === undefined ? {} : { horizon }),
      ...(quietHours && { quietHours }),
      ...(deadline === undefined ? {} : { expired: () => performance.now() >= until }),
    };
  }

  /** Prices or vias. */
  #pricedAnswer(router: PricedRouter, query: Query, bestOnly: boolean): PricedAnswer {
    const { mode, arriveBy, window, horizon, passengers, relax } = this.#settings;
    const vias = this.#settings.vias.map(({ id, ...stay }) => ({
      stops: this.#endpoints(this.stop(id)).map(({ stop }) => stop),
      ...stay,
    }));
    const far = { horizon: horizon ?? (mode === 'pareto' ? HORIZON : LONGEST_HORIZON) };
    const asked = { ...query, ...far, passengers, relax, vias };
    if (arriveBy) return router.latestDepartures(asked);
    if (mode === 'range') return router.range(asked, window);
    return mode === 'earliest' && bestOnly ? router.earliestArrival(asked) : router.pareto(asked);
  }

  print(journey: Journey): PrintedJourney {
    const prices = this.#priceLegs(journey);
    const legs = journey.legs.map((leg, index) => this.#printLeg(leg, prices[index] ?? null));
    return {
      departure: this.#local(journey.departure, journey.access.stop),
      arrival: this.#local(journey.arrival, journey.egress.stop),
      legs,
      price_minor: totalPrice(prices),
    };
  }

  #printLeg(leg: Leg, price: number | null): PrintedLeg {
    const { image } = this;
    const line = leg.kind === 'ride' ? image.line(leg.line) : null;
    return {
      mode: leg.kind === 'ride' ? modeName(leg.mode) : leg.linkKind,
      line: line && (line.shortName || line.id),
      run: leg.kind === 'ride' ? image.run(leg.run).id : null,
      from: image.stopId(leg.from),
      to: image.stopId(leg.to),
      departure: this.#local(leg.departure, leg.from),
      arrival: this.#local(leg.arrival, leg.to),
      price_minor: price,
    };
  }

  #local(timeline: number, stop: StopIndex): string {
    return formatLocal(this.image.instantAt(timeline), this.image.stopZone(stop));
  }

  /** A station stands for all of its platforms. */
  #endpoints(stop: StopIndex): Endpoint[] {
    return [stop, ...(this.#platforms.get(stop) ?? [])].map((each) => ({ stop: each, minutes: 0 }));
  }
}

const LONGEST_HORIZON = 30 * 24 * 60;
const LONGEST_DEADLINE = 3_600_000;

/** The first to arrive first; of those the one with the fewest rides, then the last to leave. */
const byArrival = (a: Journey, b: Journey): number =>
  a.arrival - b.arrival || a.rides - b.rides || b.departure - a.departure;
