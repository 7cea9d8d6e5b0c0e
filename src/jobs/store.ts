import type { Queryable } from '../database/connect.ts';
import { QUEUE_SCHEMA } from '../database/queue.ts';

/** All as rs_service, on the database's clock. */

export async function noteStart(db: Queryable, name: string): Promise<void> {
  await db.query({
    name: 'job starts',
    text: `INSERT INTO job_runs (name, started_at) VALUES ($1, now())
           ON CONFLICT (name) DO UPDATE SET started_at = excluded.started_at`,
    values: [name],
  });
}

/** `error`: why it failed; null: it did not. */
export async function noteEnd(
  db: Queryable,
  name: string,
  tookMs: number,
  error: string | null,
): Promise<void> {
  await db.query({
    name: 'job ends',
    text: `UPDATE job_runs SET runs = runs + 1, took_ms = $2, error = $3,
             succeeded_at = CASE WHEN $3::text IS NULL THEN now() ELSE succeeded_at END,
             failed_at = CASE WHEN $3::text IS NULL THEN failed_at ELSE now() END,
             failed_runs = failed_runs + CASE WHEN $3::text IS NULL THEN 0 ELSE 1 END,
             failed_in_a_row = CASE WHEN $3::text IS NULL THEN 0 ELSE failed_in_a_row + 1 END
           WHERE name = $1`,
    values: [name, Math.round(tookMs), error],
  });
}

export interface RunRow extends Record<string, unknown> {
  readonly name: string;
  readonly startedAt: Date;
  readonly succeededAt: Date | null;
  readonly failedAt: Date | null;
  readonly tookMs: number | null;
  readonly error: string | null;
  readonly runs: number;
  readonly failedRuns: number;
  readonly failedInARow: number;
}

export async function selectRuns(db: Queryable): Promise<RunRow[]> {
  const { rows } = await db.query<RunRow>({
    name: 'job runs',
    text: `SELECT name, started_at AS "startedAt", succeeded_at AS "succeededAt", failed_at AS "failedAt",
             took_ms AS "tookMs", error, runs, failed_runs AS "failedRuns", failed_in_a_row AS "failedInARow"
           FROM job_runs`,
  });
  return rows;
}

/** Since when the queue knows each job: a process that has it ran then. */
export async function selectKnown(db: Queryable): Promise<Map<string, Date>> {
  const { rows } = await db.query<{ name: string; since: Date }>({
    name: 'known jobs',
    text: `SELECT identifier AS name, known_since AS since FROM ${QUEUE_SCHEMA}._private_known_crontabs`,
  });
  return new Map(rows.map(({ name, since }) => [name, since]));
}

export interface QueueCounts extends Record<string, unknown> {
  /** To be run now or later. */
  readonly waiting: number;
  /** Whose time has come and nobody has taken. */
  readonly due: number;
  /** How long the first of them has been due. */
  readonly lagSeconds: number;
  readonly running: number;
  /** Failed, to be tried again. */
  readonly failing: number;
  /** Failed as often as they may. */
  readonly givenUp: number;
}

export async function selectQueue(db: Queryable): Promise<QueueCounts> {
  // A worker that was killed leaves its lock behind, which the queue takes off after four hours.
  const { rows } = await db.query<QueueCounts>({
    name: 'queue',
    text: `SELECT count(*) FILTER (WHERE open AND locked_at IS NULL) AS waiting,
             count(*) FILTER (WHERE due) AS due,
             coalesce(extract(epoch FROM now() - min(run_at) FILTER (WHERE due)), 0)::float8 AS "lagSeconds",
             count(*) FILTER (WHERE locked_at > now() - interval '4 hours') AS running,
             count(*) FILTER (WHERE open AND attempts > 0 AND last_error IS NOT NULL) AS failing,
             count(*) FILTER (WHERE NOT open AND locked_at IS NULL) AS "givenUp"
           FROM (SELECT *, attempts < max_attempts AS open,
                   attempts < max_attempts AND locked_at IS NULL AND run_at <= now() AS due
                 FROM ${QUEUE_SCHEMA}.jobs) AS j`,
  });
  return rows[0]!;
}

/** Removes from the queue what has failed as often as it may, a day later; how it failed is kept with the job. */
export async function deleteGivenUp(db: Queryable): Promise<number> {
  const { rowCount } = await db.query({
    name: 'delete given up',
    text: `DELETE FROM ${QUEUE_SCHEMA}._private_jobs
           WHERE attempts >= max_attempts AND locked_at IS NULL AND updated_at < now() - interval '1 day'`,
  });
  return rowCount ?? 0;
}
