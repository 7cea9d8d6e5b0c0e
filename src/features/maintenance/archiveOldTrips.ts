import { translatingErrors } from '../../database/sqlstate.ts';
import { AppError } from '../../errors.ts';
import { type EpochDay, epochMinuteOf, formatDate, monthsBefore, wallClockAt } from '../../units/time.ts';
import { type Database, lockLegs, lockOldTrips, moveToArchive, walkIndexes } from './store.ts';

export interface Archived {
  /** Trips moved, with their legs. */
  readonly archived: number;
  /** Trips of earlier dates than this went, `YYYY-MM-DD`. */
  readonly before: string;
  readonly batches: number;
  readonly slowestBatchMs: number;
}

/** A quarter of what a batch may take (200 ms): its size follows the machine. */
const TARGET_MS = 50;
const FIRST_BATCH = 50;
const LARGEST_BATCH = 1000;

/**
 * Moves completed trips that are older than so many calendar months to the archive, where their owner still reads
 * them (`getTrip`, `getArchivedTrips`) and takes them back from (`restoreArchivedTrip`). On 31 August 2026 six months
 * take the trips of before 28 February. Goes in short batches: readers are never blocked, and a trip that somebody
 * is changing stays for the next time.
 * @param service a database as rs_service.
 */
export function archiveOldTrips(
  service: Database,
  olderThanMonths = 6,
  today: EpochDay = wallClockAt(epochMinuteOf(Date.now()), 'UTC').day,
): Promise<Archived> {
  if (!Number.isInteger(olderThanMonths) || olderThanMonths < 1)
    throw new AppError('INTERNAL', `Trips older than ${olderThanMonths} months: use a whole number from 1`);
  const before = formatDate(monthsBefore(today, olderThanMonths));
  return translatingErrors(async () => {
    let [archived, batches, slowest, size] = [0, 0, 0, FIRST_BATCH];
    for (;;) {
      const started = performance.now();
      const { found, moved } = await archiveBatch(service, before, size);
      const took = performance.now() - started;
      archived += moved;
      if (found > 0) batches++;
      slowest = Math.max(slowest, took);
      // All that is left is being changed by others: the next run takes it.
      if (found < size || moved === 0) return { archived, before, batches, slowestBatchMs: slowest };
      size = nextSize(size, took);
    }
  });
}

/** Grows at most by half, shrinks at once. */
const nextSize = (size: number, tookMs: number): number =>
  Math.round(Math.min(LARGEST_BATCH, Math.max(10, size * Math.min(1.5, TARGET_MS / tookMs))));

/** The rows are locked by one statement and copied by the next, which sees them as they are under the lock. */
const archiveBatch = (
  service: Database,
  before: string,
  size: number,
): Promise<{ found: number; moved: number }> =>
  service.transaction(async (tx) => {
    await walkIndexes(tx);
    const found = await lockOldTrips(tx, before, size);
    if (found.length === 0) return { found: 0, moved: 0 };
    const busy = await lockLegs(tx, found);
    const moving = found.filter((id) => !busy.has(id));
    if (moving.length > 0) await moveToArchive(tx, moving);
    return { found: found.length, moved: moving.length };
  });
