import type { Database } from '../../database/connect.ts';
import { databaseHealth } from '../../database/health.ts';
import { routeCacheHealth } from '../journeys/index.ts';
import { limiterHealth } from '../limits/index.ts';
import { geocodeCacheHealth } from '../places/index.ts';
import type { OperatorHealth } from './contract.ts';

/** What only this process knows, since its start. */
export interface ProcessCounts {
  /** Searches, by where their answer came from. */
  routeCache(): Readonly<Record<string, number>>;
  /** Rows on their way to the database, by table. */
  analytics(): Readonly<
    Record<
      string,
      {
        readonly waiting: number;
        readonly written: number;
        readonly dropped: number;
        readonly refused: number;
      }
    >
  >;
}

/** How caches, limits and database are, and this process beside them. Databases as rs_service and rs_app. */
export async function operatorHealth(
  databases: { readonly service: Database; readonly app: Database },
  counts: ProcessCounts,
  now: Date,
): Promise<OperatorHealth> {
  const { service } = databases;
  // One after the other, on one connection: a health check must not be what fills a pool.
  const routeCache = await routeCacheHealth(service);
  const geocodeCache = await geocodeCacheHealth(service);
  const limits = await limiterHealth(service);
  const database = await databaseHealth(service);
  return {
    at: now.toISOString(),
    routeCache: { ...withTexts(routeCache), process: { ...counts.routeCache() } },
    geocodeCache: withTexts(geocodeCache),
    limits,
    database: { ...database, startedAt: database.startedAt.toISOString() },
    pools: [
      { name: 'rs_app', ...poolOf(databases.app) },
      { name: 'rs_service', ...poolOf(service) },
    ],
    analytics: Object.entries(counts.analytics()).map(([name, rows]) => ({ name, ...rows })),
  };
}

const withTexts = <Row extends { readonly oldestAt: Date | null; readonly newestAt: Date | null }>(
  row: Row,
) => ({
  ...row,
  oldestAt: row.oldestAt?.toISOString() ?? null,
  newestAt: row.newestAt?.toISOString() ?? null,
});

function poolOf({ pool }: Database): Omit<OperatorHealth['pools'][number], 'name'> {
  const { max, open, idle, waiting, heldMs, away, refused } = pool.counts;
  return { max, open, idle, waiting, heldMs: Math.round(heldMs * 100) / 100, away, refused: { ...refused } };
}
