import { compileTimetable } from '../../engine/timetable/compile.ts';
import type { TimetableInput } from '../../engine/timetable/input.ts';
import type { NetworkImage } from '../../engine/timetable/image.ts';
import { AppError } from '../../errors.ts';
import { buildTimetable, type BuiltTimetable, type ReadFeed } from '../../gtfs/buildTimetable.ts';
import { type Notice, severityCounts } from '../../gtfs/notice.ts';
import { readFeed } from '../../gtfs/readFeed.ts';
import { serviceRange } from '../../gtfs/serviceDays.ts';
import { importWindow } from '../../gtfs/window.ts';
import { asEpochDay, type EpochDay, type EpochMinute, formatDate, wallClockAt } from '../../units/time.ts';
import { clusterLinksOf } from './clusterLinksOf.ts';
import type { NetworkFeed, NetworkStats } from './contract.ts';
import { archiveFacts } from './feedArchive.ts';
import { feedLinks } from './feedLinks.ts';
import { packImage, type PackedImage } from './storedImage.ts';
import { packStopNames, stopNamesOf } from './stopNames.ts';

/** One feed to be read: where it lies, and what it is called in its network. */
export interface FeedToRead {
  readonly location: string;
  readonly name: string;
  /** Stands before its ids; '' for the first feed of a network. */
  readonly prefix: string;
  /** Address or file name, for people. */
  readonly source: string;
  readonly importedAt: string;
}

/** What is to be compiled: plain data. */
export interface CompileOrder {
  readonly feeds: readonly FeedToRead[];
  readonly rollCalendar: boolean;
  readonly now: EpochMinute;
}

/** What is made of it: plain data. */
export interface CompiledNetwork extends PackedImage {
  readonly rolled: boolean;
  /** `YYYY-MM-DD`. */
  readonly validFrom: string;
  readonly validTo: string;
  /** `importMs` is still 0. */
  readonly stats: NetworkStats;
  readonly feeds: readonly NetworkFeed[];
  /** Size of each feed's archive. */
  readonly archiveBytes: readonly number[];
  readonly notices: readonly Notice[];
  /** Packed; `null` when the feeds give no other names. */
  readonly stopNames: Buffer | null;
  readonly today: EpochDay;
}

export type ReportProgress = (label: string, done?: number, total?: number) => void;

/** Reads, checks and compiles feeds to one network. Throws `FEED_UNREADABLE` and `FEED_REJECTED`. */
export async function compileNetwork(order: CompileOrder, report: ReportProgress): Promise<CompiledNetwork> {
  const read: ReadFeed[] = [];
  const archives: { hash: string; bytes: number }[] = [];
  for (const { location, name } of order.feeds) {
    const onProgress = (done: number, total: number): void =>
      report(labelOf('reading', name, order), done, total);
    read.push(await readFeed(location, { name, onProgress }));
    archives.push(await archiveFacts(location));
  }
  const today = wallClockAt(order.now, read[0]!.feed.zone).day;
  report('compiling timetable');
  const built = build(order, read, today);
  const { input } = built;
  const image = compileTimetable({ ...input, links: linksOf(built) });
  report('packing timetable');
  return {
    ...(await packImage(image)),
    rolled: built.rolled,
    ...validity(input, today),
    stats: statsOf(image, read, 0),
    feeds: order.feeds.map((feed, index) => feedFacts(feed, read[index]!, archives[index]!.hash)),
    archiveBytes: archives.map(({ bytes }) => bytes),
    notices: read.flatMap(({ log }) => log.notices),
    stopNames: await packStopNames(stopNamesOf(order.feeds, read)),
    today,
  };
}

/** A national feed has hundreds of agencies. */
const MOST_NAMED = 5;

const labelOf = (verb: string, name: string, { feeds }: CompileOrder): string =>
  feeds.length === 1 ? `${verb} feed` : `${verb} ${name}`;

function build(order: CompileOrder, read: readonly ReadFeed[], today: EpochDay): BuiltTimetable {
  const window = importWindow(
    read.map(({ feed }) => feed),
    today,
    order.rollCalendar,
  );
  const built = buildTimetable(read, {
    window,
    generatedLinks: true,
    untimed: 'interpolate',
    prefixes: order.feeds.map(({ prefix }) => prefix),
  });
  if (read.length > 1) refuseEqualIds(built.input);
  return built;
}

