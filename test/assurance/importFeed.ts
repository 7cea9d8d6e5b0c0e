/** A process that imports one feed and tells what became of it, in how much time and memory. */
import { readdirSync, readFileSync } from 'node:fs';
import { connect } from '../../src/database/connect.ts';
import { AppError } from '../../src/errors.ts';
import { importNetwork } from '../../src/features/networks/index.ts';
import { asEpochMinute } from '../../src/units/time.ts';

export type ImportOutcome = (
  | { id: string }
  | { code: string; message: string; facts: Readonly<Record<string, unknown>> }
) & {
  readonly seconds?: number;
  readonly peakMb?: number;
  /** Steps of the bar that were reported. */
  readonly steps?: number;
};

interface Order {
  readonly url: string;
  readonly file: string;
  readonly now: number;
  readonly memoryMb?: number;
}

/** Most memory that a process ever held; `undefined` when it is gone. */
function peakOf(process_: string): number | undefined {
  try {
    return Number(/^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${process_}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return undefined;
  }
}

const childrenOf = (process_: string): string[] =>
  readdirSync(`/proc/${process_}/task`).flatMap((thread) =>
    readFileSync(`/proc/${process_}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean),
  );

const LOOK_MS = 5;

/** What the program holds by itself; a process that also makes the feeds of a test holds any amount beside it. */
const PROGRAM_KB = 130 * 1024;

/**
 * Follows this process and the one that it imports in, until asked for their peaks together, in MB. With `madeFeeds`
 * this process counts with the program's own memory and what it has grown by. `undefined` where there is no /proc: a
 * process that has ended cannot be asked.
 */
export function followMemory(madeFeeds = false): () => number | undefined {
  if (process.platform !== 'linux') return () => undefined;
  const heldBefore = process.memoryUsage.rss();
  let [most, grown] = [0, 0];
  const timer = setInterval(() => {
    grown = Math.max(grown, process.memoryUsage.rss() - heldBefore);
    for (const child of childrenOf('self')) most = Math.max(most, peakOf(child) ?? 0);
  }, LOOK_MS);
  return () => {
    clearInterval(timer);
    const own = madeFeeds ? PROGRAM_KB + grown / 1024 : (peakOf('self') ?? 0);
    return Math.round((own + most) / 1024);
  };
}

if (import.meta.main) {
  const { url, file, now, memoryMb } = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as Order;
  const db = await connect({ ownerUrl: url, role: 'rs_service' });
  const peak = followMemory();
  const started = performance.now();
  let steps = 0;
  let outcome: ImportOutcome;
  try {
    const { id } = await importNetwork(db, {
      sources: [file],
      activate: true,
      now: asEpochMinute(now),
      ...(memoryMb === undefined ? {} : { memoryMb }),
      onProgress: () => steps++,
    });
    outcome = { id };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    outcome = { code: error.code, message: error.message, facts: error.facts };
  } finally {
    await db.close();
  }
  const seconds = (performance.now() - started) / 1000;
  const peakMb = peak();
  process.stdout.write(JSON.stringify({ ...outcome, seconds, peakMb, steps }));
}
