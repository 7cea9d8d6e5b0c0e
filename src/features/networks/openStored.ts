import { type NetworkImage, openImage } from '../../engine/timetable/image.ts';
import { IMAGE_VERSION, ImageError, imageVersion } from '../../engine/timetable/layout.ts';
import { epochMinuteOf } from '../../units/time.ts';
import { compileInProcess } from './compileInProcess.ts';
import type { CompiledNetwork } from './compileNetwork.ts';
import type { NetworkFeed } from './contract.ts';
import { gatherFeeds } from './gatherFeeds.ts';
import { type Database, replaceImage, type StoredImage } from './store.ts';
import { damaged, inflateImage, unpackImage } from './storedImage.ts';
import { type StopNames, unpackStopNames } from './stopNames.ts';
import { withTemporaryFolder } from './temporaryFolder.ts';

export interface RecompileOptions {
  /** Told before a network of another version of RouteStitch is compiled again. */
  onRecompile?(message: string): void;
  readonly memoryMb?: number;
}

export interface OpenedNetwork {
  readonly image: NetworkImage;
  readonly rolled: boolean;
  /** `YYYY-MM-DD`. */
  readonly validFrom: string;
  readonly validTo: string;
  readonly feeds: readonly NetworkFeed[];
  readonly stopNames: StopNames;
}

/**
 * The image of a stored network. One that this version of RouteStitch cannot read is compiled again from the kept feeds
 * and replaced; one of a newer version stays for the processes that wrote it. `db` must be rs_service for that. Throws
 * `NO_ACTIVE_NETWORK`.
 */
export async function openStored(
  db: Database,
  stored: StoredImage,
  options: RecompileOptions = {},
): Promise<OpenedNetwork> {
  const shared = await unpackImage(stored);
  try {
    return {
      ...stored,
      image: openImage(shared),
      stopNames: await unpackStopNames(stored.stopNames),
    };
  } catch (cause) {
    if (!(cause instanceof ImageError) || stored.sample) throw damaged(stored, cause);
  }
  const newer = (imageVersion(shared) ?? 0) > IMAGE_VERSION;
  options.onRecompile?.(
    `The timetable "${stored.name}" was compiled by ${newer ? 'a newer' : 'an older'} RouteStitch; it is compiled again from its feeds.`,
  );
  try {
    const compiled = await recompile(db, stored, options);
    if (!newer) await db.transaction((tx) => replaceImage(tx, stored.id, stored.imageHash, compiled));
    return {
      ...compiled,
      image: openImage(await inflateImage(compiled)),
      stopNames: await unpackStopNames(compiled.stopNames),
    };
  } catch (cause) {
    throw damaged(stored, cause);
  }
}

/** As if it were imported today: a rolled calendar goes 180 days on from now. */
function recompile(db: Database, stored: StoredImage, options: RecompileOptions): Promise<CompiledNetwork> {
  return withTemporaryFolder(async (folder) => {
    const now = epochMinuteOf(Date.now());
    const feeds = await gatherFeeds(db, stored, { sources: [], now }, folder, () => undefined);
    const order = { feeds, rollCalendar: stored.rollCalendar, now };
    return compileInProcess(order, () => undefined, options.memoryMb);
  });
}
