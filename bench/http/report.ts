import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { barChart } from '../barChart.ts';
import { packageVersion, type thisMachine } from '../machine.ts';
import type { Load } from './generator.ts';
import type { Watched } from './watch.ts';

/** One side of a contest: medians of the turns. */
export interface SideResult {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Of all turns. */
  readonly slowest: number;
  /** Of a body. */
  readonly bytes: number;
  /** That the server's process used for one answer, its threads counted. */
  readonly cpuMicroseconds: number;
  readonly loopDelayP99: number;
  /** Share of one core that the load generator used. */
  readonly generatorBusy: number;
}

export interface Row {
  readonly name: string;
  readonly base: string;
  /** Percent of the base; absent: for the record only. */
  readonly aim?: number;
  /** Milliseconds. */
  readonly p99Aim?: number;
  /** Percent: the median of the turns' ratios. */
  readonly ratio: number;
  readonly bare: SideResult;
  readonly product: SideResult;
}

export interface Report {
  readonly machine: ReturnType<typeof thisMachine>;
  readonly connections: number;
  readonly rounds: number;
  readonly roundMs: number;
  readonly rows: readonly Row[];
  readonly computed: {
    readonly lanes: number;
    readonly seconds: number;
    /** Milliseconds of loop delay, p99. */
    readonly aim: number;
    readonly load: Load;
    readonly watched: Watched;
  };
}

const number = (value: number, digits = 0): string =>
  value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** Writes and prints the report. Answers 1 when an aim was missed. */
export async function write(report: Report): Promise<number> {
  const { machine, rows, computed } = report;
  const versions = `Node ${machine.node}, Hono ${packageVersion('hono')}, pg ${packageVersion('pg')}`;
  const footer = `${machine.cores} × ${machine.cpu}, ${machine.system}, ${versions}; ${machine.at.slice(0, 10)}, load ${machine.load}`;
  const results = path.resolve(import.meta.dirname, '../results');
  await mkdir(results, { recursive: true });
  await writeFile(path.join(results, 'http.json'), `${JSON.stringify(report, rounded, 2)}\n`);
  const bars = rows
    .filter(({ aim }) => aim !== undefined)
    .map(({ name, base, aim = 0, ratio, bare, product }) => ({
      label: name,
      detail: `${number(product.perSecond)} of ${number(bare.perSecond)}/s, ${base}`,
      value: ratio,
      aim,
    }));
  const subtitle = `The whole server against a bare Hono route, ${report.connections} connections, closed loop; dashed: aim`;
  await writeFile(
    path.join(results, 'http.svg'),
    barChart('HTTP: share of bare Hono', subtitle, bars, footer),
  );
  const text = document(report, footer);
  await writeFile(path.join(results, 'HTTP.md'), text);
  process.stdout.write(`${text}\n`);
  const met =
    computed.watched.delayP99 <= computed.aim &&
    rows.every(
      ({ ratio, aim = 0, product, p99Aim = Number.POSITIVE_INFINITY }) =>
        ratio >= aim && product.p99 <= p99Aim,
    );
  return met ? 0 : 1;
}

const rounded = (_: string, value: unknown): unknown =>
  typeof value === 'number' ? Math.round(value * 1000) / 1000 : value;

function document({ connections, rounds, roundMs, rows, computed }: Report, footer: string): string {
  const table = rows.map(
    ({ name, base, aim, ratio, bare, product, p99Aim }) =>
      `| ${name} (${number(product.bytes / 1024)} KB) | ${base} | ${number(bare.perSecond)} | ${number(product.perSecond)} | ${number(ratio)} %${aim === undefined ? '' : ` (aim ${aim} %)`} | ${number(product.p50, 1)} | ${number(product.p99, 1)}${p99Aim === undefined ? '' : ` (aim ${p99Aim})`} | ${number(bare.cpuMicroseconds)} → ${number(product.cpuMicroseconds)} |`,
  );
  const { load, watched } = computed;
  return `# HTTP: what the product adds to bare Hono

The whole server as \`npm start\` runs it (limits, sessions, row-level security, tags, headers, search, its database) against
one Hono route over the same Node server, by turns of ${number(roundMs / 1000, 1)} s, ${rounds} each after warming up; medians. ${connections} connections that
stay open and ask again as soon as the answer is there (closed loop), from a process of its own with a generator written
for this over bare sockets. **Servers, PostgreSQL and generator share the cores of the machine**, so what the product's
database uses is taken from the product.

Searches come from ${number(60_000)} addresses and lists from 1,000 signed-in users, whom the limits count like everybody;
60 corridors by turns. Milliseconds; the last column is the CPU of the server's process per answer, in µs.

| what | against | bare /s | product /s | share | p50 | p99 | CPU |
| --- | --- | --- | --- | --- | --- | --- | --- |
${table.join('\n')}

**Event loop while searches are computed** (${computed.lanes} at a time for ${computed.seconds} s, no two alike, ${number(load.perSecond)} a second): late by
${number(watched.delayP50, 1)} ms (p50), ${number(watched.delayP99, 1)} ms (p99, aim ${computed.aim}), ${number(watched.delayMost, 1)} ms at most.

${footer}. \`npm run bench -- http\`
`;
}
