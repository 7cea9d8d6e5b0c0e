import { Worker } from 'node:worker_threads';
import { AppError, type ErrorCode } from '../../errors.ts';
import type { CompiledNetwork, CompileOrder, ReportProgress } from './compileNetwork.ts';

export type WorkerMessage =
  | { kind: 'progress'; label: string; done: number | undefined; total: number | undefined }
  | { kind: 'done'; compiled: CompiledNetwork }
  | { kind: 'refused'; code: ErrorCode; message: string; facts: Record<string, unknown> };

/** Indian rail and two metros together need 170. */
export const IMPORT_MEMORY_MB = 384;
/** The rest is for columns and the image, which do not lie in the thread's heap. */
const HEAP_SHARE = 0.7;
const LOOK_MS = 20;
const MB = 1024 ** 2;

/**
 * Compiles in a thread of its own, so that neither its time nor its memory is taken from searches. The thread may
 * use `memoryMb`, by its heap and by what the whole process grows meanwhile. Throws what {@link compileNetwork}
 * throws, and `FEED_REJECTED` when the feeds need more.
 */
export async function compileInWorker(
  order: CompileOrder,
  report: ReportProgress,
  memoryMb: number = IMPORT_MEMORY_MB,
): Promise<CompiledNetwork> {
  const before = process.memoryUsage.rss();
  const worker = new Worker(new URL('importWorker.ts', import.meta.url), {
    workerData: order,
    resourceLimits: { maxOldGenerationSizeMb: Math.max(16, Math.floor(memoryMb * HEAP_SHARE)) },
  });
  const compiled = new Promise<CompiledNetwork>((resolve, reject) => {
    const watch = setInterval(() => {
      if (process.memoryUsage.rss() - before <= memoryMb * MB) return;
      reject(tooBig(order, memoryMb));
      void worker.terminate();
    }, LOOK_MS);
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind === 'progress') report(message.label, message.done, message.total);
      else if (message.kind === 'done') resolve(message.compiled);
      else reject(new AppError(message.code, message.message, { facts: message.facts }));
    });
    worker.on('error', (error) => reject(isOutOfMemory(error) ? tooBig(order, memoryMb) : error));
    worker.on('exit', (code) => {
      clearInterval(watch);
      reject(new AppError('INTERNAL', `The import ended without a result (${code}).`));
    });
  });
  try {
    return await compiled;
  } finally {
    await worker.terminate();
  }
}

const isOutOfMemory = (error: unknown): boolean =>
  (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY';

const tooBig = ({ feeds }: CompileOrder, memoryMb: number): AppError =>
  new AppError(
    'FEED_REJECTED',
    `${feeds.map(({ name }) => name).join(' + ')} is too big for an import of ${memoryMb} MB; raise IMPORT_MEMORY_MB.`,
  );
