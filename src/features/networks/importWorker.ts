/** The thread in which feeds are read and compiled; `compileInWorker.ts` starts it and bounds its memory. */
import { parentPort, workerData } from 'node:worker_threads';
import { AppError } from '../../errors.ts';
import { compileNetwork, type CompileOrder } from './compileNetwork.ts';
import type { WorkerMessage } from './compileInWorker.ts';

/** A bar is drawn less often than this. */
const REPORT_MS = 40;

const send = (message: WorkerMessage): void => parentPort!.postMessage(message, []);
let label = '';
let reported = 0;

try {
  const compiled = await compileNetwork(workerData as CompileOrder, (now, done, total) => {
    const time = performance.now();
    if (now === label && time - reported < REPORT_MS) return;
    [label, reported] = [now, time];
    send({ kind: 'progress', label: now, done, total });
  });
  send({ kind: 'done', compiled });
} catch (error) {
  // Structured clones of errors lose their class and code.
  if (!(error instanceof AppError)) throw error;
  send({ kind: 'refused', code: error.code, message: error.message, facts: { ...error.facts } });
}
