/**
 * `npm run bench -- engine [feeds|invented]`: the engine on two real feeds beside other planners, and on an invented
 * country at growing size. Real feeds lie in ROUTESTITCH_FEEDS, the pairs asked in `peers` beside it; the planners
 * are measured when ROUTESTITCH_PEERS names a folder with `bench-peers.mjs` and `npm i minotor
 * raptor-journey-planner` done: they are never part of this project.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { thisMachine } from '../machine.ts';
import { growthChart } from './growthChart.ts';

const execute = promisify(execFile);
const feeds = process.env['ROUTESTITCH_FEEDS'] ?? path.resolve(import.meta.dirname, '../../../shared/data');
const peerFolder = process.env['ROUTESTITCH_PEERS'];
const results = path.resolve(import.meta.dirname, '../results');
const child = fileURLToPath(new URL('./child.ts', import.meta.url));
const print = (line: string): void => void process.stdout.write(`${line}\n`);

const contests = [
  { feed: 'in-rail-2025', pairs: 'pairs-in-rail-2025-intercity.json' },
  { feed: 'hdbrts', pairs: 'pairs-hdbrts.json' },
];
const peers = ['minotor', 'rjp', 'rjp-multi'];
const SIZES = [1, 2, 4, 8];
const INVENTED_PAIRS = 40;

interface Times {
  readonly p50: number;
  readonly p95: number;
}
interface Ours {
  readonly loadMs: number;
  readonly reopenMs: number;
  readonly memory: number;
  readonly earliest: Times & { readonly right: number };
  readonly range: Times;
  readonly priced: Times | null;
  readonly arrivals: readonly (number | null)[];
}
interface Invented {
  readonly size: number;
  readonly stopTimes: number;
  readonly compileMs: number;
  readonly memory: number;
  readonly earliest: Times;
  readonly range: Times;
  readonly priced: Times;
}

async function measured<T>(file: string, args: readonly string[], cwd?: string): Promise<T> {
  const { stdout } = await execute(
    process.execPath,
    ['--expose-gc', '--max-old-space-size=6000', file, ...args],
    {
      maxBuffer: 2 ** 28,
      env: { ...process.env, TZ: 'UTC' },
      ...(cwd === undefined ? {} : { cwd }),
    },
  );
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as T;
}

export async function run(): Promise<number> {
  const [, , , part = 'all'] = process.argv;
  await mkdir(results, { recursive: true });
  if (part !== 'invented') await compareOnFeeds();
  if (part !== 'feeds') await growCountry();
  return 0;
}

async function compareOnFeeds(): Promise<void> {
  const rows: object[] = [];
  for (const { feed, pairs } of contests) {
    const [zip, asked] = [path.join(feeds, `${feed}.zip`), path.join(feeds, '../peers', pairs)];
    if (!existsSync(zip) || !existsSync(asked)) {
      print(`${feed}: skipped, no ${zip} or ${asked} (ROUTESTITCH_FEEDS)`);
      continue;
    }
    const { arrivals, ...ours } = await measured<Ours>(child, ['feed', zip, asked]);
    const { earliest, range, priced } = ours;
    print(
      line(feed, 'RouteStitch', ours.loadMs, ours.memory, earliest, earliest.right, range) +
        (priced ? `  priced ${priced.p50}/${priced.p95}` : ''),
    );
    rows.push({ feed, planner: 'RouteStitch', ...ours });
    if (peerFolder === undefined) print('  other planners: skipped, ROUTESTITCH_PEERS is not set');
    else rows.push(...(await comparePeers(feed, zip, asked, arrivals)));
  }
  await writeResult('engine', { machine: thisMachine(), rows });
}

interface PeerAnswer {
  readonly load_ms: number;
  readonly rss_after_load: number;
  readonly ea: Times;
  readonly range: Times | string;
}

/** The peers' harness finds the feed unzipped beside the zip and writes its arrivals into its folder. */
async function comparePeers(
  feed: string,
  zip: string,
  asked: string,
  truth: readonly (number | null)[],
): Promise<object[]> {
  const rows: object[] = [];
  const folder = await mkdtemp(path.join(tmpdir(), 'routestitch-bench-'));
  try {
    const copy = path.join(folder, `${feed}.zip`);
    await copyFile(zip, copy);
    await execute('unzip', ['-qo', copy, '-d', path.join(folder, feed)]);
    for (const peer of peers) {
      const harness = path.join(peerFolder!, 'bench-peers.mjs');
      const args = [peer, copy, asked, `bench-${feed}`, '60', '360'];
      try {
        const { load_ms, rss_after_load, ea, range } = await measured<PeerAnswer>(harness, args, peerFolder);
        const answers = path.join(peerFolder!, `res-${peer}-bench-${feed}.json`);
        const { arrivals } = JSON.parse(await readFile(answers, 'utf8')) as {
          arrivals: readonly (number | null)[];
        };
        // A minute either way is rounding.
        const right =
          truth.filter((at, index) => {
            const own = arrivals[index] ?? null;
            return at === null || own === null ? at === own : Math.abs(own - at) <= 1;
          }).length / truth.length;
        print(line(feed, peer, load_ms, rss_after_load, ea, right, typeof range === 'string' ? null : range));
        rows.push({
          feed,
          planner: peer,
          loadMs: load_ms,
          memory: rss_after_load,
          earliest: { ...ea, right },
          range,
        });
      } catch (error) {
        print(`${feed} ${peer}: failed, ${String(error).split('\n')[0]}`);
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return rows;
}

function line(
  feed: string,
  planner: string,
  loadMs: number,
  memory: number,
  earliest: Times,
  right: number,
  range: Times | null,
): string {
  const ranged = range ? `${range.p50}/${range.p95}` : 'none';
  return `${feed.padEnd(14)}${planner.padEnd(12)} load ${loadMs} ms, ${memory} MB  earliest ${earliest.p50}/${earliest.p95} ms, ${(100 * right).toFixed(1)} % right  range 6 h ${ranged}`;
}

async function growCountry(): Promise<void> {
  const rows: Invented[] = [];
  for (const size of SIZES) {
    const row = await measured<Invented>(child, ['invented', String(size), String(INVENTED_PAIRS)]);
    print(
      `${size}×: ${row.stopTimes} stop times, compiled in ${row.compileMs} ms, ${row.memory} MB  earliest ${row.earliest.p50}/${row.earliest.p95}  range ${row.range.p50}/${row.range.p95}  priced ${row.priced.p50}/${row.priced.p95} ms`,
    );
    rows.push(row);
    await writeResult('engine-growth', { machine: thisMachine(), rows });
  }
  const series = (['earliest', 'range', 'priced'] as const).map((name) => ({
    name: `${name}, p50`,
    values: rows.map((row) => row[name].p50),
  }));
  await writeFile(
    path.join(results, 'engine-growth.svg'),
    growthChart(
      'Milliseconds a query as the network grows',
      rows.map(({ stopTimes }) => stopTimes / 1e6),
      series,
    ),
  );
}

const writeResult = (name: string, result: object): Promise<void> =>
  writeFile(path.join(results, `${name}.json`), `${JSON.stringify(result, null, 2)}\n`);
