import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { describe, test } from 'node:test';
import type { ErrorCode } from '../../errors.ts';
import type { NetworkId } from '../../units/ids.ts';
import {
  fileFeed,
  folderFeed,
  lines,
  smallFeed,
  type TemporaryFeed,
  zipOf,
} from '../../../test/support/gtfsFeed.ts';
import {
  count,
  database,
  importFeeds,
  importRail,
  metro,
  metroFeed,
  metroLater,
  owner,
  rail,
  refused,
} from '../../../test/support/networkFeeds.ts';
import { archiveFacts, archiveOf } from './feedArchive.ts';
import { type ImportRequest, loadActiveNetwork, sweepTemporaryFolders } from './index.ts';
import { keepFeeds } from './keptFeeds.ts';

describe('a network of several feeds', () => {
  test('keeps its other feeds when one is imported again; ids of each feed stay', async () => {
    const first = await importRail({ activate: true });
    const joined = await importFeeds([metro], { addTo: 'active', activate: true, name: 'Both' });
    assert.deepEqual(
      joined.feeds.map(({ name, prefix, source }) => [name, prefix, source]),
      [
        ['rail', '', first.feeds[0]!.source],
        ['metro', 'metro:', 'metro.zip'],
      ],
    );
    assert.equal(joined.feeds[0]!.hash, first.feeds[0]!.hash);
    assert.deepEqual([joined.stats.stops, joined.stats.runs, await count('feed_archives')], [6, 4, 2]);

    const again = await importFeeds([metroLater], { addTo: joined.id, activate: true });
    assert.deepEqual([again.name, again.feeds.map(({ name }) => name)], ['Both', ['rail', 'metro']]);
    assert.notEqual(again.feeds[1]!.hash, joined.feeds[1]!.hash);
    const { image } = await loadActiveNetwork(database.app);
    assert.ok(image.findStop('A') !== undefined && image.findStop('metro:C') !== undefined);

    const without = await importFeeds([], { addTo: 'active', without: ['metro'] });
    assert.deepEqual(without.feeds, first.feeds);
  });

  test('joins stops of different feeds within walking distance that bear one name', async () => {
    await importRail({ activate: true });
    await importFeeds([metro], { addTo: 'active', activate: true });
    const { image } = await loadActiveNetwork(database.app);
    const links = new Set<string>();
    for (let link = 0; link < image.views.linkFrom.length; link++) {
      const { from, to, minutes, kind } = image.link(link);
      links.add(`${image.stopId(from)} ${image.stopId(to)} ${minutes} ${kind}`);
    }
    // 222 m: near enough whatever the name. 801 m: one name. Delta lies 1.6 km from Gamma, and 800 m from its namesake.
    assert.deepEqual(
      links,
      new Set(['B metro:A 4 walk', 'metro:A B 4 walk', 'C metro:B 14 walk', 'metro:B C 14 walk']),
    );
  });

  test('refuses what does not fit, and stores nothing', async () => {
    await importRail({ activate: true });
    const cases: [Partial<ImportRequest>, TemporaryFeed[], ErrorCode, RegExp][] = [
      [{ addTo: 'nope' }, [metro], 'NOT_FOUND', /no network nope/],
      [{ addTo: 'active', without: ['bus'] }, [metro], 'UNPROCESSABLE', /no feed "bus"; it has rail/],
      [{ addTo: 'active', without: ['rail'] }, [], 'UNPROCESSABLE', /No feed is left/],
      [{ addTo: 'active', feedName: 'x' }, [metro, rail], 'UNPROCESSABLE', /exactly one feed/],
    ];
    for (const [request, sources, code, pattern] of cases)
      await assert.rejects(importFeeds(sources, request), refused(code, pattern));
    await owner.query('DELETE FROM network_feeds');
    await assert.rejects(importFeeds([metro], { addTo: 'active' }), refused('UNPROCESSABLE', /are not kept/));
    assert.equal(await count('networks'), 1);
  });

  test('of two imports at once into the active network one is refused: nothing is dropped unseen', async () => {
    await importRail({ activate: true });
    const request = { addTo: 'active', activate: true };
    const both = await Promise.allSettled([
      importFeeds([metro], request),
      importFeeds([metroLater], { ...request, feedName: 'later' }),
    ]);
    const lost = both.find(({ status }) => status === 'rejected');
    refused('CONFLICT', /Another network became active/)((lost as PromiseRejectedResult).reason);
    assert.deepEqual([await count('networks'), await count('feed_archives')], [2, 2]);
  });

  test('names whom its feeds ask to be named', async () => {
    const asking = {
      ...smallFeed,
      'attributions.txt': lines('organization_name,is_producer', 'Open Rail Data,1'),
    };
    const feed = await folderFeed(asking);
    const network = await importFeeds([feed, metro]);
    await feed.remove();
    assert.deepEqual(
      network.feeds.map(({ attribution }) => attribution),
      ['Open Rail Data', 'City Metro'],
    );
  });

  test('is refused when one of its feeds has ended, though the other runs', async () => {
    await importRail({ activate: true });
    const ended = {
      ...metroFeed,
      'calendar.txt': smallFeed['calendar.txt'].replace('20260101,20261231', '20250101,20250630'),
    };
    const feed = await fileFeed(zipOf(ended), 'old-metro.zip');
    try {
      const request = { addTo: 'active', activate: true };
      await assert.rejects(
        importFeeds([feed], request),
        refused('FEED_REJECTED', /old-metro ended on 2025-06-30/),
      );
      const rolled = await importFeeds([feed], { ...request, rollCalendar: true });
      assert.deepEqual(
        rolled.feeds.map((one) => [one.rolled, one.endsOn]),
        [
          [false, '2026-12-31'],
          [true, '2025-06-30'],
        ],
      );
      // The wish to roll belongs to the network: compiled again, it rolls again.
      const again = await importFeeds([], { addTo: 'active' });
      assert.deepEqual([again.rolled, again.rollCalendar], [true, true]);
    } finally {
      await feed.remove();
    }
  });

  test('two feeds whose ids meet are refused', async () => {
    const sly = {
      ...smallFeed,
      'stops.txt': smallFeed['stops.txt'].replace('A,AA', 'metro:A,AA'),
      'stop_times.txt': smallFeed['stop_times.txt'].replaceAll(',A,', ',metro:A,'),
    };
    const feed = await folderFeed(sly);
    try {
      await importFeeds([feed], { activate: true });
      await assert.rejects(
        importFeeds([metro], { addTo: 'active' }),
        refused('FEED_REJECTED', /use the id "metro:A".*--feed/),
      );
      await importFeeds([metro], { addTo: 'active', feedName: 'm' });
    } finally {
      await feed.remove();
    }
  });
});

