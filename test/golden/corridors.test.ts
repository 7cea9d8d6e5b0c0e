/** The 40 corridors of India that were looked through by eye: `npm run golden` rewrites them, look at the difference. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { exclusionCodes } from '../../src/engine/choice/codes.ts';
import { corridorsGolden } from './corridors.ts';

const golden = await readFile(path.resolve(import.meta.dirname, 'corridors.txt'), 'utf8');
/** Each corridor: its title, and the lines below. */
const corridors = golden.split(/\n(?=\d+\. )/).map((text) => text.trimEnd().split('\n'));

test('40 searches are answered as they were when they were looked through', async () => {
  const now = (await corridorsGolden()).split('\n');
  const before = golden.split('\n');
  const at = now.findIndex((line, index) => line !== before[index]);
  const title = before.slice(0, at + 1).findLast((line) => /^\d+\. /.test(line));
  assert.ok(
    at < 0 && now.length === before.length,
    `${title}, line ${at + 1}:\n  was: ${before[at]}\n  is:  ${now[at]}\nnpm run golden, then read the difference`,
  );
});

test('every corridor has an answer or says what to ask instead; every exclusion has a reason', () => {
  assert.equal(corridors.length, 40);
  for (const [title, ...lines] of corridors) {
    const options = lines.filter((line) => /^ {2}\d+[ |]/.test(line));
    const instead = lines.filter((line) => line.startsWith('  instead '));
    assert.ok(options.length > 0 !== instead.length > 0, title);
    for (const option of options) assert.match(option, / \| [A-Z_]+( [A-Z_]+)*$/, `${title}: ${option}`);
    for (const line of lines.filter((one) => one.startsWith('  not '))) {
      const [, code] = /^ {2}not (\w+) ×\d+: /.exec(line) ?? [];
      assert.ok(
        exclusionCodes.some((known) => known === code),
        `${title}: ${line}`,
      );
    }
  }
  const met = new Set(golden.match(/(?<=^ {2}not )\w+/gm));
  const never = exclusionCodes.filter((code) => !met.has(code));
  assert.deepEqual(never, [], 'reasons that no corridor shows');
});
