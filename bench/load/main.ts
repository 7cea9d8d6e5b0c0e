/**
 * F12: searches and writes as they come from many people, at the rate that is promised, at twice that rate, and for long:
 * the real server with its database, both on this machine, over HTTP from another process. `LOAD_MINUTES` (default 2; the
 * drill: 30) is how long the steady part lasts.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Hit, openLoad, quantile, type Shot } from '../../test/assurance/openLoad.ts';
import { thisMachine } from '../machine.ts';
import { openTarget, type Target } from './target.ts';

const MINUTES = Number(process.env['LOAD_MINUTES'] ?? 2);
const OVERLOAD_SECONDS = 60;
const COST_SECONDS = 20;

/** Arrivals a second and the aim of the 99th percentile, milliseconds. */
const aims = {
  cached: { rps: 100, p99: 150 },
  computed: { rps: 15, p99: 800 },
  write: { rps: 30, p99: 250 },
} as const;
type Kind = keyof typeof aims;
const kinds = Object.keys(aims) as Kind[];
const MOST_ERRORS = 0.001;
const HEAP_MB_PER_10_MINUTES = 1;
const RSS_GROWTH = 0.1;

interface Row {
  readonly part: string;
  readonly kind: Kind;
  readonly asked: number;
  readonly answered: number;
  /** Answered with OVERLOADED or UNAVAILABLE and Retry-After. */
  readonly refused: number;
  readonly failed: number;
  readonly p50: number;
  readonly p99: number;
  readonly aim: number;
}

/** Measures, prints and writes `load.json` and `LOAD.md`. Exit 1: an aim was missed. */
export async function run(): Promise<number> {
  const machine = thisMachine();
  const target = await openTarget();
  try {
    await warm(target);
    const costs = await measureCosts(target);
    const watch = watchMemory(target);
    const steady = await part(target, 'promised', 1, MINUTES * 60);
    const memory = watch.end();
    const overload = await part(target, 'twice that', 2, OVERLOAD_SECONDS);
    const after = await part(target, 'afterwards', 1, 20);
    const report = { machine, minutes: MINUTES, rows: [...steady, ...overload, ...after], memory, costs };
    const faults = faultsOf(report);
    await write({ ...report, faults });
    return faults.length === 0 ? 0 : 1;
  } finally {
    await target.close();
  }
}

/** Every kept search is kept, every thread has compiled its code, every table has its statistics. */
async function warm(target: Target): Promise<void> {
  await all(target, target.cachedShots(), 4);
  await loaded(target, { cached: 20, computed: 6, write: 10 }, 20);
}