/** A feed without a prefix may hold ids that begin with the prefix of another. */
function refuseEqualIds({ stops, lines, runs }: TimetableInput): void {
  for (const things of [stops, lines, runs]) {
    const ids = new Set<string>();
    for (const { id } of things) {
      if (ids.has(id))
        throw new AppError(
          'FEED_REJECTED',
          `Two feeds of the network use the id "${id}"; give the new feed another name with --feed.`,
        );
      ids.add(id);
    }
  }
}

/** Links of the feeds and walks; then ways between feeds; then ways between the hubs of a city. */
function linksOf({ input, firstStops }: BuiltTimetable): TimetableInput['links'] {
  const joined = [...input.links, ...feedLinks(input, firstStops)];
  return [...joined, ...clusterLinksOf({ ...input, links: joined })];
}

function feedFacts(told: FeedToRead, { feed, log }: ReadFeed, hash: string): NetworkFeed {
  const publisher = feed.info?.publisher || (feed.agencies[0]?.name ?? '');
  // attributions.txt says whom to name; a feed without it is named by its publisher and agencies.
  const asked = feed.extras?.attributions.map(({ organization }) => organization) ?? [];
  const named = asked.length > 0 ? asked : [publisher, ...feed.agencies.map(({ name }) => name)];
  const range = serviceRange(feed);
  const { url = '', startDay, endDay } = feed.info ?? {};
  const credits = creditsOf(feed);
  const retimed = log.counts.get('RIDE_TIMED_BY_DISTANCE');
  return {
    name: told.name,
    source: told.source,
    publisher,
    ...(url === '' ? {} : { url }),
    version: feed.info?.version ?? '',
    hash,
    prefix: told.prefix,
    attribution: [...new Set(named.filter(Boolean))].slice(0, MOST_NAMED).join(', '),
    importedAt: told.importedAt,
    rolled: log.counts.has('CALENDAR_ROLLED'),
    unused: log.counts.has('CALENDAR_ENDED'),
    ...(retimed === undefined ? {} : { retimed }),
    ...(credits.length === 0 ? {} : { credits }),
    ...(startDay === undefined ? {} : { validFrom: formatDate(asEpochDay(startDay)) }),
    ...(endDay === undefined ? {} : { validTo: formatDate(asEpochDay(endDay)) }),
    ...(range === null ? {} : { endsOn: formatDate(asEpochDay(range.last)) }),
  };
}

/** A feed may credit each route by itself; a page names an organisation once. */
const MOST_CREDITS = 100;

function creditsOf({ extras }: ReadFeed['feed']): NonNullable<NetworkFeed['credits']> {
  const byOrganization = Map.groupBy(extras?.attributions ?? [], ({ organization }) => organization);
  return [...byOrganization].slice(0, MOST_CREDITS).map(([organization, given]) => ({
    organization,
    url: given.find(({ url }) => url !== '')?.url ?? '',
    roles: [...new Set(given.flatMap(({ roles }) => roles))],
  }));
}

export function statsOf(image: NetworkImage, feeds: readonly ReadFeed[], importMs: number): NetworkStats {
  const { stops, lines, runs, stopTimes, links, activeDays } = image.stats();
  return {
    stops,
    lines,
    runs,
    stopTimes,
    links,
    activeDays,
    runsRead: feeds.reduce((sum, { feed }) => sum + feed.runsRead, 0),
    runsDropped: feeds.reduce((sum, { feed }) => sum + feed.runsDropped, 0),
    notices: severityCounts(feeds.map(({ log }) => log)),
    importMs: Math.round(importMs),
  };
}

/** First (from today) and last day on which any trip starts. */
export function validity(input: TimetableInput, today: EpochDay): { validFrom: string; validTo: string } {
  const active = (day: number): boolean => input.services.some(({ days }) => days[day] === 1);
  let last = input.dayCount - 1;
  while (last > 0 && !active(last)) last--;
  let first = Math.min(Math.max(0, today - input.firstDay), last);
  while (first < last && !active(first)) first++;
  const date = (day: number): string => formatDate(asEpochDay(input.firstDay + day));
  return { validFrom: date(first), validTo: date(last) };
}
