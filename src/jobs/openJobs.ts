import type { Database } from '../database/connect.ts';
import { jobsOf, type JobServices } from './jobs.ts';
import { type JobsLog, type RunningJobs, startJobs } from './startJobs.ts';

/** What a process gives its jobs. */
export interface OpenJobsOptions extends Omit<JobServices, 'service'> {
  readonly ownerUrl: string;
  /** As rs_service. */
  readonly service: Database;
  readonly log: JobsLog;
}

/** Runs the jobs that this process can do. */
export const openJobs = ({ ownerUrl, service, log, ...services }: OpenJobsOptions): Promise<RunningJobs> =>
  startJobs({ ownerUrl, service, log, jobs: jobsOf({ service, ...services }) });
