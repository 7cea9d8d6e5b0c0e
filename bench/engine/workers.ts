import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { openCaseImage } from './cases.ts';
import { megabytes } from './times.ts';
import type { Times } from './times.ts';

export interface TwoWorkers {
  readonly threads: number;
  /** Each thread's times while the others work, too. */
  readonly times: readonly Times[];
  /** MB of the whole process: the most it ever had. */
  readonly peakMemory: number;
}

const THREADS = 2;

/** What a worker is given: the image is shared, not copied. */
export interface WorkerTask {
  readonly buffer: SharedArrayBuffer;
  readonly folder: string;
}

/** One process, two threads that answer priced questions at the same time over one image in shared memory. */
export async function measureWorkers(folder: string): Promise<TwoWorkers> {
  const { buffer } = openCaseImage(folder);
  const task: WorkerTask = { buffer, folder };
  const workers = Array.from(
    { length: THREADS },
    () => new Worker(new URL('./pricedWorker.ts', import.meta.url), { workerData: task }),
  );
  // All begin together, when each has its table of fares.
  await Promise.all(workers.map((worker) => once(worker, 'message')));
  const answers = workers.map(async (worker): Promise<Times> => {
    const [times] = (await once(worker, 'message')) as [Times];
    return times;
  });
  for (const worker of workers) worker.postMessage('begin', []);
  const times = await Promise.all(answers);
  return { threads: THREADS, times, peakMemory: megabytes(1024 * process.resourceUsage().maxRSS) };
}
