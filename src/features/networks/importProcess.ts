/** The process in which feeds are read and compiled; `compileInProcess.ts` starts it and tells it what to do. */
import { Worker } from 'node:worker_threads';
import { AppError } from '../../errors.ts';
import type { ImportMessage, ImportOrder } from './compileInProcess.ts';
import { compileNetwork } from './compileNetwork.ts';

/** A bar is drawn less often than this. */
const REPORT_MS = 40;
const MB = 1024 ** 2;

const send = (message: ImportMessage): void => void process.send!(message);

async function answer(order: ImportOrder): Promise<ImportMessage> {
  let label = '';
  let reported = 0;
  try {
    const compiled = await compileNetwork(order, (now, done, total) => {
      const time = performance.now();
      if (now === label && time - reported < REPORT_MS) return;
      [label, reported] = [now, time];
      send({ kind: 'progress', label: now, done, total });
    });
    return { kind: 'done', compiled };
  } catch (error) {
    // Structured clones of errors lose their class and code.
    if (error instanceof AppError)
      return { kind: 'refused', code: error.code, message: error.message, facts: { ...error.facts } };
    return { kind: 'failed', error: error instanceof Error ? error : new Error(String(error)) };
  }
}

process.once('message', (order: ImportOrder) => {
  const workerData = order.memoryMb * MB;
  new Worker(new URL(`memoryWatch${import.meta.url.slice(-3)}`, import.meta.url), { workerData }).unref();
  void answer(order).then((message) => process.send!(message, () => process.disconnect()));
});
// Whoever asked is gone.
process.once('disconnect', () => process.exit());
