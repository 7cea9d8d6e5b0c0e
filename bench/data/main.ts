import { mkdir, mkdtemp, chmod, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connect } from '../../src/database/connect.ts';
import { migrate } from '../../src/database/migrate.ts';
import { openServer } from '../../src/database/server.ts';
import { barChart } from '../barChart.ts';
import { packageVersion, thisMachine } from '../machine.ts';
import { compare } from '../rounds.ts';
import { openContest } from './contest.ts';
import { hotPaths, LANES, POOL } from './hotPaths.ts';

const results = path.resolve(import.meta.dirname, '../results');

/** Measures every hot path on a server of its own, prints and writes the ratios. Exit 1: an aim was missed. */
export async function run(): Promise<number> {
  const machine = thisMachine();
  const folder = await mkdtemp(path.join(tmpdir(), 'routestitch-bench-'));
  await chmod(folder, 0o755); // under root the server's account must enter it
  const server = await openServer({ dataDir: folder });
  try {
    await migrate(server.ownerUrl);
    const contest = await openContest(server.ownerUrl, POOL);
    const rows = [];
    try {
      for (const path of hotPaths) {
        const { raw, product } = await path.prepare(contest);
        const { first, second, ratio } = await compare(raw, product, path.lanes ?? LANES);
        const row = { ...path, raw: first, product: second, ratio: Math.round(ratio * 1000) / 10 };
        rows.push({
          name: row.name,
          unit: row.unit,
          aim: row.aim,
          ratio: row.ratio,
          met: row.ratio >= row.aim,
          raw: first,
          product: second,
        });
        const { perSecond } = first;
        print(
          `${path.name.padEnd(44)} raw ${perSecond} product ${second.perSecond} ${path.unit}  ${row.ratio} % (aim ${path.aim} %)`,
        );
        await path.finish?.();
      }
    } finally {
      await contest.close();
    }
    const versions = {
      postgres: await serverVersion(server.ownerUrl),
      pg: packageVersion('pg'),
      prisma: packageVersion('@prisma/client'),
    };
    await write({ machine, versions, lanes: LANES, pool: POOL, rows });
    return rows.every((row) => row.met) ? 0 : 1;
  } finally {
    await server.release();
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

interface Report {
  readonly machine: ReturnType<typeof thisMachine>;
  readonly versions: Readonly<Record<string, string>>;
  readonly lanes: number;
  readonly pool: number;
  readonly rows: readonly {
    readonly name: string;
    readonly unit: string;
    readonly aim: number;
    readonly ratio: number;
    readonly met: boolean;
    readonly raw: { readonly perSecond: number };
    readonly product: { readonly perSecond: number };
  }[];
}

async function write(report: Report): Promise<void> {
  const { machine, versions } = report;
  const thousands = (value: number): string => value.toLocaleString('en');
  const footer = `${machine.cores} × ${machine.cpu}, ${machine.system}, Node ${machine.node}, PostgreSQL ${versions['postgres']}, pg ${versions['pg']}; ${machine.at.slice(0, 10)}`;
  print(footer);
  await mkdir(results, { recursive: true });
  await writeFile(path.join(results, 'data.json'), `${JSON.stringify(report, null, 2)}\n`);
  const bars = report.rows.map((row) => ({
    label: row.name,
    detail: `${thousands(row.product.perSecond)} of ${thousands(row.raw.perSecond)} ${row.unit}`,
    value: row.ratio,
    aim: row.aim,
  }));
  const subtitle =
    'The whole use case, row-level security on, against the bare statement by plain pg, prepared; dashed: aim';
  await writeFile(
    path.join(results, 'data.svg'),
    barChart('Data layer: share of raw pg', subtitle, bars, footer),
  );
  await writeFile(path.join(results, 'DATA.md'), text(report, footer));
}

function text({ rows, lanes, pool }: Report, footer: string): string {
  const lines = rows.map(
    ({ name, unit, raw, product, ratio, aim }) =>
      `| ${name} | ${unit} | ${raw.perSecond} | ${product.perSecond} | ${ratio} % (aim ${aim} %) |`,
  );
  return `# Data layer

The whole use case, row-level security on, against the bare statement by plain pg, prepared; by turns, medians, ${lanes} at
once over ${pool} connections.

| work | | plain pg | product | share |
| --- | --- | --- | --- | --- |
${lines.join('\n')}

${footer}. \`npm run bench -- data\`
`;
}

async function serverVersion(ownerUrl: string): Promise<string> {
  const db = await connect({ ownerUrl, role: 'rs_service', max: 1 });
  const { rows } = await db.query<{ server_version: string }>({ text: 'SHOW server_version' });
  await db.close();
  return rows[0]?.server_version ?? 'unknown';
}

const print = (line: string): void => void process.stdout.write(`${line}\n`);
