/** `batch --workers`: the same answers in the same order, whoever gives them. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { folderFeed, smallFeed, type TemporaryFeed } from '../../test/support/gtfsFeed.ts';
import type { BatchResult } from './batch.ts';
import { commands } from './registry.ts';
import { runCommandLine } from './run.ts';

let feed: TemporaryFeed;
before(async () => {
  feed = await folderFeed(smallFeed);
});
after(() => feed.remove());

const file = (name: string): string => path.join(feed.location, name);

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

/** Every hour of two days between all pairs of the feed's stops, one of them unknown. */
function writeQueries(): number {
  const stops = ['A', 'B', 'C', 'X'];
  const queries = stops.flatMap((from) =>
    stops
      .filter((to) => to !== from)
      .flatMap((to) =>
        Array.from({ length: 48 }, (_, hour) => ({
          from,
          to,
          departure: `2026-03-0${2 + Math.floor(hour / 24)}T${String(hour % 24).padStart(2, '0')}:00`,
        })),
      ),
  );
  writeFileSync(file('q.json'), JSON.stringify({ queries }));
  return queries.length;
}

const fares = {
  currency: 'INR',
  families: [{ id: 'rail', route_types: [2], base_minor: 3000, slabs: [{ minor_per_km: 60 }] }],
};

test('one thread, four threads and again four give the same answers in the same order', async () => {
  const count = writeQueries();
  writeFileSync(file('fares.json'), JSON.stringify(fares));
  const batch = (out: string, ...argv: string[]) =>
    run('batch', '--gtfs', feed.location, '--queries', file('q.json'), '--out', file(out), ...argv);
  for (const mode of [[], ['--mode', 'range'], ['--mode', 'pareto', '--fares', file('fares.json')]]) {
    const ends = [
      await batch('1.json', ...mode),
      await batch('4.json', ...mode, '--workers', '4'),
      await batch('again.json', ...mode, '--workers', '4'),
    ];
    // The unknown stop is told of, the rest answered.
    assert.deepEqual(new Set(ends.map(({ code, error }) => `${code} ${error.split('.')[0]}`)).size, 1);
    assert.match(ends[0]!.error, /could not be asked/);
    for (const [a, b] of [
      ['1.json', '4.json'],
      ['4.json', 'again.json'],
    ]) {
      const { code, out } = await run('compare', file(a!), file(b!), '--json');
      assert.deepEqual([code, JSON.parse(out).compared, JSON.parse(out).differences], [0, count, 0]);
    }
    const answers = (name: string) => (JSON.parse(readFileSync(file(name), 'utf8')) as BatchResult).answers;
    assert.deepEqual(answers('4.json'), answers('1.json'));
    assert.ok(answers('1.json').some(({ journeys }) => journeys.length > 0));
  }
});

test('a number of threads that makes no sense is bad usage', async () => {
  for (const workers of ['0', '1.5', 'many', '300']) {
    const argv = ['--queries', 'q.json', '--workers', workers];
    const { code, error } = await run('batch', '--gtfs', feed.location, ...argv);
    assert.deepEqual([code, /--workers must be a whole number from 1 to 256/.test(error)], [2, true]);
  }
});
