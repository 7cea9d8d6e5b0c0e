/**
 * The eighty mutations prove something only if they turn red: one check of each class is switched off in a copy of
 * the program, and the mutation it is for must fail there, while it passes in the copy as it is.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { urlVariable } from '../support/testServer.ts';
import { sized } from './sizes.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** What is switched off, where, the text there, what stands in its place, and the mutation that must turn red. */
const faults: readonly (readonly [what: string, file: string, find: string, put: string, red: string])[] = [
  ['checksums are believed', 'zip.ts', 'checksum !== entry.crc32', 'checksum < 0', 'reject: bad CRC'],
  [
    'a station may be a plain stop',
    'tables/stops.ts',
    "'The parent is not a station (location_type 1)'",
    'null',
    'warn: circle of parents',
  ],
  [
    'any inflation is allowed',
    'zip.ts',
    'size > entry.compressedSize * limits.inflationRatio',
    'size < 0',
    'reject: 1000:1 bomb',
  ],
  [
    'a row may be of any length',
    'csv.ts',
    'if (this.#rest.length > this.#maxRecord) this.#refuseLength();',
    '',
    'reject: unterminated quote, 100 MB',
  ],
  ['an hour has 99 minutes', 'tables/stopTimes.ts', 'tens > 5', 'tens > 9', 'warn: 25:61:00'],
  [
    'times may go back',
    'checkRuns.ts',
    'arrival[i]! < departure[last]!',
    'false',
    'warn: arrival before the departure before',
  ],
  [
    'a period may end before it begins',
    'tables/calendar.ts',
    'from > to',
    'from > to + 999',
    'warn: start after end',
  ],
  ['direction marks stay in names', 'names.ts', '\\p{Cc}\\p{Cf}', '\\p{Cc}', 'warn: name turned round'],
  [
    'runs of frequencies are not counted',
    'runs.ts',
    'runs <= MOST_RUNS',
    'runs > 0 || runs <= MOST_RUNS',
    'reject: a run each second for a week',
  ],
];
const planted = faults.slice(0, sized(2, faults.length));

let copy = '';
let database: TestDatabase;
before(async () => {
  // Keeps the server alive for the processes below when this file runs alone.
  database = await testDatabase();
  copy = mkdtempSync(path.join(tmpdir(), 'routestitch-faults-'));
  for (const part of ['src', 'test/support', 'test/assurance', 'data', 'prisma', 'package.json'])
    cpSync(path.join(root, part), path.join(copy, part), { recursive: true });
  symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
});
after(async () => {
  rmSync(copy, { recursive: true, force: true });
  await database.drop();
});

const pattern = (names: readonly string[]): string =>
  `^(${names.map((name) => name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})$`;

/** At the small size: a fault of the reader may take hours on the large feeds. Of these tests, by name, those that pass and those that fail. */
function run(names: readonly string[]): { passed: string[]; failed: string[] } {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const url = new URL(database.ownerUrl);
  url.pathname = '/postgres';
  const done = spawnSync(
    process.execPath,
    [
      '--test',
      '--test-reporter=tap',
      `--test-name-pattern=${pattern(names)}`,
      'test/assurance/feedMutations.test.ts',
    ],
    { cwd: copy, encoding: 'utf8', env: { ...env, [urlVariable]: url.href, ROUTESTITCH_DRILL: '' } },
  );
  const found = (mark: string): string[] =>
    [...done.stdout.matchAll(new RegExp(`^${mark} \\d+ - (.+?)( #.*)?$`, 'gm'))].map(([, name]) => name!);
  return { passed: found('ok'), failed: found('not ok') };
}

test('without a fault the mutations pass', () => {
  const names = planted.map(([, , , , red]) => red);
  const { passed, failed } = run(names);
  assert.deepEqual([passed.toSorted(), failed], [names.toSorted(), []]);
});

for (const [what, file, find, put, red] of planted)
  test(what, () => {
    const target = path.join(copy, 'src/gtfs', file);
    const whole = readFileSync(target, 'utf8');
    assert.equal(whole.split(find).length, 2, `${file} has "${find}" once`);
    writeFileSync(target, whole.replace(find, put));
    try {
      assert.deepEqual(run([red]), { passed: [], failed: [red] });
    } finally {
      writeFileSync(target, whole);
    }
  });
