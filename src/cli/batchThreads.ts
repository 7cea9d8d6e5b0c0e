import { Piscina } from 'piscina';
import type { Fares } from '../engine/fares/family.ts';
import type { BatchQuestion, TimedAnswer } from './batchAnswer.ts';
import type { PlannerSettings } from './feedPlanner.ts';

/** What all threads share; the image is one memory for all of them. */
export interface BatchThreadData {
  readonly image: SharedArrayBuffer;
  readonly settings: PlannerSettings;
  readonly fares: Fares | undefined;
}

/**
 * Answers in so many threads, in the order of the questions, whoever answers them. Rejects with what a thread
 * throws, and ends the others.
 */
export async function answerInThreads(
  workers: number,
  workerData: BatchThreadData,
  asked: readonly BatchQuestion[],
  onProgress: (done: number) => void,
): Promise<TimedAnswer[]> {
  const threads = Math.min(workers, asked.length);
  const pool = new Piscina<BatchQuestion, TimedAnswer>({
    // `.ts` in the checkout, `.js` in the package.
    filename: new URL(`./batchWorker${import.meta.url.slice(-3)}`, import.meta.url).href,
    minThreads: threads,
    maxThreads: threads,
    workerData,
  });
  let done = 0;
  try {
    return await Promise.all(
      asked.map(async (question) => {
        const answer = await pool.run(question);
        onProgress(++done);
        return answer;
      }),
    );
  } finally {
    await pool.destroy();
  }
}
