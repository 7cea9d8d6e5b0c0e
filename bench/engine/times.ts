/** Milliseconds a query over all questions of a case. */
export interface Times {
  readonly p50: number;
  readonly p95: number;
  /** Processor time of the thread alone, the mean of every `SAMPLE_EVERY`th question, whose work is counted. */
  readonly sampleMean: number;
  /** Mean number of journeys. */
  readonly mean: number;
}

export const SAMPLE_EVERY = 4;
const WARM_UP_QUESTIONS = 40;
const WARM_UP_MS = 3000;
const ROUNDS = 3;
/** No further round when the ones before took longer: large networks are asked once. */
const ENOUGH_MS = 20_000;

/**
 * Asks all questions in up to three rounds, warm; each counts with its median, so that what else the machine does
 * falls out. `search` answers the number of journeys found.
 */
export function timed<Asked>(
  questions: readonly Asked[],
  search: (asked: Asked, index: number) => number,
): Times {
  let begun = performance.now();
  for (const [index, asked] of questions.slice(0, WARM_UP_QUESTIONS).entries())
    if (performance.now() - begun < WARM_UP_MS) search(asked, index);
  const rounds: number[][] = [];
  let found = 0;
  begun = performance.now();
  while (rounds.length < ROUNDS && (rounds.length === 0 || performance.now() - begun < ENOUGH_MS)) {
    found = 0;
    rounds.push(
      questions.map((asked, index) => {
        const started = performance.now();
        found += search(asked, index);
        return performance.now() - started;
      }),
    );
  }
  const each = questions.map((_, index) =>
    quantile(
      rounds.map((round) => round[index]!),
      0.5,
    ),
  );
  return {
    p50: rounded(quantile(each, 0.5)),
    p95: rounded(quantile(each, 0.95)),
    sampleMean: processorTime(questions, search),
    mean: Math.round((10 * found) / questions.length) / 10,
  };
}

/** Many questions between two looks at the clock: it counts in ticks of four milliseconds. */
function processorTime<Asked>(
  questions: readonly Asked[],
  search: (asked: Asked, index: number) => number,
): number {
  const begun = process.threadCpuUsage();
  let [asked, ms] = [0, 0];
  for (let turn = 0; turn < ROUNDS && ms < ENOUGH_MS / ROUNDS; turn++) {
    for (let index = 0; index < questions.length; index += SAMPLE_EVERY, asked++)
      search(questions[index]!, index);
    const { user, system } = process.threadCpuUsage(begun);
    ms = (user + system) / 1000;
  }
  return rounded(ms / asked);
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const rounded = (value: number): number => Math.round(100 * value) / 100;

/** Resident memory of this process in MB after its garbage is gone. */
export function settledMemory(): number {
  globalThis.gc?.();
  return megabytes(process.memoryUsage.rss());
}

export const megabytes = (bytes: number): number => Math.round(bytes / 2 ** 20);
