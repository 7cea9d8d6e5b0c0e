import type { LineInput, ServiceInput, StopInput, TimetableInput } from '../engine/timetable/input.ts';
import type { AppError } from '../errors.ts';
import { asEpochDay, formatDate } from '../units/time.ts';
import type { Feed } from './feed.ts';
import { LinkBuilder } from './links.ts';
import type { NoticeLog } from './notice.ts';
import { refusal } from './refusal.ts';
import { buildRuns, type FeedIndexes, type UntimedCalls } from './runs.ts';
import { busiestWeek, dayStarts, runsOn, serviceRange } from './serviceDays.ts';
import type { CalendarWindow } from './window.ts';

export interface ReadFeed {
  readonly feed: Feed;
  readonly log: NoticeLog;
}

export interface BuildOptions {
  readonly window: CalendarWindow;
  /** Adds walks between stops within 400 m of each other. */
  readonly generatedLinks?: boolean;
  readonly untimed?: UntimedCalls;
  /** Stands before the ids of each feed; default: its name when there are several, else nothing. */
  readonly prefixes?: readonly string[];
}

export interface BuiltTimetable {
  readonly input: TimetableInput;
  /** Some days repeat an earlier week because a feed's own calendar had ended. */
  readonly rolled: boolean;
  /** Index of the first stop of each feed in `input.stops`. */
  readonly firstStops: readonly number[];
}

/**
 * Feeds to one timetable: ids scoped by feed when there are several, calendars laid over the window, frequencies
 * expanded, links added. Throws `FEED_REJECTED` when no run is left.
 */
export function buildTimetable(feeds: readonly ReadFeed[], options: BuildOptions): BuiltTimetable {
  const { window } = options;
  const zones = new ZoneTable(window);
  const services = new ServiceTable(window, zones);
  const stops: StopInput[] = [];
  const lines: LineInput[] = [];
  const prefixes = options.prefixes ?? scopePrefixes(feeds);
  const owners = feeds.map(({ feed, log }, index): FeedIndexes => {
    const prefix = prefixes[index]!;
    const firstStop = stops.length;
    // As arguments of one call, 150,000 stops would overflow the stack.
    for (const stop of stopInputs(feed, prefix, firstStop, zones)) stops.push(stop);
    const serviceIndexes = services.add(feed, log);
    const lineIndexes = addLines(feed, prefix, serviceIndexes, lines);
    return { feed, log, prefix, firstStop, lines: lineIndexes, services: serviceIndexes };
  });
  const { runs, stopTimes } = buildRuns(owners, options.untimed ?? 'skip');
  if (runs.length === 0) throw noRuns(feeds, window);
  const input: TimetableInput = {
    firstDay: window.firstDay,
    dayCount: window.dayCount,
    zones: zones.all,
    stops: knownPositions(stops),
    lines,
    services: services.all,
    runs,
    stopTimes,
    links: buildLinks(owners, stops, stopTimes.stop, options.generatedLinks ?? false),
  };
  return {
    input,
    rolled: services.rolled,
    firstStops: owners.map(({ firstStop }) => firstStop),
  };
}

function scopePrefixes(feeds: readonly ReadFeed[]): string[] {
  if (feeds.length === 1) return [''];
  const used = new Set<string>();
  return feeds.map(({ feed }) => {
    let prefix = `${feed.name}:`;
    for (let count = 2; used.has(prefix); count++) prefix = `${feed.name}-${count}:`;
    used.add(prefix);
    return prefix;
  });
}

function stopInputs(feed: Feed, prefix: string, offset: number, zones: ZoneTable): StopInput[] {
  return feed.stops.map(({ id, name, code, lat, lng, zone, parent }) => ({
    id: prefix + id,
    name,
    code,
    lat,
    lng,
    zone: zones.indexOf(zone || feed.zone),
    parent: parent === -1 ? -1 : parent + offset,
  }));
}

/** The engine has no word for an unknown position; (0, 0) lies far from every stop. */
const knownPositions = (stops: readonly StopInput[]): StopInput[] =>
  stops.map((stop) =>
    Number.isNaN(stop.lat) || Number.isNaN(stop.lng) ? { ...stop, lat: 0, lng: 0 } : stop,
  );

function addLines(feed: Feed, prefix: string, services: Int32Array, lines: LineInput[]): Int32Array {
  const indexes = new Int32Array(feed.routes.length).fill(-1);
  for (const trip of feed.trips) {
    if (services[trip.service] === -1 || indexes[trip.route] !== -1) continue;
    const route = feed.routes[trip.route]!;
    indexes[trip.route] = lines.length;
    lines.push({
      id: prefix + route.id,
      shortName: route.shortName,
      longName: route.longName,
      operator: feed.agencies[route.agency]?.name ?? '',
      routeType: route.type,
      color: route.color,
    });
  }
  return indexes;
}

