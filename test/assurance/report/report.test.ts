import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { thisMachine } from '../../../bench/machine.ts';
import { drills, isPlanting } from './drills.ts';
import { markdown } from './markdown.ts';
import record from './recorder.ts';
import type { FileRun, TestOutcome } from './results.ts';

const outcome = (name: string, state: TestOutcome['state'], ...figures: string[]): TestOutcome => ({
  test: `of ${name}`,
  state,
  seconds: 1.5,
  figures,
});
const machine = thisMachine();
const runOf = (...tests: TestOutcome[]): FileRun => ({ machine, tests });

test('every file of drills is named in drills.ts, and every file named is there', () => {
  const folder = path.resolve(import.meta.dirname, '..');
  const files = readdirSync(folder).filter((name) => name.endsWith('.test.ts') && !isPlanting(name));
  const named = drills.flatMap((drill) => drill.files);
  assert.deepEqual(
    files.map((name) => `assurance/${name}`).filter((file) => !named.includes(file)),
    [],
  );
  assert.deepEqual(
    named.filter((file) => file.startsWith('assurance/') && !files.includes(path.basename(file))),
    [],
  );
});

test('the page says what is red, skipped and not run', () => {
  const drill = { id: 'F1', what: 'it', promised: 'all', files: ['a', 'b'] };
  assert.match(markdown([drill], {}), /\| F1 \| it \| all \| not run \|/);
  assert.match(markdown([drill], { a: runOf(outcome('a', 'green')) }), /\| 1 green, not all run \|/);
  const whole = markdown([drill], {
    a: runOf(outcome('a', 'red', '3 < 4')),
    b: runOf(outcome('b', 'skipped')),
  });
  assert.match(whole, /\| 0 green, \*\*1 red\*\*, 1 skipped \|/);
  assert.match(whole, /- \*\*✗ red\*\* of a \(1.5 s\)\n {2}- 3 \\< 4\n/);
});

test('a figure is recorded with the test that said it', async () => {
  const file = path.resolve(import.meta.dirname, '../fuzz.test.ts');
  const ended = (type: 'test:pass' | 'test:fail', name: string, more: object = {}) => ({
    type,
    data: { name, file, details: { duration_ms: 1234 }, ...more },
  });
  async function* events() {
    yield ended('test:pass', 'first');
    yield { type: 'test:diagnostic', data: { file, message: 'a figure' } };
    yield ended('test:fail', 'second');
    yield ended('test:pass', 'third', { skip: 'a drill' });
    yield ended('test:pass', 'whole', { details: { duration_ms: 1, type: 'suite' } });
  }
  const [json] = await Array.fromAsync(record(events() as unknown as Parameters<typeof record>[0]));
  assert.deepEqual(
    (JSON.parse(json!) as TestOutcome[]).map(({ test, state, figures }) => [test, state, ...figures]),
    [
      ['first', 'green', 'a figure'],
      ['second', 'red'],
      ['third', 'skipped'],
    ],
  );
});
