import { setTimeout as sleep } from 'node:timers/promises';
import type { Runner, RunnerOptions } from 'graphile-worker';
import pg from 'pg';
import type { Database } from '../database/connect.ts';
import { processToken } from '../database/processToken.ts';
import { QUEUE_SCHEMA } from '../database/queue.ts';
import { roleUrl } from '../database/roles.ts';
import { readConnection } from '../database/url.ts';
import { AppError } from '../errors.ts';
import { crontab, type JobName } from './crontab.ts';
import type { JobCall, JobWork } from './jobs.ts';
import { failureText, runJob } from './runJob.ts';

export interface JobsLog {
  error(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  debug(fields: object, message: string): void;
}

export interface StartOptions {
  readonly ownerUrl: string;
  /** As rs_service; what the jobs work on. */
  readonly service: Database;
  readonly jobs: Partial<Record<JobName, JobWork>>;
  readonly log: JobsLog;
  /** Now in milliseconds since 1970, as the jobs are told. When they run is the queue's business. */
  readonly now?: () => number;
}

export interface RunningJobs {
  readonly names: readonly JobName[];
  /** Asks for a run as soon as may be, besides its times; by whichever process is free. */
  runSoon(name: JobName): Promise<void>;
  /** Waits for what runs, but not long: a job that is cut off is tried again. */
  close(): Promise<void>;
}

/** Jobs at a time in one process: a long one must not hold up the trip clock. */
const AT_A_TIME = 3;
/** A job that is added wakes the workers; this is for those to be tried again. */
const POLL_MS = 10_000;
const DAY_MS = 86_400_000;
const CLOSE_MS = 5000;
const SETTLE_MS = 2000;
const LONGEST_PAUSE_MS = 30_000;

/** Begins to run the jobs at their times. As many processes may as one likes: each run is done by one of them. */
export async function startJobs(options: StartOptions): Promise<RunningJobs> {
  const pool = queuePool(options.ownerUrl);
  const worker = new JobWorker(options, pool);
  try {
    await worker.start();
  } catch (error) {
    await pool.end();
    throw error;
  }
  return {
    names: Object.keys(options.jobs) as JobName[],
    runSoon: (name) => worker.runSoon(name),
    close: async () => {
      await worker.close();
      await settled(pool);
      await pool.end();
    },
  };
}

/** Connections of the queue: one listens, the others take jobs and give them back. */
function queuePool(ownerUrl: string): pg.Pool {
  const pool = new pg.Pool({
    ...readConnection(roleUrl(ownerUrl, 'rs_service')).client,
    max: 1 + AT_A_TIME,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    application_name: `${processToken} jobs`,
  });
  pool.on('error', () => {}); // a connection that breaks is replaced
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

/** The queue does not wait until its last jobs are given back; one that is not would be locked for four hours. */
async function settled(pool: pg.Pool): Promise<void> {
  const busy = (): boolean => pool.waitingCount > 0 || pool.idleCount < pool.totalCount;
  for (let waited = 0; waited < SETTLE_MS && busy(); waited += 10) await sleep(10);
}

/** The job, or a failure when the process is to end and the job, told so, has not ended within {@link CLOSE_MS}. */
function orCutOff(work: JobWork, call: JobCall): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  const cutOff = (): void => reject(new AppError('UNAVAILABLE', 'The process ended before the job did'));
  const wait = (): void => void setTimeout(cutOff, CLOSE_MS).unref();
  call.signal.addEventListener('abort', wait, { once: true });
  work(call)
    .then(resolve, reject)
    .finally(() => call.signal.removeEventListener('abort', wait));
  return promise;
}

class JobWorker {
  readonly #options: StartOptions;
  readonly #pool: pg.Pool;
  readonly #closing = new AbortController();
  readonly #running = new Set<string>();
  #runner: Runner | undefined;
  #restart: Promise<void> | undefined;

  constructor(options: StartOptions, pool: pg.Pool) {
    this.#options = options;
    this.#pool = pool;
  }

  async start(): Promise<void> {
    const { Logger, parseCronItems, run } = await import('graphile-worker');
    const { log, jobs, ownerUrl } = this.#options;
    const names = Object.keys(jobs) as JobName[];
    const runnerOptions: RunnerOptions = {
      pgPool: this.#pool,
      schema: QUEUE_SCHEMA,
      concurrency: AT_A_TIME,
      pollInterval: POLL_MS,
      noHandleSignals: true,
      noPreparedStatements: !readConnection(ownerUrl).prepare,
      logger: new Logger(() => (level, message, meta) => {
        if (meta['failure'] === true || this.#closing.signal.aborted) return; // `#task` has told
        if (level === 'error') log.error({ queue: message }, 'job queue');
        else if (level === 'warning') log.warn({ queue: message }, 'job queue');
      }),
      taskList: Object.fromEntries(names.map((name) => [name, () => this.#task(name)])),
      parsedCronItems: parseCronItems(names.map((name) => this.#cronItem(name))),
    };
    const runner = await run(runnerOptions);
    this.#runner = runner;
    // It ends by itself only when something is badly wrong, as a queue of a newer version.
    const ended = (): void => {
      if (this.#runner === runner && !this.#closing.signal.aborted) this.#restart = this.#startAgain();
    };
    runner.promise.then(ended, ended);
  }

  #cronItem(name: JobName) {
    const { cron, retry, everyMinutes } = crontab[name];
    return {
      task: name,
      match: cron,
      identifier: name,
      options: {
        // One waiting run of a job is enough; a failed one is replaced by the next.
        jobKey: name,
        maxAttempts: retry === 'back-off' ? 10 : 1,
        // After a standstill the run that was missed is made up for.
        backfillPeriod: everyMinutes >= 1440 ? Math.min(everyMinutes * 60_000, 7 * DAY_MS) : 0,
      },
    };
  }

  async #task(name: JobName): Promise<void> {
    const { jobs, service, log, now = Date.now } = this.#options;
    // Of a job that takes longer than its interval one run at a time is enough in a process.
    if (this.#running.has(name)) return;
    this.#running.add(name);
    const started = performance.now();
    try {
      const call = { now: new Date(now()), signal: this.#closing.signal };
      const result = await runJob(service, name, (asked) => orCutOff(jobs[name]!, asked), call);
      log.debug({ job: name, ms: Math.round(performance.now() - started), result }, 'job done');
    } catch (error) {
      log.error({ err: error, job: name }, 'job failed');
      // The queue keeps the text of the error.
      if (crontab[name].retry === 'back-off') throw new Error(failureText(error), { cause: error });
    } finally {
      this.#running.delete(name);
    }
  }

  async #startAgain(): Promise<void> {
    const { signal } = this.#closing;
    for (let pause = 1000; !signal.aborted; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      await sleep(pause * (0.5 + Math.random()), undefined, { signal, ref: false }).catch(() => {});
      if (signal.aborted) return;
      try {
        await this.start();
        return;
      } catch (error) {
        this.#options.log.error({ err: error }, 'jobs cannot start again');
      }
    }
  }

  async runSoon(name: JobName): Promise<void> {
    const { retry } = crontab[name];
    const spec = { jobKey: name, maxAttempts: retry === 'back-off' ? 10 : 1 };
    await this.#runner!.addJob(name, {}, spec);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#restart;
    const runner = this.#runner;
    if (!runner) return;
    await runner.stop().catch(() => {});
    await runner.promise.catch(() => {});
  }
}
