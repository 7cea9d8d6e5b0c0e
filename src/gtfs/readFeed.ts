import { AppError } from '../errors.ts';
import { checkRuns } from './checkRuns.ts';
import type { Feed } from './feed.ts';
import { NoticeLog } from './notice.ts';
import { openSource } from './open.ts';
import { feedLimits, type FeedLimits, type FeedSource, type TableFile, type TableName } from './source.ts';
import { checkSpeeds } from './speeds.ts';
import { readAgencies } from './tables/agency.ts';
import { readCalendar, Services } from './tables/calendar.ts';
import { readCalendarDates } from './tables/calendarDates.ts';
import { readFeedInfo } from './tables/feedInfo.ts';
import { readFrequencies } from './tables/frequencies.ts';
import { readRoutes } from './tables/routes.ts';
import { readStops } from './tables/stops.ts';
import { readStopTimes } from './tables/stopTimes.ts';
import { readTransfers } from './tables/transfers.ts';
import { readTrips } from './tables/trips.ts';

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
    throw new AppError(
      'FEED_UNREADABLE',
      `${source.name} has neither calendar.txt nor calendar_dates.txt; without one no trip has a day.`,
    );
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
    runsRead: trips.rows,
    runsDropped: dropped + trips.rows - trips.trips.length,
  };
  checkSpeeds(feed, log);
  return feed;
}

function nothingLeft(source: FeedSource, log: NoticeLog): AppError {
  const worst = [...log.counts].toSorted((a, b) => b[1] - a[1]).slice(0, 3);
  const said = worst.map(([code, count]) => `${count} × ${code}`).join(', ');
  const first = log.notices.find((notice) => notice.severity === 'ERROR');
  const example = first ? ` First: ${first.file} line ${first.row ?? '–'}: ${first.message}` : '';
  return new AppError(
    'FEED_REJECTED',
    `${source.name} holds no usable trip (${said || 'no rows'}).${example}`,
    {
      facts: { notices: log.notices.slice(0, 50) },
    },
  );
}

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
