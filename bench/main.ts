/**
 * `npm run bench [-- NAME]`: repeatable comparisons, all without a name. Each prints its table and writes
 * `bench/results/NAME.{json,svg}`; together they are `bench/REPORT.md`, of which the README quotes some.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readmeWithFigures, report } from './report/report.ts';

const benches: Readonly<Record<string, { about: string; load: () => Promise<{ run(): Promise<number> }> }>> =
  {
    data: {
      about: 'hot paths of the data layer against the same statements by plain pg',
      load: () => import('./data/main.ts'),
    },
    engine: {
      about: 'routing on real feeds beside other planners, and on an invented country of growing size',
      load: () => import('./engine/main.ts'),
    },
    http: {
      about: 'requests a second of the whole server against bare Hono',
      load: () => import('./http/main.ts'),
    },
    load: {
      about: 'searches and writes at the promised rate, at twice that, and for long (LOAD_MINUTES)',
      load: () => import('./load/main.ts'),
    },
    search: {
      about: 'searches over HTTP on the sample network, computed and from the cache',
      load: () => import('./search.ts'),
    },
  };

const [name] = process.argv.slice(2);
const chosen = name === undefined ? Object.values(benches) : [benches[name]];
for (const bench of chosen) {
  if (bench) process.exitCode = Math.max(Number(process.exitCode ?? 0), await (await bench.load()).run());
  else {
    const list = Object.entries(benches).map(([key, { about }]) => `  ${key.padEnd(10)}${about}\n`);
    process.stderr.write(`usage: npm run bench [-- NAME]\n${list.join('')}`);
    process.exitCode = 2;
  }
}
if (chosen.every((bench) => bench !== undefined)) {
  const readme = path.join(import.meta.dirname, '../README.md');
  writeFileSync(path.join(import.meta.dirname, 'REPORT.md'), report());
  writeFileSync(readme, readmeWithFigures(readFileSync(readme, 'utf8')));
}
