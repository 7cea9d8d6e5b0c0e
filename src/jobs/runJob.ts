import type { Queryable } from '../database/connect.ts';
import { sqlStateOf } from '../database/sqlstate.ts';
import { AppError } from '../errors.ts';
import type { JobCall, JobWork } from './jobs.ts';
import { noteEnd, noteStart } from './store.ts';

/** Why a run failed, in words that may be kept: never what a user wrote or whom a mail was for. */
export function failureText(error: unknown): string {
  const state = sqlStateOf(error);
  if (error instanceof AppError) return `${error.code}: ${error.message}`.slice(0, 500);
  if (state !== undefined) return `SQLSTATE ${state}`;
  if (error instanceof TypeError || error instanceof ReferenceError)
    return `${error.name}: ${error.message}`.slice(0, 500);
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code.slice(0, 80) : error instanceof Error ? error.name : typeof error;
}

/** Runs a job and keeps how it went; throws what it threw. A database that cannot keep it is no fault of the job. */
export async function runJob(
  service: Queryable,
  name: string,
  work: JobWork,
  call: JobCall,
): Promise<unknown> {
  const started = performance.now();
  const keep = (failure: string | null): Promise<void> =>
    noteEnd(service, name, performance.now() - started, failure).catch(() => {});
  await noteStart(service, name).catch(() => {});
  try {
    const result = await work(call);
    await keep(null);
    return result;
  } catch (error) {
    await keep(failureText(error));
    throw error;
  }
}
