/** Plants faults into a copy of the source, to see the tests turn red that are there for them. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { sized } from './sizes.ts';

const root = path.resolve(import.meta.dirname, '../..');

export interface Fault {
  readonly what: string;
  readonly file: string;
  /** Text that is in the file once, and what is put in its place. */
  readonly find: string;
  readonly put: string;
  /** The file of tests, and the one of them that must turn red. */
  readonly redIn: string;
  readonly red: string;
}

/** A test for each fault, outside of drills only for the first: the named test is red with it and green without. */
export function plantFaults(parts: readonly string[], faults: readonly Fault[]): void {
  let copy = '';
  before(() => {
    copy = mkdtempSync(path.join(tmpdir(), 'routestitch-faults-'));
    for (const part of [...parts, 'package.json'])
      cpSync(path.join(root, part), path.join(copy, part), { recursive: true });
    symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
  });
  after(() => rmSync(copy, { recursive: true, force: true }));

  const withoutFault = new Map<string, readonly string[]>();
  for (const { what, file, find, put, redIn, red } of faults.slice(0, sized(1, faults.length)))
    test(what, () => {
      const redBefore = withoutFault.get(redIn) ?? redOf(copy, redIn);
      withoutFault.set(redIn, redBefore);
      assert.deepEqual(
        redBefore.filter((name) => name === red || name === redIn),
        [],
        'green without the fault',
      );
      const target = path.join(copy, file);
      const whole = readFileSync(target, 'utf8');
      assert.equal(whole.split(find).length, 2, `${file} has "${find}" once`);
      writeFileSync(
        target,
        whole.replace(find, () => put),
      );
      try {
        assert.ok(redOf(copy, redIn).includes(red), `"${red}" is red`);
      } finally {
        writeFileSync(target, whole);
      }
    });
}

/** Names of the tests of a file that fail; the file itself when it does not run. At their usual size, also in a drill. */
function redOf(copy: string, file: string): string[] {
  const { NODE_TEST_CONTEXT: _, ROUTESTITCH_DRILL: __, ...env } = process.env;
  const run = spawnSync(process.execPath, ['--test', '--test-reporter=tap', file], {
    cwd: copy,
    encoding: 'utf8',
    env,
  });
  return [...run.stdout.matchAll(/^\s*not ok \d+ - (.+)$/gm)].map(([, name]) => name!);
}
