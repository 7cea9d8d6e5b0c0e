import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { AppError } from '../errors.ts';
import {
  type Command,
  type CommandGroup,
  integerOption,
  listOption,
  requiredOption,
  UsageError,
} from './command.ts';
import { type CommandEntry, runCommandLine } from './run.ts';
import { searchCommand } from './search.ts';
import { readRequest, readStop } from './searchRequest.ts';
import { barLine, createProgress, displayWidth, textTable } from './terminal.ts';

const ride: Command = {
  name: 'ride',
  summary: 'Ride a line',
  usage: 'LINE [options]',
  details: 'Only for tests.',
  positionals: ['LINE', 'VIA…?'],
  options: {
    seats: { type: 'string', short: 's', value: 'N', help: 'How many' },
    tag: { type: 'string', multiple: true, help: 'Any' },
    links: { type: 'boolean', help: 'Walk between stops' },
    fail: { type: 'string', help: 'How to fail' },
  },
  run: ({ values, positionals, json, out, note }) => {
    if (values['fail'] === 'app') throw new AppError('NOT_FOUND', 'No such line:\n import it first');
    if (values['fail'] === 'usage') throw new UsageError('LINE is odd');
    note('a hint');
    const facts = {
      positionals,
      seats: integerOption(values, 'seats', { min: 1, max: 20 }),
      tags: listOption(values, 'tag'),
      links: values['links'],
    };
    out(json ? JSON.stringify(facts) : `riding ${positionals.join(' ')}`);
    return Promise.resolve(values['fail'] === 'code' ? 1 : undefined);
  },
};
const group: CommandGroup = { name: 'lines', summary: 'About lines', commands: [ride] };
const entries: CommandEntry[] = [
  { name: 'ride', summary: ride.summary, load: () => Promise.resolve(ride) },
  { name: 'lines', summary: group.summary, load: () => Promise.resolve(group) },
];

async function run(
  ...input: (string | CommandEntry[])[]
): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const argv = input.filter((part) => typeof part === 'string');
  const extra = input.filter((part) => typeof part !== 'string').flat();
  const code = await runCommandLine(argv, [...entries, ...extra], {
    version: '9.9.9',
    env: {},
    terminal: {
      stdout: { write: (text: string) => ((out += text), true) },
      stderr: { write: (text: string) => ((err += text), true) },
    },
  });
  return { code, out, err };
}

test('flags, short flags, repeated flags, --no-flags and positionals arrive', async () => {
  const { code, out, err } = await run(
    'ride',
    'R1',
    'A',
    'B',
    '-s',
    '2',
    '--tag',
    'x',
    '--tag=y',
    '--no-links',
    '--json',
  );
  assert.equal(code, 0);
  assert.deepEqual(JSON.parse(out), {
    positionals: ['R1', 'A', 'B'],
    seats: 2,
    tags: ['x', 'y'],
    links: false,
  });
  assert.equal(err, 'a hint\n');
});

test('bad usage is exit 2 with the fault and the usage on standard error only', async () => {
  for (const [argv, fault] of [
    [['ride', 'R1', '--sets', '2'], /Unknown option '--sets'/],
    [['ride'], /LINE is missing/],
    [['ride', 'R1', '-s', 'many'], /--seats must be a whole number from 1 to 20, not "many"/],
    [['ride', 'R1', '-s', '21'], /--seats must be a whole number/],
    [['ride', 'R1', '--seats'], /argument missing/],
    [['ride', 'R1', '--fail', 'usage'], /LINE is odd/],
    [['lines', 'ride'], /LINE is missing/],
  ] as const) {
    const { code, out, err } = await run(...argv);
    assert.equal(code, 2, argv.join(' '));
    assert.equal(out, '');
    assert.match(err, fault);
    assert.match(err, /usage: routestitch (lines )?ride LINE \[options\]/);
  }
});

test('unknown commands and a missing command of a group are exit 2', async () => {
  assert.match((await run('walk')).err, /"walk" is not a command/);
  for (const argv of [['walk'], [], ['lines'], ['lines', 'walk']])
    assert.equal((await run(...argv)).code, 2, argv.join(' '));
});

test('a failure is exit 1 with one line that says what to do', async () => {
  const { code, out, err } = await run('ride', 'R1', '--fail', 'app');
  assert.deepEqual([code, out, err], [1, '', 'routestitch ride: No such line: import it first\n']);
  assert.equal((await run('ride', 'R1', '--fail', 'code')).code, 1);
});

test('help is on standard output with exit 0, of the program, a group and a command', async () => {
  for (const argv of [
    ['--help'],
    ['help'],
    ['lines', '--help'],
    ['ride', '--help'],
    ['help', 'ride'],
    ['lines', 'ride', '-h'],
  ]) {
    const { code, out, err } = await run(...argv);
    assert.equal(code, 0, argv.join(' '));
    assert.match(out, /ride/);
    assert.equal(err, '');
  }
  assert.match((await run('ride', '--help')).out, /-s, --seats N +How many/);
  assert.equal((await run('--version')).out, '9.9.9\n');
});

