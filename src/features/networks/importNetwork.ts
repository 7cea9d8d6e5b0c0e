import path from 'node:path';
import { compileTimetable } from '../../engine/timetable/compile.ts';
import type { NetworkImage } from '../../engine/timetable/image.ts';
import type { TimetableInput } from '../../engine/timetable/input.ts';
import { buildTimetable, type ReadFeed } from '../../gtfs/buildTimetable.ts';
import { type NoticeLog, severityCounts } from '../../gtfs/notice.ts';
import { readFeed } from '../../gtfs/readFeed.ts';
import { importWindow } from '../../gtfs/window.ts';
import { asEpochDay, type EpochDay, type EpochMinute, formatDate, wallClockAt } from '../../units/time.ts';
import { refuseUnfit } from './activateNetwork.ts';
import { clusterLinksOf } from './clusterLinksOf.ts';
import type { Network, NetworkFeed, NetworkStats } from './contract.ts';
import { isAddress, withDownload } from './download.ts';
import { showNetwork } from './networks.ts';
import { type Database, insertNetwork, insertNotices, lockActivation, setActive } from './store.ts';
import { packImage } from './storedImage.ts';

export interface ImportRequest {
  /** Zip files, folders or addresses; several make one network. */
  readonly sources: readonly string[];
  readonly name?: string;
  /** Repeats the busiest week of feeds that have ended (or will within 180 days). */
  readonly rollCalendar?: boolean;
  readonly activate?: boolean;
  /** Activates a network that would be refused. */
  readonly force?: boolean;
  readonly now: EpochMinute;
  onProgress?(label: string, done?: number, total?: number): void;
}

/**
 * Reads, checks and compiles feeds, then stores network and notices in one transaction: there is no half
 * import, and a network that may not be activated is not stored when activation was asked for. Throws
 * `FEED_UNREADABLE` and `FEED_REJECTED`.
 */
export async function importNetwork(db: Database, request: ImportRequest): Promise<Network> {
  const started = performance.now();
  const feeds: (ReadFeed & { source: string })[] = [];
  for (const source of request.sources) feeds.push({ ...(await readSource(source, request)), source });
  const { zone } = feeds[0]!.feed;
  const today = wallClockAt(request.now, zone).day;
  request.onProgress?.('compiling timetable');
  const window = importWindow(
    feeds.map(({ feed }) => feed),
    today,
    request.rollCalendar ?? false,
  );
  const { input, rolled } = buildTimetable(feeds, { window, generatedLinks: true, untimed: 'interpolate' });
  const image = compileTimetable({ ...input, links: [...input.links, ...clusterLinksOf(input)] });
  const stats = statsOf(image, feeds, performance.now() - started);
  if (request.activate && !request.force) refuseUnfit(image, stats, today);
  request.onProgress?.('storing network');
  const packed = await packImage(image);
  const id = await db.transaction(async (tx) => {
    const id = await insertNetwork(tx, {
      name: request.name ?? feeds.map(({ feed }) => feed.name).join(' + '),
      sample: false,
      rolled,
      ...validity(input, today),
      ...packed,
      stats,
      feeds: feeds.map(feedOf),
    });
    for (const { log } of feeds) await insertNotices(tx, id, log.notices);
    if (request.activate) {
      await lockActivation(tx);
      await setActive(tx, id);
    }
    return id;
  });
  return showNetwork(db, id);
}

function readSource(source: string, request: ImportRequest): Promise<ReadFeed> {
  const progress =
    (label: string) =>
    (done: number, total: number): void =>
      request.onProgress?.(label, done, total);
  const read = (file: string): Promise<ReadFeed> => readFeed(file, { onProgress: progress('reading feed') });
  return isAddress(source) ? withDownload(source, progress('fetching feed'), read) : read(source);
}

const feedOf = ({ feed, source }: ReadFeed & { source: string }): NetworkFeed => ({
  name: feed.name,
  // A path of this machine is nobody's business; an address is where the next version will be.
  source: isAddress(source) ? source : path.basename(source),
  publisher: feed.info?.publisher || (feed.agencies[0]?.name ?? ''),
  version: feed.info?.version ?? '',
});

export function statsOf(image: NetworkImage, feeds: readonly ReadFeed[], importMs: number): NetworkStats {
  const { stops, lines, runs, stopTimes, links, activeDays } = image.stats();
  const logs: NoticeLog[] = feeds.map(({ log }) => log);
  return {
    stops,
    lines,
    runs,
    stopTimes,
    links,
    activeDays,
    runsRead: feeds.reduce((sum, { feed }) => sum + feed.runsRead, 0),
    runsDropped: feeds.reduce((sum, { feed }) => sum + feed.runsDropped, 0),
    notices: severityCounts(logs),
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
