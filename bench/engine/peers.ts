/**
 * Other planners on the same questions, measured by a harness outside this project: they are never part of it. The
 * harness answers on its last line and leaves its arrivals in its folder.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

export const peers = ['minotor', 'rjp', 'rjp-multi'] as const;
/** Each is measured in so many processes and its best figures count: what else the machine does is not its fault. */
const TURNS = 3;
const RANGE_QUESTIONS = 60;
const LONGEST_MS = 15 * 60_000;

interface TwoTimes {
  readonly p50: number;
  readonly p95: number;
}

export interface PeerResult {
  readonly planner: string;
  readonly version: string;
  readonly loadMs: number;
  readonly memory: number;
  readonly earliest: TwoTimes & { readonly right: number };
  readonly range: TwoTimes | null;
}

interface Answer {
  readonly load_ms: number;
  readonly rss_after_load: number;
  readonly ea: TwoTimes;
  readonly range: TwoTimes | string;
}

/** Asked of all peers; `truth` counts minutes from 00:00 of the day asked. */
export interface PeerCase {
  readonly harness: string;
  readonly zip: string;
  readonly pairs: string;
  readonly rangeMinutes: number;
  readonly truth: readonly (number | null)[];
}

/** Calls `onResult` for each planner; a failure is a text. */
export async function measurePeers(
  asked: PeerCase,
  onResult: (planner: string, result: PeerResult | string) => void,
): Promise<void> {
  if (!existsSync(path.join(asked.harness, 'bench-peers.mjs')))
    return onResult('other planners', `no bench-peers.mjs in ${asked.harness} (ROUTESTITCH_PEERS)`);
  const folder = await mkdtemp(path.join(tmpdir(), 'routestitch-peers-'));
  try {
    // The harness looks for the unzipped feed beside the zip.
    const copy = path.join(folder, 'feed.zip');
    await copyFile(asked.zip, copy);
    await execute('unzip', ['-qo', copy, '-d', path.join(folder, 'feed')]);
    for (const planner of peers)
      await measurePeer(planner, { ...asked, zip: copy }).then(
        (result) => onResult(planner, result),
        (error: unknown) => onResult(planner, String(error).split('\n')[0]!),
      );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measurePeer(planner: string, asked: PeerCase): Promise<PeerResult> {
  const answers: Answer[] = [];
  for (let turn = 0; turn < TURNS; turn++) answers.push(await run(planner, asked, turn));
  const least = (value: (answer: Answer) => number): number => Math.min(...answers.map(value));
  const file = path.join(asked.harness, `res-${planner}-${TAG}.json`);
  const { arrivals } = JSON.parse(await readFile(file, 'utf8')) as { arrivals: (number | null)[] };
  await rm(file);
  const { range } = answers[0]!;
  return {
    planner,
    version: await versionOf(planner, asked.harness),
    loadMs: least((answer) => answer.load_ms),
    memory: least((answer) => answer.rss_after_load),
    earliest: {
      p50: least(({ ea }) => ea.p50),
      p95: least(({ ea }) => ea.p95),
      right: rightShare(asked.truth, arrivals),
    },
    range: typeof range === 'string' ? null : { p50: range.p50, p95: range.p95 },
  };
}

const TAG = 'routestitch-bench';

/** Ranges, which take longest, in the first turn only. */
async function run(planner: string, asked: PeerCase, turn: number): Promise<Answer> {
  const questions = turn === 0 ? RANGE_QUESTIONS : 0;
  const { stdout } = await execute(
    process.execPath,
    [
      '--expose-gc',
      '--max-old-space-size=6000',
      path.join(asked.harness, 'bench-peers.mjs'),
      planner,
      asked.zip,
      asked.pairs,
      TAG,
      String(questions),
      String(asked.rangeMinutes),
    ],
    // One peer mixes UTC dates with local weekdays.
    { maxBuffer: 2 ** 28, timeout: LONGEST_MS, cwd: asked.harness, env: { ...process.env, TZ: 'UTC' } },
  );
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as Answer;
}

/** A minute either way is rounding. */
function rightShare(truth: readonly (number | null)[], arrivals: readonly (number | null)[]): number {
  const right = truth.filter((at, index) => {
    const own = arrivals[index] ?? null;
    return at === null || own === null ? at === own : Math.abs(own - at) <= 1;
  });
  return right.length / truth.length;
}

async function versionOf(planner: string, harness: string): Promise<string> {
  const name = planner.startsWith('rjp') ? 'raptor-journey-planner' : planner;
  const file = path.join(harness, 'node_modules', name, 'package.json');
  return (JSON.parse(await readFile(file, 'utf8')) as { version: string }).version;
}
