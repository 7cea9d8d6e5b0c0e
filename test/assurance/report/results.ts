import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Machine } from '../../../bench/machine.ts';

export interface TestOutcome {
  readonly test: string;
  readonly state: 'green' | 'red' | 'skipped';
  readonly seconds: number;
  /** What the test said beside. */
  readonly figures: string[];
}

/** The last time a file of tests ran at full size. */
export interface FileRun {
  readonly machine: Machine;
  readonly tests: readonly TestOutcome[];
}

/** By file, relative to the folder of the tests. */
export type Results = Readonly<Record<string, FileRun>>;

const FOLDER = path.join(import.meta.dirname, 'results');
const tests = path.resolve(import.meta.dirname, '../..');
/** One document for each file of tests, so that runs of different ones do not meet in one. */
const documentOf = (file: string): string => path.join(FOLDER, `${path.basename(file, '.test.ts')}.json`);

export function writeResult(file: string, run: FileRun): void {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(documentOf(file), `${JSON.stringify({ file, ...run }, null, 1)}\n`);
}

/** The last run of every file of tests that still exists. */
export function readResults(): Results {
  if (!existsSync(FOLDER)) return {};
  const runs = readdirSync(FOLDER)
    .toSorted()
    .map((name) => JSON.parse(readFileSync(path.join(FOLDER, name), 'utf8')) as FileRun & { file: string })
    .filter(({ file }) => existsSync(path.join(tests, file)));
  return Object.fromEntries(runs.map(({ file, ...run }) => [file, run]));
}
