import type { AppError } from '../errors.ts';
import { retimeBlockRides } from './blockRides.ts';
import { checkBlocks } from './blocks.ts';
import { checkRuns } from './checkRuns.ts';
import type { FeedExtras } from './extras.ts';
import type { Feed } from './feed.ts';
import { type Notice, NoticeLog } from './notice.ts';
import { openSource } from './open.ts';
import { type FaultPlace, refusal } from './refusal.ts';
import { checkServices } from './serviceDays.ts';
import { feedLimits, type FeedLimits, type FeedSource, type TableFile, type TableName } from './source.ts';
import { checkSpeeds } from './speeds.ts';
import { type Agencies, readAgencies } from './tables/agency.ts';
import { readAttributions } from './tables/attributions.ts';
import { readCalendar, Services } from './tables/calendar.ts';
import { readCalendarDates } from './tables/calendarDates.ts';
import { readFeedInfo } from './tables/feedInfo.ts';
import { readFlatFares } from './flatFares.ts';
import { readFrequencies } from './tables/frequencies.ts';
import { readRoutes, type Routes } from './tables/routes.ts';
import { readShapes } from './tables/shapes.ts';
import { readStops, type Stops } from './tables/stops.ts';
import { readStopTimes } from './tables/stopTimes.ts';
import { readTransfers } from './tables/transfers.ts';
import { readTranslations } from './tables/translations.ts';
import { readTrips, type Trips } from './tables/trips.ts';

export interface ReadOptions {
  /** Called with the bytes read so far and the bytes there are. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Name of the feed; the file's name by default. */
  readonly name?: string;
  readonly limits?: Partial<FeedLimits>;
}

/**
 * Reads a GTFS feed from a zip file or a folder. What is wrong with single rows is said in the log; throws
 * `FEED_UNREADABLE` when the feed as a whole cannot be read and `FEED_REJECTED` when nothing usable is left.
 */
export async function readFeed(
  location: string,
  options: ReadOptions = {},
): Promise<{ feed: Feed; log: NoticeLog }> {
  const limits = { ...feedLimits, ...options.limits };
  const opened = await openSource(location, limits);
  try {
    const log = new NoticeLog(options.name ?? opened.name);
    if (opened.subfolder !== null)
      log.add('IN_SUBFOLDER', {}, `The tables lie in the folder ${opened.subfolder}, not at the top.`);
    const source = options.onProgress ? watched(opened, options.onProgress) : opened;
    return { feed: await readTables(source, log, limits), log };
  } finally {
    opened.close();
  }
}

async function readTables(source: FeedSource, log: NoticeLog, limits: FeedLimits): Promise<Feed> {
  const agencies = await readAgencies(source, log);
  const stops = await readStops(source, log);
  const routes = await readRoutes(source, log, agencies);
  const services = new Services();
  const weekly = await readCalendar(source, log, services);
  const dated = await readCalendarDates(source, log, services);
  if (!weekly && !dated)
    throw refusal(
      'NO_CALENDAR',
      {},
      `${source.name} has neither calendar.txt nor calendar_dates.txt; without one no trip has a day.`,
    );
  checkServices(services.lines, log);
  const trips = await readTrips(source, log, routes, services);
  const builder = await readStopTimes(source, log, trips, stops, limits.stopTimes);
  const { calls, dropped } = checkRuns(builder.finish(trips.trips.length), trips.trips, log);
  if (calls.stop.length === 0) throw nothingLeft(source, log);
  const { frequencies, patternTrips } = await readFrequencies(source, log, trips);
  const feed: Feed = {
    name: log.feed,
    zone: agencies.zone,
    agencies: agencies.agencies,
    stops: stops.stops,
    routes: routes.routes,
    services: services.all,
    trips: trips.trips,
    calls,
    frequencies,
    patternTrips,
    transfers: await readTransfers(source, log, stops),
    info: await readFeedInfo(source, log),
    extras: await readExtras(source, log, limits, { agencies, stops, routes, trips }),
    runsRead: trips.rows,
    runsDropped: dropped + trips.rows - trips.trips.length,
  };
  retimeBlockRides(feed, log);
  checkBlocks(feed, trips, log);
  checkSpeeds(feed, log);
  for (const file of source.ignored)
    log.add('IGNORED_TABLE', { file }, `${file} is not needed to find journeys; it was not read.`);
  return feed;
}

/** What the feed gives beyond its timetable. */
async function readExtras(
  source: FeedSource,
  log: NoticeLog,
  limits: FeedLimits,
  known: { agencies: Agencies; stops: Stops; routes: Routes; trips: Trips },
): Promise<FeedExtras> {
  const { agencies, stops, routes, trips } = known;
  const named = { agencies: agencies.agencies, stops: stops.stops, routes: routes.routes };
  return {
    ...(await readShapes(source, log, trips, limits.shapePoints)),
    fares: await readFlatFares(source, log, agencies, routes),
    translations: await readTranslations(source, log, named),
    attributions: await readAttributions(source, log, known),
  };
}

function nothingLeft(source: FeedSource, log: NoticeLog): AppError {
  const worst = [...log.counts].toSorted((a, b) => b[1] - a[1]).slice(0, 3);
  const said = worst.map(([code, count]) => `${count} × ${code}`).join(', ');
  const first = log.notices.find((notice) => notice.severity === 'ERROR');
  const example = first ? ` First: ${first.file} line ${first.row ?? '–'}: ${first.message}` : '';
  return refusal(
    'NO_USABLE_TRIP',
    placeOf(first),
    `${source.name} holds no usable trip (${said || 'no rows'}).${example}`,
    {
      facts: { notices: log.notices.slice(0, 50) },
    },
  );
}

const placeOf = (notice: Notice | undefined): FaultPlace =>
  notice === undefined
    ? {}
    : {
        file: notice.file,
        ...(notice.row === null ? {} : { row: notice.row }),
        ...(notice.column === null ? {} : { column: notice.column }),
      };

/** The same source, reporting bytes as they are read. */
function watched(source: FeedSource, report: (done: number, total: number) => void): FeedSource {
  const total = [...source.tables.values()].reduce((sum, table) => sum + table.size, 0);
  let done = 0;
  async function* counted(table: TableFile): AsyncGenerator<Buffer, void, void> {
    for await (const chunk of table.read()) {
      done += chunk.length;
      report(Math.min(done, total), total);
      yield chunk;
    }
  }
  const tables = new Map<TableName, TableFile>();
  for (const [name, table] of source.tables)
    tables.set(name, { size: table.size, read: () => counted(table) });
  return { ...source, tables };
}