/** Environment of the one process that this one has started. */
const importEnvironment = (): string[] =>
  readdirSync('/proc/self/task')
    .flatMap((thread) => readFileSync(`/proc/self/task/${thread}/children`, 'utf8').split(' '))
    .filter(Boolean)
    .flatMap((child) => readFileSync(`/proc/${child}/environ`, 'utf8').split('\0'))
    .filter(Boolean);

describe('the import process', () => {
  // 24 MB are too few to begin with; at 160 the import is ended on the way.
  for (const memoryMb of [24, 160])
    test(`an import that needs more than ${memoryMb} MB is refused, and the program lives`, async () => {
      const calls = Array.from({ length: 150_000 }, (_, i) => {
        const time = `${String(8 + Math.floor(i / 60)).padStart(2, '0')}:${String(i % 60).padStart(2, '0')}:00`;
        return `T${i % 5000},${i < 900 ? time : '08:00:00'},${i < 900 ? time : '08:00:00'},A,${i}`;
      });
      const feed = await folderFeed({
        ...smallFeed,
        'trips.txt': lines(
          'route_id,service_id,trip_id',
          ...Array.from({ length: 5000 }, (_, i) => `R1,D,T${i}`),
        ),
        'stop_times.txt': ['trip_id,arrival_time,departure_time,stop_id,stop_sequence', ...calls].join('\n'),
      });
      try {
        await assert.rejects(
          importFeeds([feed], { feedName: 'huge', memoryMb }),
          refused(
            'FEED_REJECTED',
            new RegExp(`^huge is too big for an import of ${memoryMb} MB; raise IMPORT_MEMORY_MB\\.$`),
          ),
        );
      } finally {
        await feed.remove();
      }
      assert.equal(await count('networks'), 0);
      assert.equal((await importRail()).stats.runs, 2);
    });

  test('it knows neither the database nor a secret', { skip: process.platform !== 'linux' }, async () => {
    process.env['AUTH_SECRET'] = 'not for feeds';
    const known: string[] = [];
    try {
      await importFeeds([rail], {
        onProgress: () => {
          if (known.length === 0) known.push(...importEnvironment());
        },
      });
    } finally {
      delete process.env['AUTH_SECRET'];
    }
    assert.ok(known.some((one) => one.startsWith('PATH=')));
    assert.deepEqual(
      known.filter((one) => !/^(PATH|LD_LIBRARY_PATH|NODE_CHANNEL\w+)=/.test(one)),
      [],
    );
  });

  test('progress passes through', async () => {
    const labels = new Set<string>();
    await importFeeds([rail, metro], { onProgress: (label) => void labels.add(label) });
    for (const label of ['reading metro', 'compiling timetable', 'storing network'])
      assert.ok(labels.has(label), label);
  });
});

