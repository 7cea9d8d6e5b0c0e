/**
 * `npm run assurance [NAME…]`: the tests of this folder at full size, one file after the other, and those of other
 * folders that belong to a proof. Writes what it found into `docs/assurance.md`, beside what earlier runs found;
 * `npm run assurance -- --page` only writes that page again.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { thisMachine } from '../../bench/machine.ts';
import { drills } from './report/drills.ts';
import { markdown } from './report/markdown.ts';
import { readResults, type TestOutcome, writeResult } from './report/results.ts';

const tests = path.resolve(import.meta.dirname, '..');
const PAGE = path.join(tests, '../docs/assurance.md');

function writePage(): void {
  writeFileSync(PAGE, `${markdown(drills, readResults()).trimEnd()}\n`);
  process.stdout.write(`Written: ${path.relative(process.cwd(), PAGE)}\n`);
}

const names = process.argv.slice(2);
if (names[0] === '--page') {
  writePage();
  process.exit();
}
const here = readdirSync(import.meta.dirname).map((name) => `assurance/${name}`);
const elsewhere = drills.flatMap(({ files }) => files.filter((file) => !file.startsWith('assurance/')));
const files = [...here, ...elsewhere].filter(
  (file) =>
    file.endsWith('.test.ts') &&
    (names.length === 0 || names.some((name) => path.basename(file).startsWith(name))),
);
if (files.length === 0) {
  process.stderr.write(`No drill is called ${names.join(' or ')}.\n`);
  process.exit(2);
}

/** In a run of its own, so that what it found is kept whatever becomes of the others. Answers whether all was green. */
async function drillFile(file: string, recorded: string): Promise<boolean> {
  const machine = thisMachine();
  const run = spawn(
    process.execPath,
    [
      '--test',
      `--test-global-setup=${path.join(tests, 'support/globalSetup.ts')}`,
      '--test-reporter=spec',
      '--test-reporter-destination=stdout',
      `--test-reporter=${path.join(import.meta.dirname, 'report/recorder.ts')}`,
      `--test-reporter-destination=${recorded}`,
      path.join(tests, file),
    ],
    { stdio: 'inherit', env: { ...process.env, ROUTESTITCH_DRILL: '1' } },
  );
  const [code] = (await once(run, 'exit')) as [number | null];
  writeResult(file, { machine, tests: JSON.parse(readFileSync(recorded, 'utf8')) as TestOutcome[] });
  writePage();
  return code === 0;
}

const folder = mkdtempSync(path.join(tmpdir(), 'routestitch-assurance-'));
try {
  for (const [index, file] of files.entries()) {
    process.stdout.write(`\n${index + 1} of ${files.length}: ${file}\n`);
    if (!(await drillFile(file, path.join(folder, `${index}.json`)))) process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true });
}
