import type { NetworkImage } from '../../engine/timetable/image.ts';
import { AppError } from '../../errors.ts';
import type { NetworkId } from '../../units/ids.ts';
import { asEpochDay, type EpochDay, formatDate } from '../../units/time.ts';
import type { Network, NetworkStats } from './contract.ts';
import { noNetwork, showNetwork } from './networks.ts';
import { type Database, lockActivation, selectImage, setActive } from './store.ts';
import { unpackImage } from './storedImage.ts';

/** A network that does not run in this time would answer every near search with nothing. */
const DAYS_AHEAD = 14;
/** More lost trips than this mean a feed that is broken rather than untidy. */
const GREATEST_LOSS = 0.02;

export interface ActivateOptions {
  readonly today: EpochDay;
  /** Activates even a network that would be refused. */
  readonly force?: boolean;
}

/** Makes a stored network the one that searches use. Throws `NOT_FOUND` or `FEED_REJECTED`. */
export async function activateNetwork(db: Database, id: string, options: ActivateOptions): Promise<Network> {
  const network = await showNetwork(db, id);
  const stored = await selectImage(db, id);
  if (stored === null) throw noNetwork(id);
  const image = await unpackImage(stored);
  if (!options.force) refuseUnfit(image, network.stats, options.today);
  await db.transaction(async (tx) => {
    await lockActivation(tx);
    if (!(await setActive(tx, id as NetworkId))) throw noNetwork(id);
  });
  return showNetwork(db, id);
}

/** Throws `FEED_REJECTED` when the network has no service soon or lost too many trips. */
export function refuseUnfit(image: NetworkImage, stats: NetworkStats, today: EpochDay): void {
  if (!hasService(image, today, DAYS_AHEAD))
    throw new AppError(
      'FEED_REJECTED',
      `The timetable has no trip from ${formatDate(today)} to ${formatDate(asEpochDay(today + DAYS_AHEAD - 1))}. Import it with --roll-calendar to repeat its busiest week, or use --force.`,
    );
  const { runsRead, runsDropped } = stats;
  if (runsDropped > runsRead * GREATEST_LOSS)
    throw new AppError(
      'FEED_REJECTED',
      `${runsDropped} of ${runsRead} trips could not be used, more than ${GREATEST_LOSS * 100} %. Look at \`routestitch network notices\`, then mend the feed or use --force.`,
    );
}

function hasService(image: NetworkImage, from: number, days: number): boolean {
  for (let day = from - image.firstDay; day < from - image.firstDay + days; day++)
    for (let run = 0; run < image.runCount; run++) if (image.isActive(run, day)) return true;
  return false;
}
