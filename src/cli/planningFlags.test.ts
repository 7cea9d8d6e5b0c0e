/** Flags of `plan` and `batch` that narrow the search: modes, quiet hours, deadline, places on the way. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { folderFeed, lines, smallFeed, type TemporaryFeed } from '../../test/support/gtfsFeed.ts';
import type { BatchResult } from './batch.ts';
import type { PrintedJourney } from './feedPlanner.ts';
import { commands } from './registry.ts';
import { runCommandLine } from './run.ts';

let feed: TemporaryFeed;
/** Trains every day from A over B to C: T1 at 08:00, T2 at 23:00, at B after midnight. A bus at 09:30 from A to C. */
before(async () => {
  feed = await folderFeed({
    ...smallFeed,
    'routes.txt': `${smallFeed['routes.txt']}B,IR,,Bus,3,\n`,
    'trips.txt': `${smallFeed['trips.txt']}B,D,B1,Gamma\n`,
    'stop_times.txt':
      smallFeed['stop_times.txt'] + lines('B1,09:30:00,09:30:00,A,1', 'B1,13:00:00,13:00:00,C,2'),
  });
});
after(() => feed.remove());

async function run(...argv: string[]): Promise<{ code: number; out: string; error: string }> {
  const written = { out: '', error: '' };
  const stream = (name: 'out' | 'error') => ({
    write: (text: string | Uint8Array): boolean => {
      written[name] += String(text);
      return true;
    },
  });
  const terminal = { stdout: stream('out'), stderr: stream('error') };
  const code = await runCommandLine(argv, commands, { version: '0', terminal });
  return { code, ...written };
}

interface Answer {
  readonly journeys: readonly PrintedJourney[];
  readonly partial?: true;
}

/** From A to C. */
async function plan(depart: string, ...argv: string[]): Promise<Answer> {
  const question = ['--gtfs', feed.location, '--from', 'A', '--to', 'C', '--depart', depart, '--json'];
  const { code, out, error } = await run('plan', ...question, ...argv);
  assert.equal(code, 0, error);
  return JSON.parse(out) as Answer;
}

/** `T1 08:00, T2 00:12`: runs and when they are boarded. */
const rides = ({ journeys }: Answer): string[] =>
  journeys.map(({ legs }) => legs.map((leg) => `${leg.run} ${leg.departure.slice(8)}`).join(', '));

test('--modes rides only the modes named', async () => {
  assert.deepEqual(rides(await plan('2026-03-02T07:30', '--modes', 'bus')), ['B1 02T09:30']);
  assert.deepEqual(rides(await plan('2026-03-02T07:30', '--modes', 'Train, bus')), ['T1 02T08:00']);
  assert.deepEqual(rides(await plan('2026-03-02T07:30', '--modes', 'flight')), []);
});

test('--quiet-hours boards nothing in them, over midnight too', async () => {
  assert.deepEqual(rides(await plan('2026-03-02T22:00')), ['T2 02T23:00']);
  assert.deepEqual(rides(await plan('2026-03-02T22:00', '--quiet-hours', '23:00-05:00')), ['T1 03T08:00']);
  assert.deepEqual(rides(await plan('2026-03-02T22:00', '--quiet-hours', '23:01-05:00')), ['T2 02T23:00']);
  const range = await plan('2026-03-02T07:00', '--quiet-hours', '07:30-08:01', '--mode', 'range');
  assert.deepEqual(rides(range), ['B1 02T09:30']);
  const back = await plan('2026-03-03T05:00', '--quiet-hours', '22:00-05:00', '--arrive-by');
  assert.deepEqual(rides(back), ['B1 02T09:30']);
});

test('--via goes with ranges and with arrivals', async () => {
  const range = await plan('2026-03-02T07:00', '--via', 'B:60', '--mode', 'range', '--window', '1440');
  assert.deepEqual(rides(range), ['T1 02T08:00, T2 03T00:12', 'T2 02T23:00, T1 03T09:05']);
  const back = await plan('2026-03-03T05:00', '--via', 'B:60', '--arrive-by');
  assert.deepEqual(rides(back), ['T1 02T08:00, T2 03T00:12']);
});

test('--via STOP:MIN-MAX bounds the stay', async () => {
  // 15 hours and 10 minutes at B.
  assert.deepEqual(rides(await plan('2026-03-02T07:30', '--via', 'B:60-1440')), ['T1 02T08:00, T2 03T00:12']);
  const shorter = rides(await plan('2026-03-02T07:30', '--via', 'B:60-600'));
  assert.deepEqual(shorter, ['T2 02T23:00, T1 03T09:05']);
  assert.deepEqual(rides(await plan('2026-03-02T07:30', '--via', 'B:60-120')), []);
});

test('--deadline ends the search and says so', async () => {
  for (const mode of [[], ['--mode', 'range'], ['--arrive-by'], ['--via', 'B']])
    assert.deepEqual(
      await plan('2026-03-02T07:30', '--deadline', '0', ...mode),
      { from: 'A', to: 'C', journeys: [], partial: true },
      mode.join(' '),
    );
  assert.equal('partial' in (await plan('2026-03-02T07:30', '--deadline', '60000')), false);
  const shown = ['--gtfs', feed.location, '--from', 'A', '--to', 'C', '--depart', '2026-03-02T07:30'];
  const { error } = await run('plan', ...shown, '--deadline', '0');
  assert.match(error, /The deadline has cut the search/);
});

test('a batch says which of its answers were cut', async () => {
  const file = (name: string): string => path.join(feed.location, name);
  const queries = [{ from: 'A', to: 'C', departure: '2026-03-02T07:30' }];
  writeFileSync(file('q.json'), JSON.stringify({ queries }));
  const inOut = ['--queries', file('q.json'), '--out', file('a.json'), '--mode', 'range'];
  const answered = async (...argv: string[]) => {
    await run('batch', '--gtfs', feed.location, ...inOut, ...argv);
    return (JSON.parse(readFileSync(file('a.json'), 'utf8')) as BatchResult).answers[0]!;
  };
  assert.equal((await answered('--deadline', '0')).partial, true);
  assert.equal('partial' in (await answered()), false);
});

test('says what is wrong with a flag', async () => {
  for (const [argv, message] of [
    [['--modes', 'train,plane'], /--modes must be of train, bus, flight, .*, not "plane"/],
    [['--quiet-hours', '23:00'], /--quiet-hours must be two times of the day like 23:00-05:00, not "23:00"/],
    [['--quiet-hours', '5-6'], /two times of the day/],
    [['--quiet-hours', '23:00-05:00-06:00'], /two times of the day/],
    [['--quiet-hours', '05:00-05:00'], /two times of the day/],
    [['--deadline', 'soon'], /--deadline must be a whole number/],
    [['--via', 'B:60-30'], /--via B:60-30: the longest stay is shorter than the shortest/],
  ] as const) {
    const asked = ['--from', 'A', '--to', 'C', '--depart', '2026-03-02T07:30'];
    const { code, error } = await run('plan', '--gtfs', feed.location, ...asked, ...argv);
    assert.deepEqual([code, message.test(error)], [2, true], error);
  }
});
