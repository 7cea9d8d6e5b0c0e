import path from 'node:path';
import { AppError } from '../../errors.ts';
import { type EpochMinute, formatLocal } from '../../units/time.ts';
import type { FeedToRead, ReportProgress } from './compileNetwork.ts';
import type { Network, NetworkFeed } from './contract.ts';
import { download, type DownloadRules, fileNameOf, isAddress } from './download.ts';
import { unpackFeed } from './keptFeeds.ts';
import { type Database, selectKeptFeeds } from './store.ts';

export interface FeedsWanted {
  /** Zip files, folders or addresses. */
  readonly sources: readonly string[];
  /** Name of the one source. */
  readonly feedName?: string;
  /** Names of kept feeds that are left out. */
  readonly without?: readonly string[];
  readonly download?: DownloadRules;
  readonly now: EpochMinute;
}

/** What is to be read for one feed, before its bytes are at hand. */
interface PlannedFeed extends Omit<FeedToRead, 'location'> {
  /** Hash of the kept archive; absent for a new source. */
  readonly kept?: string;
  /** Path or address of a new source. */
  readonly from?: string;
}

/**
 * The feeds of a network to be: those that `base` keeps, in their order, a new one in the place of one with its name,
 * the other new ones behind. Kept and fetched feeds are written into `folder`. Throws `FEED_UNREADABLE`, and
 * `UNPROCESSABLE` when the request does not fit the base.
 */
export async function gatherFeeds(
  db: Database,
  base: Pick<Network, 'id' | 'name' | 'feeds'> | null,
  wanted: FeedsWanted,
  folder: string,
  report: ReportProgress,
): Promise<FeedToRead[]> {
  const planned = planFeeds(base === null ? [] : await keptFeedsOf(db, base), base !== null, wanted);
  if (planned.length === 0) throw unfit('No feed is left; name one.');
  const feeds: FeedToRead[] = [];
  for (const { kept, from = '', ...feed } of planned) {
    let location = path.join(folder, `${feeds.length}.zip`);
    if (kept !== undefined) await unpackFeed(db, kept, location);
    else if (isAddress(from))
      await download(from, location, wanted.download ?? { hosts: [] }, (done, total) =>
        report('fetching feed', done, total),
      );
    else location = from;
    feeds.push({ ...feed, location });
  }
  return feeds;
}

/** The kept feeds of a network as they are to be read again. Throws `UNPROCESSABLE` when they are not kept. */
async function keptFeedsOf(
  db: Database,
  network: Pick<Network, 'id' | 'name' | 'feeds'>,
): Promise<PlannedFeed[]> {
  const hashes = await selectKeptFeeds(db, network.id);
  if (hashes.length === 0 || hashes.length !== network.feeds.length)
    throw unfit(`The feeds of "${network.name}" are not kept; import them again.`);
  return network.feeds.map((feed, index) => plannedAgain(feed, hashes[index]!));
}

const plannedAgain = ({ name, source, prefix, importedAt }: NetworkFeed, kept: string): PlannedFeed => ({
  name,
  source,
  prefix: prefix ?? '',
  importedAt: importedAt ?? '',
  kept,
});

function planFeeds(kept: readonly PlannedFeed[], added: boolean, wanted: FeedsWanted): PlannedFeed[] {
  const { sources, without = [], feedName } = wanted;
  if (feedName !== undefined && sources.length !== 1) throw unfit('A name of a feed needs exactly one feed.');
  const unknown = without.find((name) => !kept.some((feed) => feed.name === name));
  if (unknown !== undefined)
    throw unfit(
      `The network has no feed "${unknown}"; it has ${kept.map(({ name }) => name).join(', ') || 'none'}.`,
    );
  const planned = kept.filter(({ name }) => !without.includes(name));
  const replaced = new Set<number>();
  for (const from of sources) {
    const wish = feedName ?? nameOf(from);
    const at = added ? planned.findIndex(({ name }) => name === wish) : -1;
    const facts = {
      from,
      // A path of this machine is nobody's business; an address is where the next version will be.
      source: isAddress(from) ? from : path.basename(path.resolve(from)),
      importedAt: `${formatLocal(wanted.now, 'UTC')}:00Z`,
    };
    if (at !== -1 && !replaced.has(at)) {
      planned[at] = { ...facts, name: wish, prefix: planned[at]!.prefix };
      replaced.add(at);
      continue;
    }
    const name = freeName(wish, planned);
    const alone = !added && sources.length === 1;
    planned.push({ ...facts, name, prefix: alone ? '' : `${name}:` });
  }
  return planned;
}

/** The name of the file or folder, fit for a terminal; a colon would end the prefix that is made of it too early. */
function nameOf(source: string): string {
  const file = isAddress(source) ? fileNameOf(source) : path.basename(path.resolve(source));
  return (
    file
      .replace(/\.zip$/i, '')
      .replaceAll(/[:\p{C}]/gu, '_')
      .slice(0, 60) || 'feed'
  );
}

function freeName(wish: string, planned: readonly PlannedFeed[]): string {
  const taken = new Set(planned.flatMap(({ name, prefix }) => [name, prefix.slice(0, -1)]));
  let name = wish;
  for (let count = 2; taken.has(name); count++) name = `${wish}-${count}`;
  return name;
}

const unfit = (message: string): AppError => new AppError('UNPROCESSABLE', message);
