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
import { byFile, readResults, type TestOutcome, writeResults } from './report/results.ts';

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

const machine = thisMachine();
const folder = mkdtempSync(path.join(tmpdir(), 'routestitch-assurance-'));
const recorded = path.join(folder, 'outcomes.json');
const run = spawn(
  process.execPath,
  [
    '--test',
    '--test-concurrency=1',
    `--test-global-setup=${path.join(tests, 'support/globalSetup.ts')}`,
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    `--test-reporter=${path.join(import.meta.dirname, 'report/recorder.ts')}`,
    `--test-reporter-destination=${recorded}`,
    ...files.map((file) => path.join(tests, file)),
  ],
  { stdio: 'inherit', env: { ...process.env, ROUTESTITCH_DRILL: '1' } },
);
const [code] = (await once(run, 'exit')) as [number | null];
try {
  writeResults(byFile(JSON.parse(readFileSync(recorded, 'utf8')) as TestOutcome[], machine));
  writePage();
} finally {
  rmSync(folder, { recursive: true });
}
process.exitCode = code ?? 1;