test('a required flag is named when it is missing', () => {
  assert.throws(() => requiredOption({}, 'from'), /--from is missing/);
  assert.equal(requiredOption({ from: 'Noida' }, 'from'), 'Noida');
});

test('a search that cannot be asked is bad usage, before any database is opened', async () => {
  const search: CommandEntry = {
    name: 'search',
    summary: '',
    load: () => Promise.resolve(searchCommand(() => assert.fail('it was opened'))),
  };
  for (const extra of [
    ['--date', 'tomorrow'],
    ['--time', '25:00'],
    ['--modes', 'rocket'],
    ['--prefer', 'nice'],
    ['--passengers', '0'],
    ['--profession', 'king'],
    ['--profile', 'king'],
    ['--quota', 'vip'],
    ['--gender', 'x'],
    ['--age', '121'],
    ['--child', 'seven'],
    ['--child', '18'],
    ['--child', '7', '--child', '3'],
    ['--stop', 'Agra:x'],
    ['--from', ''],
  ]) {
    const { code, err } = await run('search', '--from', 'Noida', '--to', 'Delhi', ...extra, [search]);
    assert.equal(code, 2, extra.join(' '));
    assert.match(err, /usage: routestitch search/);
  }
});

test('the flags of a search are the fields of its request', () => {
  assert.deepEqual(readRequest({ from: 'Pune', to: 'Goa' }), { origin: 'Pune', destination: 'Goa' });
  const family = {
    from: 'Pune',
    to: 'Goa',
    passengers: '4',
    child: ['7', '3'],
    class: '2A, AC_SLEEPER',
    quota: 'tatkal',
    age: '34',
    gender: 'Female',
    state: 'Maharashtra',
    profile: 'with_child',
    stop: ['Kolhapur:2h'],
  };
  assert.deepEqual(readRequest(family), {
    origin: 'Pune',
    destination: 'Goa',
    stops: [{ place: 'Kolhapur', dwellMinutes: 120 }],
    passengers: 4,
    children: [7, 3],
    class: ['2A', 'AC_SLEEPER'],
    quota: 'TATKAL',
    traveller: { age: 34, gender: 'FEMALE', domicileState: 'Maharashtra', profile: 'with_child' },
  });
});

test('a stop is a place and a stay', () => {
  assert.deepEqual(readStop('Jaipur'), { place: 'Jaipur' });
  assert.deepEqual(readStop('Jaipur:4h'), { place: 'Jaipur', dwellMinutes: 240 });
  assert.deepEqual(readStop('New Delhi: 90'), { place: 'New Delhi', dwellMinutes: 90 });
  assert.deepEqual(readStop('Agra:1d'), { place: 'Agra', dwellMinutes: 1440 });
  assert.throws(() => readStop('Jaipur:long'), UsageError);
});

test('progress is drawn on a terminal only, only for long work, and removed at the end', () => {
  let clock = 0;
  const draw = (isTTY: boolean): string => {
    let text = '';
    clock = 0;
    const progress = createProgress(
      { isTTY, columns: 60, write: (part: string) => ((text += part), true) },
      () => clock,
    );
    progress.report('reading', 0, 10);
    clock = 300;
    progress.report('reading', 3, 10);
    assert.equal(text, '', 'short work shows nothing');
    clock = 1000;
    progress.report('reading', 5, 10);
    progress.clear();
    return text;
  };
  assert.match(draw(true), /reading +\[#{12}-{12}\] +50 %/);
  assert.equal(draw(false), '');
  assert.equal(barLine('reading'), 'reading …');
});

test('tables align words to the left and numbers to the right, by the width on the screen', () => {
  assert.equal(
    textTable(
      ['Mode', '>Min'],
      [
        ['train', '5'],
        ['bus', '120'],
      ],
    ),
    'Mode   Min\ntrain    5\nbus    120',
  );
  assert.equal(displayWidth('a\u0301b'), 2);
});

test('.env.example documents every variable that is read, and no other', () => {
  const root = path.resolve(import.meta.dirname, '../..');
  const namesIn = (file: string, pattern: RegExp): string[] =>
    Array.from(
      readFileSync(path.join(root, file), 'utf8').matchAll(pattern),
      (match) => match[1] ?? '',
    ).toSorted();
  const read = namesIn('src/config.ts', /^ {2}([A-Z][A-Z_]+):/gm);
  assert.ok(read.length >= 8);
  assert.deepEqual(namesIn('.env.example', /^([A-Z][A-Z_]+)=/gm), read);
});