describe('kept feeds', () => {
  test('a folder is packed in the same way each time, and reads the same', async () => {
    const facts = await archiveFacts(rail.location);
    assert.deepEqual(await archiveFacts(rail.location), facts);
    const bytes = Buffer.concat(await Array.fromAsync(archiveOf(rail.location)));
    assert.equal(createHash('sha256').update(bytes).digest('hex'), facts.hash);
    const packed = await fileFeed(bytes, 'rail.zip');
    const [folder, zip] = [await importRail(), await importFeeds([packed])];
    await packed.remove();
    assert.equal(zip.imageHash, folder.imageHash);
    assert.equal(await count('feed_archives'), 1, 'equal bytes are kept once');
  });

  test('a file that changes while it is imported is refused', async () => {
    const network = await importRail();
    const { bytes } = await archiveFacts(metro.location);
    const read = [{ location: metro.location, hash: 'f'.repeat(64), bytes }];
    await assert.rejects(
      database.service.transaction((tx) => keepFeeds(tx, network.id as NetworkId, read)),
      refused('CONFLICT', /was changed while it was being imported/),
    );
    assert.equal(await count('feed_archives'), 1);
  });

  test('a large feed is kept in parts and comes back whole', async () => {
    // Nothing reads the address of an agency; random figures stay half as long when they are packed.
    const figures = Buffer.alloc(5 * 1024 ** 2);
    for (let at = 0; at < figures.length; at += 65_536)
      crypto.getRandomValues(figures.subarray(at, at + 65_536));
    const rows = Array.from({ length: 1280 }, (_, row) => {
      const part = figures.subarray(row * 4096, (row + 1) * 4096).toString('hex');
      return `N${row},Name ${row},https://x.in/${part},Asia/Kolkata`;
    });
    const feed = await folderFeed({
      ...smallFeed,
      'agency.txt': `${smallFeed['agency.txt']}${lines(...rows)}`,
    });
    const network = await importFeeds([feed], { feedName: 'noise' });
    await feed.remove();
    assert.equal(await count(`feed_archive_parts WHERE hash = '${network.feeds[0]!.hash}'`), 2);
    const again = await importFeeds([], { addTo: network.id });
    assert.equal(again.imageHash, network.imageHash);
  });
});

test('folders of imports that were killed are swept, those of running ones are not', async () => {
  const machine = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
  const [dead, alive, elsewhere] = [
    `${machine}-999999999-x`,
    `${machine}-${process.pid}-x`,
    `00000000-999999999-x`,
  ].map((name) => path.join(tmpdir(), `routestitch-feed-${name}`)) as [string, string, string];
  for (const folder of [dead, alive, elsewhere]) {
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, '0.zip'), 'x');
  }
  try {
    await sweepTemporaryFolders();
    const left = new Set(await readdir(tmpdir()));
    assert.deepEqual(
      [dead, alive, elsewhere].map((folder) => left.has(path.basename(folder))),
      [false, true, true],
    );
    assert.equal(await readFile(path.join(alive, '0.zip'), 'utf8'), 'x');
  } finally {
    for (const folder of [alive, elsewhere]) await rm(folder, { recursive: true, force: true });
  }
});
