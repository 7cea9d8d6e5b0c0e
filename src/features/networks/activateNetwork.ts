import type { NetworkImage } from '../../engine/timetable/image.ts';
import { AppError } from '../../errors.ts';
import type { NetworkId } from '../../units/ids.ts';
import { asEpochDay, type EpochDay, formatDate } from '../../units/time.ts';
import type { Network, NetworkFeed, NetworkStats } from './contract.ts';
import { openStored, type RecompileOptions } from './openStored.ts';
import { noImage, showNetwork } from './networks.ts';
import {
  type Database,
  dropOldImages,
  lockActivation,
  type Queryable,
  selectActiveId,
  selectImage,
  selectNetwork,
  setActive,
} from './store.ts';

/** A network that does not run in this time would answer every near search with nothing. */
const DAYS_AHEAD = 14;
/** More lost trips than this mean a feed that is broken rather than untidy. */
const GREATEST_LOSS = 0.02;

export interface ActivateOptions extends RecompileOptions {
  readonly today: EpochDay;
  /** Activates even a network that would be refused. */
  readonly force?: boolean;
  /** Id of the network that must be active until then; another one is a `CONFLICT`. */
  readonly from?: string;
  /** Written in the same transaction as the change, or the change is not made. `from`: what was active. */
  readonly beside?: (
    tx: Queryable,
    change: { readonly from: string | null; readonly to: Network },
  ) => Promise<void>;
}

/**
 * Makes a stored network (id, `v12` or `previous`) the one that searches use. Throws `NOT_FOUND`, `FEED_REJECTED`, and
 * `CONFLICT` when only its history is kept or another than `from` is active.
 */
export async function activateNetwork(
  db: Database,
  reference: string,
  options: ActivateOptions,
): Promise<Network> {
  const network = await showNetwork(db, reference);
  const stored = await selectImage(db, network.id);
  if (stored === null) throw noImage(network);
  const { image } = await openStored(db, stored, options);
  // One that was active has been accepted once; only time can have made it unfit.
  if (!options.force) (network.version === null ? refuseUnfit : refuseEnded)(image, network, options.today);
  await db.transaction(async (tx) => {
    await lockActivation(tx);
    const from = await selectActiveId(tx);
    if (options.from !== undefined && options.from !== from)
      throw new AppError('CONFLICT', 'Another network has been activated meanwhile: look again.', {
        facts: { active: from },
      });
    if (!(await setActive(tx, network.id as NetworkId))) throw noImage(network);
    await dropOldImages(tx);
    await options.beside?.(tx, { from, to: network });
  });
  return showNetwork(db, network.id);
}

/** Goes back to the network that was active before. Throws `CONFLICT` when there is none. */
export async function rollbackNetwork(db: Database, options: ActivateOptions): Promise<Network> {
  const previous = await selectNetwork(db, 'previous');
  if (previous === null)
    throw new AppError(
      'CONFLICT',
      'No network was active before this one, or its timetable is no longer kept.',
    );
  return activateNetwork(db, previous.id, options);
}

interface Imported {
  readonly stats: NetworkStats;
  readonly feeds: readonly NetworkFeed[];
}

/** Throws `FEED_REJECTED` when the network or one of its feeds has no service soon, or too many trips were lost. */
export function refuseUnfit(image: NetworkImage, imported: Imported, today: EpochDay): void {
  refuseEnded(image, imported, today);
  const { runsRead, runsDropped } = imported.stats;
  if (runsDropped > runsRead * GREATEST_LOSS)
    throw new AppError(
      'FEED_REJECTED',
      `${runsDropped} of ${runsRead} trips could not be used, more than ${GREATEST_LOSS * 100} %. Look at \`routestitch network notices\`, then mend the feed or use --force.`,
    );
}

function refuseEnded(image: NetworkImage, { feeds }: Imported, today: EpochDay): void {
  if (!hasService(image, today, DAYS_AHEAD))
    throw new AppError(
      'FEED_REJECTED',
      `The timetable has no trip from ${formatDate(today)} to ${formatDate(asEpochDay(today + DAYS_AHEAD - 1))}. Import it with --roll-calendar to repeat its busiest week, or use --force.`,
    );
  const ended = feeds.find(({ unused }) => unused);
  if (ended !== undefined)
    throw new AppError(
      'FEED_REJECTED',
      `The timetable of ${ended.name} ended on ${ended.endsOn}: none of its trips is used. Import it with --roll-calendar to repeat its busiest week, or use --force.`,
    );
}

function hasService(image: NetworkImage, from: number, days: number): boolean {
  for (let day = from - image.firstDay; day < from - image.firstDay + days; day++)
    for (let run = 0; run < image.runCount; run++) if (image.isActive(run, day)) return true;
  return false;
}
