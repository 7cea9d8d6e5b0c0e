import type { PoolCounts } from '../../database/boundedPool.ts';
import type { ReaderCounts } from '../../database/readReplica.ts';
import type { BatchCounts } from '../../features/analytics/index.ts';
import type { BackupStatus } from '../../features/backup/index.ts';
import type { RouteCacheCounts, SearchPoolCounts } from '../../features/journeys/index.ts';

/** What is counted in the parts of the program, read when Prometheus asks. */
export interface MetricSources {
  readonly version: string;
  network(): { readonly id: string; readonly version: number | null; readonly validTo: string };
  readonly pools: Readonly<Record<string, () => PoolCounts>>;
  searches(): SearchPoolCounts;
  routeCache(): RouteCacheCounts;
  /** By queue. */
  analytics(): Readonly<Record<string, BatchCounts>>;
  underWay(): number;
  reads(): ReaderCounts;
  /** How the jobs of all processes go; absent: nobody knows. */
  readonly jobs?: () => Promise<JobFigures>;
  /** What lies in BACKUP_DIR; absent: backups are not made here. */
  readonly backups?: () => Promise<BackupStatus>;
}

export interface JobFigures {
  readonly jobs: readonly { readonly name: string; readonly late: boolean; readonly failedInARow: number }[];
  readonly queue: Readonly<Record<string, unknown>>;
}
