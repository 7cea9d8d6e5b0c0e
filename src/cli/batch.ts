import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import { type BatchAnswer, type BatchQuestion, timedAnswer } from './batchAnswer.ts';
import { answerInThreads } from './batchThreads.ts';
import { type Command, integerOption, requiredOption, textOption } from './command.ts';
import { FeedPlanner, plannerOptions, readSettings, readWallClock } from './feedPlanner.ts';

const queriesFile = z.object({
  queries: z
    .array(z.object({ from: z.string(), to: z.string(), departure: z.string() }))
    .min(1, 'needs at least one query'),
});

export interface BatchResult {
  readonly load_ms: number;
  readonly rss_mb: number;
  readonly p50_ms: number;
  readonly p95_ms: number;
  readonly answers: readonly BatchAnswer[];
}

const MOST_WORKERS = 256;

export const command: Command = {
  name: 'batch',
  summary: 'Answer many queries on any GTFS feed and measure the engine',
  usage: '--gtfs FEED.zip --queries Q.json --out A.json [options]',
  details:
    'Q.json: {"queries":[{"from":"NDLS","to":"SBC","departure":"2026-01-05T08:13"}]}, wall clocks at the origin stop\n(with --arrive-by: latest arrivals at the destination). Without --out the result goes to standard output.',
  options: {
    ...plannerOptions,
    queries: { type: 'string', value: 'Q.json', help: 'The queries' },
    workers: {
      type: 'string',
      value: 'N',
      help: 'Threads that answer, on one network in memory (default 1)',
    },
    out: { type: 'string', value: 'A.json', help: 'Where to write the answers' },
  },
  async run({ values, json, out, note, progress }) {
    const settings = readSettings(values);
    const workers = integerOption(values, 'workers', { min: 1, max: MOST_WORKERS }) ?? 1;
    const queries = await readQueries(requiredOption(values, 'queries'));
    const clocks = queries.map((query, index) =>
      readWallClock(query.departure, `query ${index + 1}: departure`),
    );
    const started = performance.now();
    const planner = await FeedPlanner.load(
      settings,
      clocks.map(({ day }) => day),
      progress,
    );
    const loaded = performance.now() - started;
    const asked = queries.map((query, index) => ({ query, clock: clocks[index]! }));
    const onProgress = (done: number): void => {
      if (done % 16 === 0) progress.report('answering', done, queries.length);
    };
    const timed =
      workers === 1
        ? asked.map((question, index) => {
            onProgress(index);
            return timedAnswer(planner, settings, question);
          })
        : await answerInThreads(
            workers,
            { image: planner.image.buffer, settings, fares: planner.fares },
            asked,
            onProgress,
          );
    const answers = timed.map(({ answer }) => answer);
    const times = timed.map(({ ms }) => ms);
    progress.clear();
    const result = {
      load_ms: Math.round(loaded),
      rss_mb: Math.round(process.memoryUsage.rss() / 1024 ** 2),
      p50_ms: quantile(times, 0.5),
      p95_ms: quantile(times, 0.95),
      answers,
    } satisfies BatchResult;
    const target = textOption(values, 'out');
    if (target === undefined) out(JSON.stringify(result));
    else await writeFile(target, `${JSON.stringify(result)}\n`);
    const { answers: _, ...figures } = result;
    if (target !== undefined) out(json ? JSON.stringify(figures) : summary(result));
    return reportFaults(answers, note);
  },
};

async function readQueries(file: string): Promise<BatchQuestion['query'][]> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new AppError('UNPROCESSABLE', `The queries ${file} cannot be read; check the path.`, { cause });
  });
  try {
    return queriesFile.parse(JSON.parse(text)).queries;
  } catch (cause) {
    const fault = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
    throw new AppError('UNPROCESSABLE', `${file} does not hold queries: ${fault}`, { cause });
  }
}

function reportFaults(answers: readonly BatchAnswer[], note: (text: string) => void): number {
  const faults = answers.filter((answer) => answer.error !== undefined);
  if (faults.length === 0) return 0;
  note(`${faults.length} of ${answers.length} queries could not be asked. First: ${faults[0]!.error}`);
  return 1;
}

function summary(result: BatchResult): string {
  const reached = result.answers.filter((answer) => answer.arrival !== null).length;
  return `${result.answers.length} queries, ${reached} with a journey; loaded in ${result.load_ms} ms, ${result.rss_mb} MB; p50 ${result.p50_ms} ms, p95 ${result.p95_ms} ms`;
}

/** Milliseconds, to a microsecond. */
function quantile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return Math.round(value * 1000) / 1000;
}
