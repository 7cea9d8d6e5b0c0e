/**
 * `npm run bench -- engine [feeds|invented]`: the engine on two real feeds beside other planners, and on an invented
 * country at growing size. Real feeds lie in ROUTESTITCH_FEEDS, the pairs asked in `peers` beside it; the planners
 * are measured when ROUTESTITCH_PEERS names a folder with `bench-peers.mjs` and `npm i minotor
 * raptor-journey-planner` done: they are never part of this project. Fails when an answer is wrong, not when one is
 * slow: an aim missed is printed as missed.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { thisMachine } from '../machine.ts';
import { feedAims, growthAims, textOf, wrong } from './aims.ts';
import { RANGE_MINUTES, readCase } from './cases.ts';
import { contestChart } from './contestChart.ts';
import type { CaseWork } from './countCase.ts';
import { growthChart } from './growthChart.ts';
import type { Measured } from './measure.ts';
import { measurePeers } from './peers.ts';
import type { PeerResult } from './peers.ts';
import { report } from './report.ts';
import { readFeeds, readGrowth, writeFeeds, writeGrowth, writeResult } from './results.ts';
import type { FeedRow, GrowthRow } from './results.ts';
import type { TwoWorkers } from './workers.ts';

const execute = promisify(execFile);
const feeds = process.env['ROUTESTITCH_FEEDS'] ?? path.resolve(import.meta.dirname, '../../../shared/data');
const harness = process.env['ROUTESTITCH_PEERS'];
const child = fileURLToPath(new URL('./child.ts', import.meta.url));
const print = (line: string): void => void process.stdout.write(`${line}\n`);

const contests = [
  { feed: 'in-rail-2025', pairs: 'pairs-in-rail-2025-intercity.json' },
  { feed: 'hdbrts', pairs: 'pairs-hdbrts.json' },
];
const SIZES = [1, 2, 4, 8];
const INVENTED_QUESTIONS = 40;

export async function run(): Promise<number> {
  const [, , , part = 'all'] = process.argv;
  if (part !== 'invented') await compareOnFeeds();
  if (part !== 'feeds') await growCountry();
  const [onFeeds, growth] = [readFeeds(), readGrowth()];
  if (onFeeds) writeResult('engine.svg', contestChart(onFeeds.rows));
  if (growth) writeResult('engine-growth.svg', growthChart(growth.rows));
  writeResult('ENGINE.md', report(onFeeds, growth));
  const aims = [...(onFeeds ? feedAims(onFeeds) : []), ...(growth ? growthAims(growth) : [])];
  for (const aim of aims) print(`${aim.work}: ${textOf(aim)}`);
  return wrong(aims) ? 1 : 0;
}

/** One measurement in a process of its own. */
async function measured<Result>(task: string, folder: string, ...args: string[]): Promise<Result> {
  const { stdout } = await execute(process.execPath, ['--expose-gc', child, task, folder, ...args], {
    maxBuffer: 2 ** 28,
  });
  return JSON.parse(stdout) as Result;
}

async function inFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(path.join(tmpdir(), 'routestitch-bench-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Prepared = Pick<FeedRow, 'loadMs' | 'loadMemory' | 'imageBytes' | 'stopTimes'>;

async function compareOnFeeds(): Promise<void> {
  const [machine, rows]: [ReturnType<typeof thisMachine>, FeedRow[]] = [thisMachine(), []];
  for (const { feed, pairs } of contests) {
    const [zip, asked] = [path.join(feeds, `${feed}.zip`), path.join(feeds, '../peers', pairs)];
    if (!existsSync(zip) || !existsSync(asked)) {
      print(`${feed}: skipped, no ${zip} or ${asked} (ROUTESTITCH_FEEDS)`);
      continue;
    }
    const row = await inFolder(async (folder): Promise<FeedRow> => {
      const prepared = await measured<Prepared>('feed', folder, zip, asked);
      const own = await measured<Measured>('measure', folder);
      print(line(feed, 'RouteStitch', prepared.loadMs, own.memory, own));
      return { feed, ...prepared, ...own, peers: await askPeers(feed, folder, zip, asked) };
    });
    rows.push(row);
    writeFeeds({ machine, rows });
  }
}

async function askPeers(feed: string, folder: string, zip: string, pairs: string): Promise<PeerResult[]> {
  if (harness === undefined) {
    print('  other planners: skipped, ROUTESTITCH_PEERS is not set');
    return [];
  }
  const { truth, midnight } = readCase(folder);
  const results: PeerResult[] = [];
  await measurePeers(
    {
      harness,
      zip,
      pairs,
      rangeMinutes: RANGE_MINUTES,
      truth: truth!.earliest.map((at) => (at === null ? null : at - midnight)),
    },
    (planner, result) => {
      if (typeof result === 'string') return print(`${feed} ${planner}: failed, ${result}`);
      results.push(result);
      print(line(feed, planner, result.loadMs, result.memory, result));
    },
  );
  return results;
}

function line(
  feed: string,
  planner: string,
  loadMs: number,
  memory: number,
  {
    earliest,
    range,
    priced,
  }: Pick<PeerResult, 'range'> &
    Pick<Partial<Measured>, 'priced'> & {
      readonly earliest: { readonly p50: number; readonly p95: number; readonly right: number | null };
    },
): string {
  const right = earliest.right === null ? '' : `, ${(100 * earliest.right).toFixed(1)} % right`;
  const ranged = range ? `${range.p50}/${range.p95}` : 'none';
  const money = priced ? `  priced ${priced.p50}/${priced.p95}` : '';
  return `${feed.padEnd(14)}${planner.padEnd(12)} load ${loadMs} ms, ${memory} MB  earliest ${earliest.p50}/${earliest.p95} ms${right}  range 6 h ${ranged}${money}`;
}

async function growCountry(): Promise<void> {
  const [machine, rows]: [ReturnType<typeof thisMachine>, GrowthRow[]] = [thisMachine(), []];
  let workers: TwoWorkers | null = null;
  for (const size of SIZES)
    await inFolder(async (folder) => {
      const prepared = await measured<Pick<GrowthRow, 'stopTimes' | 'compileMs' | 'imageBytes'>>(
        'invented',
        folder,
        String(size),
        String(INVENTED_QUESTIONS),
      );
      const own = await measured<Measured>('measure', folder);
      rows.push({ size, ...prepared, ...own, work: await measured<CaseWork>('count', folder) });
      if (size === 1) workers = await measured<TwoWorkers>('workers', folder);
      const { earliest, range, priced } = own;
      print(
        `${size}×: ${prepared.stopTimes} stop times, compiled in ${prepared.compileMs} ms, opened in ${own.openMs} ms, ${own.pricedMemory} MB  earliest ${earliest.p50}/${earliest.p95}  range ${range.p50}/${range.p95}  priced ${priced.p50}/${priced.p95} ms`,
      );
      writeGrowth({ machine, rows, workers });
    });
}
