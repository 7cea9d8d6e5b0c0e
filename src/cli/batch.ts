import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import { type Command, requiredOption, textOption } from './command.ts';
import {
  FeedPlanner,
  plannerOptions,
  type PrintedJourney,
  readSettings,
  readWallClock,
} from './feedPlanner.ts';

const queriesFile = z.object({
  queries: z
    .array(z.object({ from: z.string(), to: z.string(), departure: z.string() }))
    .min(1, 'needs at least one query'),
});
type BatchQuery = z.infer<typeof queriesFile>['queries'][number];

/** One answer; `error` stands only where the query itself was wrong. */
export interface BatchAnswer {
  readonly from: string;
  readonly to: string;
  readonly departure: string;
  readonly arrival: string | null;
  /** Rides of the first journey. */
  readonly legs: number | null;
  readonly journeys: readonly PrintedJourney[];
  readonly error?: string;
}

export interface BatchResult {
  readonly load_ms: number;
  readonly rss_mb: number;
  readonly p50_ms: number;
  readonly p95_ms: number;
  readonly answers: readonly BatchAnswer[];
}

export const command: Command = {
  name: 'batch',
  summary: 'Answer many queries on any GTFS feed and measure the engine',
  usage: '--gtfs FEED.zip --queries Q.json --out A.json [options]',
  details:
    'Q.json: {"queries":[{"from":"NDLS","to":"SBC","departure":"2026-01-05T08:13"}]}, wall clocks at the origin stop\n(with --arrive-by: latest arrivals at the destination). Without --out the result goes to standard output.',
  options: {
    ...plannerOptions,
    queries: { type: 'string', value: 'Q.json', help: 'The queries' },
    out: { type: 'string', value: 'A.json', help: 'Where to write the answers' },
  },
  async run({ values, json, out, note, progress }) {
    const settings = readSettings(values);
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
    const times: number[] = [];
    const answers = queries.map((query, index): BatchAnswer => {
      if (index % 16 === 0) progress.report('answering', index, queries.length);
      const begun = performance.now();
      const answer = answerOf(planner, query, clocks[index]!, settings.mode !== 'earliest');
      times.push(performance.now() - begun);
      return answer;
    });
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

async function readQueries(file: string): Promise<BatchQuery[]> {
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

function answerOf(
  planner: FeedPlanner,
  query: BatchQuery,
  clock: ReturnType<typeof readWallClock>,
  every: boolean,
): BatchAnswer {
  const { from, to, departure } = query;
  try {
    const found = planner.journeys(planner.stop(from), planner.stop(to), clock, !every);
    const [best] = found;
    const journeys = (every ? found : found.slice(0, 1)).map((journey) => planner.print(journey));
    const arrival = journeys[0]?.arrival ?? null;
    return { from, to, departure, arrival, legs: best?.rides ?? null, journeys };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { from, to, departure, arrival: null, legs: null, journeys: [], error: error.message };
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
