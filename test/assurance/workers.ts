/** Several processes that do the same work at the same moment. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const worker = path.join(import.meta.dirname, 'worker.ts');

/** What a worker is told, as JSON in its environment. */
export interface Assignment {
  readonly ownerUrl: string;
  readonly task: string;
  /** Connections of its pool. */
  readonly pool: number;
  readonly [setting: string]: unknown;
}

export interface Worker {
  readonly process: ChildProcess;
  /** Starts the work; resolves with what the worker answers. Rejects when it dies. */
  go(): Promise<unknown>;
}

/** Starts a process that waits, connected, for its `go`. */
export async function startWorker(assignment: Assignment): Promise<Worker> {
  const child = fork(worker, [], { env: { ...process.env, ASSIGNMENT: JSON.stringify(assignment) } });
  const died = once(child, 'exit').then(([code, signal]) => {
    throw new Error(`worker for ${assignment.task} ended with ${String(code ?? signal)}`);
  });
  died.catch(() => {});
  await Promise.race([once(child, 'message'), died]);
  return {
    process: child,
    go: async () => {
      const answer = once(child, 'message').then(([message]) => message as unknown);
      child.send('go');
      return Promise.race([answer, died]);
    },
  };
}

/** The answers of `count` workers that began together. */
export async function together<Answer>(count: number, assignment: Assignment): Promise<Answer[]> {
  const workers = await Promise.all(Array.from({ length: count }, () => startWorker(assignment)));
  return (await Promise.all(workers.map((one) => one.go()))) as Answer[];
}
