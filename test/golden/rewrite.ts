/**
 * Golden files: texts generated from the product and committed, so that a change shows in review.
 * `npm run golden` writes them, `npm run check:golden` (`--check`) fails when one is out of date.
 * To add one: a function that returns its text, and a line in `goldens`.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readmeWithFigures, report } from '../../bench/report/report.ts';
import { clientGolden } from './client.ts';
import { corridorsGolden } from './corridors.ts';
import { openApiGolden } from './openapi.ts';
import { schemaGolden } from './schema.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** Path in the repository → its text. */
const goldens: Readonly<Record<string, () => Promise<string>>> = {
  'test/golden/schema.sql': schemaGolden,
  'openapi.json': openApiGolden,
  'clients/typescript/routestitch.ts': clientGolden,
  'test/golden/corridors.txt': corridorsGolden,
  'bench/REPORT.md': () => Promise.resolve(report()),
  'README.md': async () => readmeWithFigures(await readFile(path.join(root, 'README.md'), 'utf8')),
};

async function main(check: boolean): Promise<number> {
  let stale = 0;
  for (const [name, make] of Object.entries(goldens)) {
    const file = path.join(root, name);
    const text = await make();
    const committed = await readFile(file, 'utf8').catch(() => '');
    if (text === committed) continue;
    stale += 1;
    if (check) {
      process.stderr.write(`${name} is out of date${firstDifference(committed, text)}\n`);
      continue;
    }
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
    process.stdout.write(`${name} written\n`);
  }
  if (check && stale > 0)
    process.stderr.write('Run `npm run golden`, look at the difference and commit it.\n');
  return check && stale > 0 ? 1 : 0;
}

function firstDifference(committed: string, text: string): string {
  const before = committed.split('\n');
  const after = text.split('\n');
  const line = after.findIndex((content, index) => content !== before[index]);
  const at = line === -1 ? after.length : line;
  return `, first at line ${at + 1}:\n  committed: ${before[at] ?? '(end)'}\n  now:       ${after[at] ?? '(end)'}`;
}

process.exitCode = await main(process.argv.includes('--check'));
