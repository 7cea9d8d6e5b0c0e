import assert from 'node:assert/strict';
import { symlink, unlink } from 'node:fs/promises';
import path from 'node:path';
import { describe, test } from 'node:test';
import { AppError } from '../errors.ts';
import {
  fileFeed,
  type FeedFiles,
  folderFeed,
  smallFeed,
  withFeed,
  type ZipEntry,
  zipOf,
} from '../../test/support/gtfsFeed.ts';
import { readFeed, type ReadOptions } from './readFeed.ts';

async function readZip(bytes: Buffer, limits: ReadOptions['limits'] = {}): ReturnType<typeof readFeed> {
  const feed = await fileFeed(bytes);
  try {
    return await readFeed(feed.location, { limits });
  } finally {
    await feed.remove();
  }
}

const entriesOf = (files: FeedFiles): ZipEntry[] =>
  Object.entries(files).map(([name, content]) => ({ name, content }));
const stopTimes: ZipEntry = { name: 'stop_times.txt', content: smallFeed['stop_times.txt'] };
const { 'stop_times.txt': _, ...others } = smallFeed;
const around = (entry: ZipEntry): ZipEntry[] => [...entriesOf(others), entry];

const unreadable = (pattern: RegExp) => (error: unknown) => {
  assert.ok(error instanceof AppError, String(error));
  assert.equal(error.code, 'FEED_UNREADABLE');
  assert.match(error.message, pattern);
  return true;
};

describe('zip and folder feeds', () => {
  test('a zip reads as the folder does', async () => {
    const zipped = await readZip(zipOf(smallFeed));
    const { feed } = await withFeed(smallFeed, (location) => readFeed(location, { name: 'feed' }));
    assert.deepEqual(zipped.feed, feed);
    assert.equal(feed.calls.stop.length, 6);
    assert.deepEqual(zipped.log.notices, []);
  });

  test('tables in one subfolder are read with a warning, beside a nested zip and foreign files', async () => {
    const inner = entriesOf(smallFeed).map((entry) => ({ ...entry, name: `gtfs/${entry.name}` }));
    const extra = [
      { name: 'gtfs/feed.zip', content: zipOf(smallFeed) },
      { name: 'gtfs/run.sh', content: 'rm -rf /' },
    ];
    const { feed, log } = await readZip(zipOf([...inner, ...extra]));
    assert.equal(feed.calls.stop.length, 6);
    assert.deepEqual([...log.counts.keys()], ['IN_SUBFOLDER']);
  });

  test('tells progress up to the end', async () => {
    const seen: number[] = [];
    const feed = await fileFeed(zipOf(smallFeed));
    await readFeed(feed.location, { onProgress: (done, total) => seen.push(done / total) });
    await feed.remove();
    assert.equal(seen.at(-1), 1);
    assert.deepEqual(
      seen,
      seen.toSorted((a, b) => a - b),
    );
  });

  const sound = zipOf(smallFeed);
  const hostile: [string, () => Promise<unknown>, RegExp][] = [
    ['no such file', () => readFeed('/nowhere/feed.zip'), /no file or folder/],
    ['not a zip', () => readZip(Buffer.from('<html>404</html>')), /not a readable zip/],
    ['truncated', () => readZip(sound.subarray(0, sound.length - 200)), /not a readable zip/],
    ['bad CRC', () => readZip(zipOf(around({ ...stopTimes, claimedCrc: 1 }))), /stop_times.txt is damaged/],
    ['forged size', () => readZip(zipOf(around({ ...stopTimes, claimedSize: 10 }))), /cannot be unpacked/],
    ['encrypted', () => readZip(zipOf(around({ ...stopTimes, encrypted: true }))), /is encrypted/],
    ['symlink', () => readZip(zipOf(around({ ...stopTimes, symlink: true }))), /symbolic link/],
    ['table twice', () => readZip(zipOf([...around(stopTimes), stopTimes])), /stop_times.txt is there twice/],
    ['overlapping', () => readZip(zipOf(around({ ...stopTimes, overlapsFirst: true }))), /overlap/],
    [
      'path upwards',
      () => readZip(zipOf([...around(stopTimes), { name: '../x', content: '' }])),
      /not a sound zip/,
    ],
    [
      'absolute path',
      () => readZip(zipOf([...around(stopTimes), { name: '/x', content: '' }])),
      /not a sound zip/,
    ],
    [
      'backslash',
      () => readZip(zipOf([...around(stopTimes), { name: 'a\\b', content: '' }])),
      /not a sound zip/,
    ],
    [
      'too many entries',
      () =>
        readZip(
          zipOf([
            ...around(stopTimes),
            ...Array.from({ length: 50 }, (_, i) => ({ name: `${i}`, content: '' })),
          ]),
          { entries: 50 },
        ),
      /more than 50 files/,
    ],
    ['too much inflated', () => readZip(sound, { inflatedBytes: 500 }), /inflates beyond/],
    ['too large a file', () => readZip(sound, { archiveBytes: 500 }), /is larger than/],
    [
      'bomb',
      () =>
        readZip(
          zipOf(around({ ...stopTimes, content: smallFeed['stop_times.txt'] + '\n'.repeat(64 << 20) })),
        ),
      /inflates more than 150-fold/,
    ],
    [
      'two feeds',
      () =>
        readZip(
          zipOf([
            { name: 'a/stops.txt', content: '' },
            { name: 'b/stops.txt', content: '' },
          ]),
        ),
      /2 folders/,
    ],
    ['no tables', () => readZip(zipOf([{ name: 'readme.txt', content: '' }])), /holds no GTFS tables/],
  ];
  for (const [name, attempt, message] of hostile)
    test(`refuses: ${name}`, () => assert.rejects(attempt(), unreadable(message)));

  test('refuses a table that is a link out of the folder', async () => {
    const feed = await folderFeed(smallFeed);
    const table = path.join(feed.location, 'stops.txt');
    await unlink(table);
    await symlink('/etc/passwd', table);
    await assert.rejects(readFeed(feed.location), unreadable(/not a plain file/));
    await feed.remove();
  });
});
