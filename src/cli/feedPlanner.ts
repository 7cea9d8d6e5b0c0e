import { compileTimetable } from '../engine/timetable/compile.ts';
import type { NetworkImage, StopIndex } from '../engine/timetable/image.ts';
import { allModes, modeName } from '../engine/timetable/modes.ts';
import type { Journey, Leg } from '../engine/routing/journey.ts';
import type { Endpoint, Query } from '../engine/routing/query.ts';
import { Router } from '../engine/routing/router.ts';
import { AppError } from '../errors.ts';
import { buildTimetable } from '../gtfs/buildTimetable.ts';
import { readFeed } from '../gtfs/readFeed.ts';
import { planningWindow } from '../gtfs/window.ts';
import { formatLocal, instantOf, parseLocal, type WallClock } from '../units/time.ts';
import {
  integerOption,
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
  'arrive-by': { type: 'boolean', help: 'Times are latest arrivals, not earliest departures' },
  'change-minutes': { type: 'string', value: 'N', help: 'Minutes needed between two rides (default 5)' },
  links: { type: 'boolean', help: 'Walk between stops (default); --no-links: change at one stop only' },
  'max-legs': { type: 'string', value: 'N', help: 'Most rides in a journey (default 12)' },
} as const satisfies Record<string, OptionSpec>;

export interface PlannerSettings {
  readonly gtfs: string;
  readonly arriveBy: boolean;
  readonly changeMinutes: number;
  readonly links: boolean;
  readonly maxRides: number;
}

export function readSettings(values: OptionValues): PlannerSettings {
  const mode = textOption(values, 'mode') ?? 'earliest';
  if (mode === 'range' || mode === 'pareto')
    throw new UsageError(`--mode ${mode} is not available yet; use --mode earliest`);
  if (mode !== 'earliest') throw new UsageError(`--mode must be earliest, not "${mode}"`);
  return {
    gtfs: requiredOption(values, 'gtfs'),
    arriveBy: values['arrive-by'] === true,
    changeMinutes: integerOption(values, 'change-minutes', { max: 24 * 60 }) ?? 5,
    links: values['links'] !== false,
    maxRides: integerOption(values, 'max-legs', { min: 1, max: 30 }) ?? 12,
  };
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
  readonly #router: Router;
  readonly #settings: PlannerSettings;
  readonly #platforms = new Map<StopIndex, StopIndex[]>();

  constructor(image: NetworkImage, settings: PlannerSettings) {
    this.image = image;
    this.#settings = settings;
    this.#router = new Router(image);
    for (let stop = 0; stop < image.stopCount; stop++) {
      const parent = image.stopParent(stop);
      if (parent === undefined) continue;
      const platforms = this.#platforms.get(parent);
      if (platforms) platforms.push(stop as StopIndex);
      else this.#platforms.set(parent, [stop as StopIndex]);
    }
  }

  /** Reads and compiles the feed for its whole calendar. `askedDays` matter only to calendars beyond 10 years. */
  static async load(
    settings: PlannerSettings,
    askedDays: readonly number[],
    progress: Progress,
  ): Promise<FeedPlanner> {
    const onProgress = (done: number, total: number): void => progress.report('reading feed', done, total);
    const read = await readFeed(settings.gtfs, { onProgress });
    progress.report('compiling timetable');
    const window = planningWindow([read.feed], askedDays);
    const { input } = buildTimetable([read], { window, generatedLinks: settings.links });
    return new FeedPlanner(compileTimetable(input), settings);
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

  /** Non-dominated journeys by time and number of rides, the best time first. */
  journeys(from: StopIndex, to: StopIndex, clock: WallClock): Journey[] {
    const { arriveBy, changeMinutes, links, maxRides } = this.#settings;
    const zone = this.image.stopZone(arriveBy ? to : from);
    const query: Query = {
      access: this.#endpoints(from),
      egress: this.#endpoints(to),
      time: this.image.timelineAt(instantOf(clock.day, clock.minutes, zone)),
      maxRides,
      changeMinutes,
      modes: allModes,
      links,
    };
    const found = arriveBy ? this.#router.latestDepartures(query) : this.#router.earliestArrivals(query);
    return found.toReversed();
  }

  print(journey: Journey): PrintedJourney {
    const legs = journey.legs.map((leg) => this.#printLeg(leg));
    return {
      departure: this.#local(journey.departure, journey.access.stop),
      arrival: this.#local(journey.arrival, journey.egress.stop),
      legs,
      price_minor: null,
    };
  }

  #printLeg(leg: Leg): PrintedLeg {
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
      price_minor: null,
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
