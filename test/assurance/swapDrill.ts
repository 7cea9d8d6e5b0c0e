/** Several app processes search without pause while the active network changes under them. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { activateNetwork, importNetwork } from '../../src/features/networks/index.ts';
import { asEpochDay, type EpochDay, epochMinuteOf, formatDate, wallClockAt } from '../../src/units/time.ts';
import type { TestDatabase } from '../support/database.ts';
import { type FeedFiles, lines, withFeed } from '../support/gtfsFeed.ts';

export interface SwapAssignment {
  readonly ownerUrl: string;
  /** `YYYY-MM-DD` of the journeys. */
  readonly date: string;
  /** Searches under way at a time. */
  readonly lanes: number;
  readonly searchWorkers: number;
  /** Network id → the letter before its run ids. */
  readonly letters: Record<string, string>;
}

export interface SwapReport {
  readonly kind: 'report';
  readonly errors: readonly string[];
  /** Answers that fit no network, or not the one they began on. */
  readonly mixed: readonly string[];
  /** Answers by network. */
  readonly seen: Readonly<Record<string, number>>;
  readonly cached: number;
}
export type SwapMessage =
  | { kind: 'ready' }
  | { kind: 'uses'; network: string }
  /** The first answer from it since one from another. */
  | { kind: 'answered'; network: string }
  | SwapReport;

export interface SwapResult {
  readonly reports: readonly SwapReport[];
  /** By swap: milliseconds from the activation until each process uses the new network. */
  readonly lateness: readonly (readonly number[])[];
  readonly networks: readonly string[];
}

/** Goes on beyond 24:00. */
const serviceTime = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** A train every half hour, each numbered with the letter. */
function feedOf(letter: string, today: EpochDay): FeedFiles {
  const date = (day: number): string => formatDate(asEpochDay(day)).replaceAll('-', '');
  const trips = Array.from({ length: 48 }, (_, index) => ({ id: `${letter}${index}`, at: index * 30 }));
  return {
    'agency.txt': lines(
      'agency_id,agency_name,agency_url,agency_timezone',
      'IR,Indian Railways,https://x.in,Asia/Kolkata',
    ),
    'stops.txt': lines(
      'stop_id,stop_code,stop_name,stop_lat,stop_lon',
      'A,QAA,Alpha Cantonment,20,75',
      'B,QBB,Beta Cantonment,20.5,75',
      'C,QCC,Gamma Cantonment,21,75',
    ),
    'routes.txt': lines(
      'route_id,agency_id,route_short_name,route_long_name,route_type',
      'R1,IR,12001,Alpha Express,2',
    ),
    'calendar.txt': lines(
      'service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date',
      `D,1,1,1,1,1,1,1,${date(today - 2)},${date(today + 60)}`,
    ),
    'trips.txt': lines('route_id,service_id,trip_id', ...trips.map(({ id }) => `R1,D,${id}`)),
    'stop_times.txt': lines(
      'trip_id,arrival_time,departure_time,stop_id,stop_sequence',
      ...trips.flatMap(({ id, at }) =>
        ['A', 'B', 'C'].map((stop, index) => {
          const time = `${serviceTime(at + index * 60)}:00`;
          return `${id},${time},${time},${stop},${index + 1}`;
        }),
      ),
    ),
  };
}

export interface SwapSize {
  readonly processes: number;
  readonly lanes: number;
  readonly swaps: number;
  readonly searchWorkers: number;
}

export async function swapUnderSearches(database: TestDatabase, size: SwapSize): Promise<SwapResult> {
  const now = epochMinuteOf(Date.now());
  const today = wallClockAt(now, 'Asia/Kolkata').day;
  const letters: Record<string, string> = {};
  for (const letter of ['X', 'Y']) {
    const { id } = await withFeed(feedOf(letter, today), (location) =>
      importNetwork(database.service, { sources: [location], now, activate: true, feedName: letter }),
    );
    letters[id] = letter;
  }
  const networks = Object.keys(letters);
  const date = formatDate(asEpochDay(today + 1));
  const assignment = {
    ownerUrl: database.ownerUrl,
    date,
    letters,
    lanes: size.lanes,
    searchWorkers: size.searchWorkers,
  };
  const children = await Promise.all(Array.from({ length: size.processes }, () => start(assignment)));
  const lateness: number[][] = [];
  try {
    for (let swap = 0; swap < size.swaps; swap++) {
      const next = networks[swap % 2]!;
      const took = children.map((child) => timeUntil(child, next));
      const answered = children.map((child) =>
        message(child, (said) => said.kind === 'answered' && said.network === next),
      );
      await activateNetwork(database.service, next, { today });
      lateness.push(await Promise.all(took));
      // However slow the machine is, everyone has searched on every network.
      await Promise.all(answered);
      await sleep(100);
    }
    return { reports: await Promise.all(children.map(finish)), lateness, networks };
  } finally {
    for (const child of children) child.kill('SIGKILL');
  }
}

async function start(assignment: SwapAssignment): Promise<ChildProcess> {
  const worker = path.join(import.meta.dirname, 'swapWorker.ts');
  const child = fork(worker, [], { env: { ...process.env, ASSIGNMENT: JSON.stringify(assignment) } });
  await message(child, (said) => said.kind === 'ready');
  return child;
}

/** Rejects when the process ends first. */
async function message(child: ChildProcess, wanted: (said: SwapMessage) => boolean): Promise<SwapMessage> {
  const done = new AbortController();
  const died = once(child, 'exit', { signal: done.signal }).then(([code, signal]) => {
    throw new Error(`a search process ended with ${String(code ?? signal)}`);
  });
  died.catch(() => undefined);
  try {
    return await Promise.race([died, saying(child, wanted, done.signal)]);
  } finally {
    done.abort();
  }
}

function saying(
  child: ChildProcess,
  wanted: (said: SwapMessage) => boolean,
  signal: AbortSignal,
): Promise<SwapMessage> {
  return new Promise((resolve) => {
    const listen = (said: unknown): void => {
      if (wanted(said as SwapMessage)) resolve(said as SwapMessage);
    };
    child.on('message', listen);
    signal.addEventListener('abort', () => child.off('message', listen));
  });
}

/** The clock starts now: the caller activates at once. */
async function timeUntil(child: ChildProcess, network: string): Promise<number> {
  const started = performance.now();
  await message(child, (said) => said.kind === 'uses' && said.network === network);
  return performance.now() - started;
}

async function finish(child: ChildProcess): Promise<SwapReport> {
  const report = message(child, (said) => said.kind === 'report');
  child.send('stop');
  return (await report) as SwapReport;
}