function buildLinks(
  owners: readonly FeedIndexes[],
  stops: readonly StopInput[],
  calledAt: Uint32Array,
  walks: boolean,
): TimetableInput['links'] {
  const served = new Uint8Array(stops.length);
  for (const stop of calledAt) served[stop] = 1;
  const builder = new LinkBuilder(stops, served);
  for (const { feed, firstStop } of owners) builder.addTransfers(feed, firstStop);
  for (const { feed, firstStop } of owners) builder.addPlatformChanges(feed, firstStop);
  if (walks) builder.addWalks();
  return builder.links;
}

function noRuns(feeds: readonly ReadFeed[], { firstDay, dayCount }: CalendarWindow): AppError {
  const first = formatDate(asEpochDay(firstDay));
  const last = formatDate(asEpochDay(firstDay + dayCount - 1));
  const ranges = feeds.map(({ feed }) => {
    const range = serviceRange(feed);
    if (range === null) return `${feed.name} never runs`;
    return `${feed.name} runs ${formatDate(asEpochDay(range.first))} to ${formatDate(asEpochDay(range.last))}`;
  });
  return refusal(
    'NO_SERVICE',
    { file: 'calendar.txt' },
    `No trip runs between ${first} and ${last} (${ranges.join('; ')}). If the timetable has ended, repeat its busiest week with --roll-calendar.`,
  );
}

class ZoneTable {
  readonly all: { name: string; dayStart: Int32Array }[] = [];
  readonly #byName = new Map<string, number>();
  readonly #window: CalendarWindow;

  constructor(window: CalendarWindow) {
    this.#window = window;
  }

  indexOf(name: string): number {
    const known = this.#byName.get(name);
    if (known !== undefined) return known;
    const index = this.all.length;
    this.#byName.set(name, index);
    this.all.push({ name, dayStart: dayStarts(name, this.#window.firstDay, this.#window.dayCount) });
    return index;
  }
}

/** Services laid over the window; equal day patterns of one zone become one. */
class ServiceTable {
  readonly all: ServiceInput[] = [];
  rolled = false;
  readonly #byDays = new Map<string, number>();
  readonly #window: CalendarWindow;
  readonly #zones: ZoneTable;

  constructor(window: CalendarWindow, zones: ZoneTable) {
    this.#window = window;
    this.#zones = zones;
  }

  add(feed: Feed, log: NoticeLog): Int32Array {
    const zone = this.#zones.indexOf(feed.zone);
    const sourceDays = this.#sourceDays(feed, log);
    return Int32Array.from(feed.services, (service) => {
      const days = Uint8Array.from(sourceDays, (day) => (day !== null && runsOn(service, day) ? 1 : 0));
      return days.includes(1) ? this.#indexOf(zone, days) : -1;
    });
  }

  #indexOf(zone: number, days: Uint8Array): number {
    const key = `${zone}:${Buffer.from(days).toString('latin1')}`;
    const known = this.#byDays.get(key);
    if (known !== undefined) return known;
    this.#byDays.set(key, this.all.length);
    return this.all.push({ zone, days }) - 1;
  }

  /** For each day of the window the day of the feed's own calendar that counts; `null` = no service. */
  #sourceDays(feed: Feed, log: NoticeLog): (number | null)[] {
    const { firstDay, dayCount, rollUntil } = this.#window;
    const range = serviceRange(feed);
    const lastDay = firstDay + dayCount - 1;
    if (range !== null && range.last > lastDay) {
      const place = { file: 'calendar.txt', value: formatDate(asEpochDay(range.last)) };
      log.add('CALENDAR_CUT', place, `The calendar is used up to ${formatDate(asEpochDay(lastDay))} only.`);
    }
    if (range !== null && range.last < firstDay && rollUntil === undefined) {
      const ended = formatDate(asEpochDay(range.last));
      const place = { file: 'calendar.txt', value: ended };
      log.add('CALENDAR_ENDED', place, `The timetable ended on ${ended}; none of its trips is used.`);
    }
    const week =
      range !== null && rollUntil !== undefined && range.last < rollUntil ? busiestWeek(feed, range) : null;
    if (week !== null && range !== null && rollUntil !== undefined) {
      this.rolled = true;
      const end = formatDate(asEpochDay(range.last));
      const from = formatDate(asEpochDay(week.firstDay));
      const until = formatDate(asEpochDay(rollUntil));
      log.add(
        'CALENDAR_ROLLED',
        { file: 'calendar.txt', value: end },
        `The timetable ended on ${end}. Later days up to ${until} repeat its busiest week (from ${from}): real trips may differ.`,
      );
    }
    return Array.from({ length: dayCount }, (_, index) => {
      const day = firstDay + index;
      if (range === null) return null;
      if (day <= range.last) return day;
      return week !== null && day <= rollUntil! ? week.dayLike(day) : null;
    });
  }
}
