import { openImage } from '../../engine/timetable/image.ts';
import { AppError } from '../../errors.ts';
import type { NetworkId } from '../../units/ids.ts';
import type { EpochMinute } from '../../units/time.ts';
import { refuseUnfit } from './activateNetwork.ts';
import { compileInProcess } from './compileInProcess.ts';
import type { CompiledNetwork, FeedToRead, ReportProgress } from './compileNetwork.ts';
import type { Network } from './contract.ts';
import { type FeedsWanted, gatherFeeds } from './gatherFeeds.ts';
import { keepFeeds } from './keptFeeds.ts';
import { showNetwork } from './networks.ts';
import { insertNotices } from './noticeStore.ts';
import {
  type Database,
  dropOldImages,
  insertNetwork,
  lockActivation,
  type Queryable,
  selectActiveId,
  setActive,
} from './store.ts';
import { inflateImage } from './storedImage.ts';
import { sweepTemporaryFolders, withTemporaryFolder } from './temporaryFolder.ts';

export interface ImportRequest extends FeedsWanted {
  /** Zip files, folders or addresses; several make one network. None, with `addTo`, compiles it again. */
  readonly sources: readonly string[];
  readonly name?: string;
  /** A network (id, `v12` or `active`) whose kept feeds come first; a feed of the same name is replaced. */
  readonly addTo?: string;
  /** Repeats the busiest week of feeds that have ended (or will within 180 days). Default: as in `addTo`. */
  readonly rollCalendar?: boolean;
  readonly activate?: boolean;
  /** Activates a network that would be refused. */
  readonly force?: boolean;
  readonly now: EpochMinute;
  /** What the process of the import may hold, in MB. */
  readonly memoryMb?: number;
  onProgress?(label: string, done?: number, total?: number): void;
}

/** As long as the database takes it (CHECK). */
const LONGEST_NAME = 200;

/**
 * Reads, checks and compiles feeds in a process of their own, then stores network, feeds and notices in one
 * transaction: there is no half import, and a network that may not be activated is not stored when activation was
 * asked for. Throws `NOT_FOUND`, `UNPROCESSABLE`, `FEED_UNREADABLE`, `FEED_REJECTED`, and `CONFLICT` when another import
 * was faster.
 */
export async function importNetwork(db: Database, request: ImportRequest): Promise<Network> {
  const started = performance.now();
  const report: ReportProgress = (label, done, total) => request.onProgress?.(label, done, total);
  await sweepTemporaryFolders();
  const base = request.addTo === undefined ? null : await showNetwork(db, request.addTo);
  const rollCalendar = request.rollCalendar ?? base?.rollCalendar ?? false;
  const id = await withTemporaryFolder(async (folder) => {
    const feeds = await gatherFeeds(db, base, request, folder, report);
    const order = { feeds, rollCalendar, now: request.now };
    const compiled = await compileInProcess(order, report, request.memoryMb);
    if (request.activate && !request.force)
      refuseUnfit(openImage(await inflateImage(compiled)), compiled, compiled.today);
    report('storing network');
    const network = {
      name:
        request.name ??
        base?.name ??
        feeds
          .map(({ name }) => name)
          .join(' + ')
          .slice(0, LONGEST_NAME),
      sample: false,
      rollCalendar,
      ...compiled,
      stats: { ...compiled.stats, importMs: Math.round(performance.now() - started) },
    };
    return db.transaction(async (tx) => {
      await lockActivation(tx);
      if (request.activate && base?.isActive) await refuseOvertaken(tx, base);
      const id = await insertNetwork(tx, network);
      await keepWithNotices(tx, id, feeds, compiled);
      if (request.activate) {
        await setActive(tx, id);
        await dropOldImages(tx);
      }
      return id;
    });
  });
  return showNetwork(db, id);
}

/** Two imports that begin with the same network would each drop what the other brought. */
async function refuseOvertaken(tx: Queryable, base: Network): Promise<void> {
  if ((await selectActiveId(tx)) !== base.id)
    throw new AppError(
      'CONFLICT',
      `Another network became active while the feeds of "${base.name}" were imported; import again.`,
    );
}

async function keepWithNotices(
  tx: Queryable,
  id: NetworkId,
  feeds: readonly FeedToRead[],
  compiled: CompiledNetwork,
): Promise<void> {
  await keepFeeds(
    tx,
    id,
    feeds.map(({ location }, index) => ({
      location,
      hash: compiled.feeds[index]!.hash!,
      bytes: compiled.archiveBytes[index]!,
    })),
  );
  await insertNotices(tx, id, compiled.notices);
}
