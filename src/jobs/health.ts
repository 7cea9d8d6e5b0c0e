import type { Queryable } from '../database/connect.ts';
import { translatingErrors } from '../database/sqlstate.ts';
import { crontab, jobNames, type JobName } from './crontab.ts';
import { type QueueCounts, selectKnown, selectQueue, selectRuns } from './store.ts';

export interface JobHealth {
  readonly name: JobName;
  /** UTC. */
  readonly cron: string;
  readonly summary: string;
  /** Some process has it among its jobs, or had. */
  readonly known: boolean;
  readonly startedAt: string | null;
  readonly succeededAt: string | null;
  readonly failedAt: string | null;
  readonly tookMs: number | null;
  /** Of the last run, when it failed. */
  readonly error: string | null;
  readonly runs: number;
  readonly failedRuns: number;
  readonly failedInARow: number;
  /** It has not succeeded for more than two of its times. */
  readonly late: boolean;
}

export interface JobsHealth {
  readonly jobs: readonly JobHealth[];
  readonly queue: QueueCounts;
}

/** Beside two of its times: a process that starts, a machine that is busy. */
const GRACE_MINUTES = 10;

/**
 * How the jobs of all processes go: last runs, failures, what waits. For `doctor`, `jobs status` and `/metrics`.
 * @param service a database as rs_service.
 */
export const jobHealth = (service: Queryable, now: Date): Promise<JobsHealth> =>
  translatingErrors(async () => {
    const [runs, known, queue] = [
      await selectRuns(service),
      await selectKnown(service),
      await selectQueue(service),
    ];
    const jobs = jobNames.map((name): JobHealth => {
      const { cron, summary, everyMinutes } = crontab[name];
      const run = runs.find((row) => row.name === name);
      const since = run?.succeededAt ?? known.get(name) ?? null;
      const minutes = since === null ? 0 : (now.getTime() - since.getTime()) / 60_000;
      return {
        name,
        cron,
        summary,
        known: known.has(name),
        startedAt: run?.startedAt.toISOString() ?? null,
        succeededAt: run?.succeededAt?.toISOString() ?? null,
        failedAt: run?.failedAt?.toISOString() ?? null,
        tookMs: run?.tookMs ?? null,
        error: run?.error ?? null,
        runs: run?.runs ?? 0,
        failedRuns: run?.failedRuns ?? 0,
        failedInARow: run?.failedInARow ?? 0,
        late: known.has(name) && minutes > 2 * everyMinutes + GRACE_MINUTES,
      };
    });
    return { jobs, queue };
  });