async function all(target: Target, shots: readonly Shot[], lanes: number): Promise<void> {
  const left = [...shots];
  const lane = async (): Promise<void> => {
    for (let shot = left.pop(); shot; shot = left.pop()) {
      const { path: url, headers = {} } = shot;
      await (await fetch(`http://127.0.0.1:${target.port}${url}`, { headers })).arrayBuffer();
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

async function loaded(target: Target, rates: Partial<Record<Kind, number>>, seconds: number): Promise<Hit[]> {
  const until = new AbortController();
  const loads = Object.entries(rates).map(([kind, rps]) =>
    openLoad({ port: target.port, rps, next: () => target.shot(kind as Kind), until: until.signal }),
  );
  await sleep(seconds * 1000);
  until.abort();
  return (await Promise.all(loads)).flat();
}

async function part(target: Target, name: string, times: number, seconds: number): Promise<Row[]> {
  process.stderr.write(`${name}: ${seconds} s …\n`);
  const rates = Object.fromEntries(kinds.map((kind) => [kind, times * aims[kind].rps]));
  const hits = await loaded(target, rates, seconds);
  return kinds.map((kind) => {
    const own = hits.filter((hit) => hit.kind === kind);
    const good = own.filter(({ status }) => status >= 200 && status < 300);
    const refused = own.filter(({ status, body }) => status === 503 && /OVERLOADED|UNAVAILABLE/.test(body));
    const taken = good.map(({ ms }) => ms);
    const at = (share: number): number => Math.round(10 * quantile(taken, share)) / 10;
    return {
      part: name,
      kind,
      asked: own.length,
      answered: good.length,
      refused: refused.length,
      failed: own.length - good.length - refused.length,
      p50: at(0.5),
      p99: at(0.99),
      aim: times * aims[kind].p99,
    };
  });
}

interface Memory {
  /** Growth of the heap by the least-squares line through the samples. */
  readonly heapMbPer10Minutes: number;
  readonly rssStartMb: number;
  readonly rssEndMb: number;
  readonly samples: number;
}

/** Looks every few seconds; the first fifth, in which caches fill, does not count. */
function watchMemory(target: Target): { end(): Memory } {
  const samples: { at: number; heap: number; rss: number }[] = [];
  const look = async (): Promise<void> => {
    const { heap, rss } = await target.memory();
    samples.push({ at: performance.now() / 600_000, heap: heap / 1e6, rss: rss / 1e6 });
  };
  const timer = setInterval(() => void look().catch(() => undefined), 5000);
  return {
    end: () => {
      clearInterval(timer);
      const counted = samples.slice(Math.floor(samples.length / 5));
      const mean = (of: (sample: (typeof samples)[number]) => number): number =>
        counted.reduce((sum, sample) => sum + of(sample), 0) / counted.length;
      const [at, heap] = [mean((sample) => sample.at), mean((sample) => sample.heap)];
      const above = counted.reduce((sum, one) => sum + (one.at - at) * (one.heap - heap), 0);
      const below = counted.reduce((sum, one) => sum + (one.at - at) ** 2, 0);
      const third = Math.max(1, Math.floor(counted.length / 3));
      const rss = (some: typeof samples): number => some.reduce((sum, one) => sum + one.rss, 0) / some.length;
      return {
        heapMbPer10Minutes: above / below,
        rssStartMb: rss(counted.slice(0, third)),
        rssEndMb: rss(counted.slice(-third)),
        samples: counted.length,
      };
    },
  };
}

interface Cost {
  readonly kind: Kind;
  readonly serverCpuMs: number;
  readonly databaseCpuMs: number;
}

/** Seconds of computing for one request, each kind by itself at a third of its rate. */
async function measureCosts(target: Target): Promise<Cost[]> {
  const costs: Cost[] = [];
  for (const kind of kinds) {
    const before = await target.cpu();
    const hits = await loaded(target, { [kind]: aims[kind].rps / 3 }, COST_SECONDS);
    const after = await target.cpu();
    const each = (used: number): number => Math.round((10_000 * used) / hits.length) / 10;
    costs.push({
      kind,
      serverCpuMs: each(after.server - before.server),
      databaseCpuMs: each(after.database - before.database),
    });
  }
  return costs;
}

interface Report {
  readonly machine: ReturnType<typeof thisMachine>;
  readonly minutes: number;
  readonly rows: readonly Row[];
  readonly memory: Memory;
  readonly costs: readonly Cost[];
}

function faultsOf({ rows, memory, minutes }: Report): string[] {
  const faults: string[] = [];
  for (const { part: name, kind, asked, refused, failed, p99, aim } of rows) {
    if (p99 > aim) faults.push(`${name}, ${kind}: p99 ${p99} ms, aim ${aim}`);
    const bad = name === 'promised' ? refused + failed : failed;
    if (bad / asked > MOST_ERRORS) faults.push(`${name}, ${kind}: ${bad} of ${asked} failed`);
  }
  // Over a few minutes the heap's own rhythm hides any slope.
  if (minutes >= 10 && memory.heapMbPer10Minutes > HEAP_MB_PER_10_MINUTES)
    faults.push(`the heap grows by ${memory.heapMbPer10Minutes.toFixed(1)} MB in ten minutes`);
  if (memory.rssEndMb > memory.rssStartMb * (1 + RSS_GROWTH)) faults.push('resident memory grows');
  return faults;
}

async function write(report: Report & { readonly faults: readonly string[] }): Promise<void> {
  const { machine, rows, memory, costs, minutes, faults } = report;
  const table = rows.map(
    (row) =>
      `| ${row.part} | ${row.kind} | ${row.asked} | ${row.answered} | ${row.refused} | ${row.failed} | ${row.p50} | ${row.p99} | ${row.aim} |`,
  );
  const prices = costs.map(
    ({ kind, serverCpuMs, databaseCpuMs }) =>
      `| ${kind} | ${serverCpuMs} | ${databaseCpuMs} | ${(((serverCpuMs + databaseCpuMs) * 1e6) / 3.6e6).toFixed(1)} |`,
  );
  const text = `# Load

Requests that come when they come (open model), of a server with one search thread and its database on the same
machine as the load: kept searches (100 a second), searches to compute (15) and writes (30: a new trip, a booking) for
${minutes} minutes, then twice as many for a minute, then as before. Milliseconds from when a request was due until the whole
answer is there. Refused: 503 with \`Retry-After\`, before anything was done.

| part | kind | asked | answered | refused | failed | p50 | p99 | aim of p99 |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
${table.join('\n')}

Heap: ${memory.heapMbPer10Minutes.toFixed(1)} MB in ten minutes (aim ≤ 1, judged from ten minutes on); resident ${memory.rssStartMb.toFixed(0)} MB in the first third, ${memory.rssEndMb.toFixed(0)} MB in
the last (aim ≤ +10 %); ${memory.samples} samples.

| one request | server CPU ms | database CPU ms | CPU hours a million |
| --- | --- | --- | --- |
${prices.join('\n')}

${faults.length === 0 ? 'Every aim was met.' : `Missed: ${faults.join('; ')}.`}

${machine.cores} × ${machine.cpu}, ${machine.system}, Node ${machine.node}, ${machine.at.slice(0, 10)}, load before ${machine.load}. \`LOAD_MINUTES=${minutes} npm run bench -- load\`
`;
  const results = path.resolve(import.meta.dirname, '../results');
  await mkdir(results, { recursive: true });
  await writeFile(path.join(results, 'load.json'), `${JSON.stringify(report, null, 2)}\n`);
  await writeFile(path.join(results, 'LOAD.md'), text);
  process.stdout.write(`${text}\n`);
}
