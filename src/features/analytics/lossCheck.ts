import { AppError } from '../../errors.ts';
import type { AnalyticsWriter } from './analyticsWriter.ts';

/**
 * A check of this process's queues, to be asked from time to time: writes what waits, and rejects with `UNAVAILABLE`
 * when the database took none of it or rows were lost since it was last asked.
 */
export function lossCheck(writer: AnalyticsWriter): () => Promise<{ readonly written: number }> {
  let before = totals(writer);
  return async () => {
    await writer.flush();
    const now = totals(writer);
    const lost = now.lost - before.lost;
    const written = now.written - before.written;
    before = now;
    if (lost > 0)
      throw new AppError(
        'UNAVAILABLE',
        `${lost} rows of analytics were lost since the last check (queue full or refused)`,
      );
    if (now.waiting > 0 && written === 0)
      throw new AppError('UNAVAILABLE', `${now.waiting} rows of analytics wait and none could be written`);
    return { written };
  };
}

function totals(writer: AnalyticsWriter): { waiting: number; written: number; lost: number } {
  const { searches, bookingClicks, clickedRoutes } = writer.counts;
  const all = [searches, bookingClicks, clickedRoutes];
  const sum = (pick: (counts: (typeof all)[number]) => number): number =>
    all.reduce((total, counts) => total + pick(counts), 0);
  return {
    waiting: sum(({ waiting }) => waiting),
    written: sum(({ written }) => written),
    lost: sum(({ dropped, refused }) => dropped + refused),
  };
}
