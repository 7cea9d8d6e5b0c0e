import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { promisify } from 'node:util';
import { zstdCompress, zstdDecompress } from 'node:zlib';
import { asEpochDay, asEpochMinute } from '../../units/time.ts';
import { fileFeed, smallFeed, type TemporaryFeed, zipOf } from '../../../test/support/gtfsFeed.ts';
import {
  count,
  database,
  importFeeds,
  importRail,
  metro,
  metroLater,
  now,
  owner,
  refused,
  today,
} from '../../../test/support/networkFeeds.ts';
import {
  activateNetwork,
  diffNetworks,
  importNetwork,
  listNetworks,
  loadActiveNetwork,
  type Network,
  removeNetwork,
  rollbackNetwork,
  showNetwork,
} from './index.ts';

const byText = (a = '', b = ''): number => (a < b ? -1 : 1);

describe('versions', () => {
  test('each activation has the next number; rollback goes back, and back again', async () => {
    const first = await importRail({ activate: true });
    const second = await importRail({ activate: true });
    await assert.rejects(showNetwork(database.service, 'v3'), refused('NOT_FOUND', /v3/));
    assert.deepEqual([first.version, second.version], [1, 2]);
    assert.equal(
      (await activateNetwork(database.service, second.id, { today })).version,
      2,
      'active already',
    );
    const back = await rollbackNetwork(database.service, { today });
    assert.deepEqual([back.id, back.version, back.isActive], [first.id, 3, true]);
    assert.equal((await showNetwork(database.service, 'v2')).id, second.id);
    assert.equal((await showNetwork(database.service, 'previous')).id, second.id);
    assert.equal((await rollbackNetwork(database.service, { today })).id, second.id);
    assert.equal((await loadActiveNetwork(database.app)).id, second.id);
  });

  test('without an earlier network there is nothing to go back to; an ended one needs force', async () => {
    await importRail({ activate: true });
    await assert.rejects(
      rollbackNetwork(database.service, { today }),
      refused('CONFLICT', /No network was active/),
    );
    const second = await importRail({ activate: true });
    const next = asEpochDay(today + 400);
    await assert.rejects(
      rollbackNetwork(database.service, { today: next }),
      refused('FEED_REJECTED', /no trip/),
    );
    assert.equal((await showNetwork(database.service, 'active')).id, second.id);
    assert.equal((await rollbackNetwork(database.service, { today: next, force: true })).version, 3);
  });

  test('the last three keep image and feeds, older ones only their history', async () => {
    const feeds: TemporaryFeed[] = [];
    const networks: Network[] = [];
    const never = await importFeeds([metroLater]);
    for (let i = 0; i < 5; i++) {
      feeds.push(
        await fileFeed(
          zipOf({ ...smallFeed, 'feed_info.txt': `feed_publisher_name,feed_version\nX,${i}\n` }),
          'rail.zip',
        ),
      );
      networks.push(await importFeeds([feeds[i]!], { activate: true }));
    }
    await Promise.all(feeds.map((feed) => feed.remove()));
    const now = new Map((await listNetworks(database.service)).map((network) => [network.id, network]));
    assert.deepEqual(
      networks.map(({ id }) => now.get(id)!.storedBytes > 0),
      [false, false, true, true, true],
    );
    assert.ok(now.get(never.id)!.storedBytes > 0, 'one that was never active stays');
    const { rows } = await owner.query<{ hash: string }>('SELECT hash FROM feed_archives');
    const kept = [never, ...networks.slice(2)].map((network) => network.feeds[0]!.hash);
    assert.deepEqual(rows.map(({ hash }) => hash).toSorted(byText), kept.toSorted(byText));
    const oldest = networks[0]!;
    assert.deepEqual((await showNetwork(database.service, oldest.id)).stats, oldest.stats);
    const gone = refused('CONFLICT', /only the history is kept/);
    await assert.rejects(activateNetwork(database.service, oldest.id, { today }), gone);
    await assert.rejects(diffNetworks(database.service, oldest.id, 'active'), gone);
    assert.equal((await removeNetwork(database.service, never.id)).id, never.id);
    assert.equal(await count('feed_archives'), 3, 'and its feed goes with it');
  });
});

test('diff names lines and stops that came, went or changed', async () => {
  const before = await importFeeds([metro]);
  const after = await importFeeds([metroLater]);
  const diff = await diffNetworks(database.service, before.id, after.id);
  assert.deepEqual(
    { ...diff, from: 0, to: 0 },
    {
      from: 0,
      to: 0,
      comparedFrom: '2026-02-24',
      comparedTo: '2026-12-31',
      stops: { added: [], removed: [], changed: [{ id: 'C', name: 'Epsilon' }] },
      lines: {
        added: [{ id: 'R2', name: 'Blue Blue Line' }],
        removed: [],
        retimed: [{ id: 'R1', name: 'Red Red Line', runsAdded: 1, runsRemoved: 1 }],
      },
    },
  );
  const back = await diffNetworks(database.service, after.id, before.id);
  assert.deepEqual(back.lines.removed, diff.lines.added);
  const same = await diffNetworks(database.service, after.id, after.id);
  assert.deepEqual(
    [same.lines, same.stops],
    [
      { added: [], removed: [], retimed: [] },
      { added: [], removed: [], changed: [] },
    ],
  );
  // Imported a month later the same feed covers other days, and nothing else.
  const month = await importNetwork(database.service, {
    sources: [metro.location],
    now: asEpochMinute(now + 30 * 1440),
  });
  const moved = await diffNetworks(database.service, before.id, month.id);
  assert.deepEqual([moved.comparedFrom, moved.lines.retimed], ['2026-03-26', []]);
});

describe('an image of another version of RouteStitch', () => {
  const inflate = promisify(zstdDecompress);
  const compress = promisify(zstdCompress);
  /** Changes the version in the header, as if another release had written it. */
  async function rewriteVersion(id: string, step: number): Promise<void> {
    const { rows } = await owner.query<{ image: Buffer }>('SELECT image FROM networks WHERE id = $1', [id]);
    const bytes = await inflate(rows[0]!.image);
    bytes.writeUInt32LE(bytes.readUInt32LE(4) + step, 4);
    await owner.query('UPDATE networks SET image = $2, image_hash = $3 WHERE id = $1', [
      id,
      await compress(bytes),
      createHash('sha256').update(bytes).digest('hex'),
    ]);
  }
  const hashOf = async (id: string): Promise<string> => (await showNetwork(database.service, id)).imageHash;

  test('an older one is compiled again from the kept feeds, stored, and said', async () => {
    const said: string[] = [];
    const network = await importRail({ activate: true, rollCalendar: true });
    await rewriteVersion(network.id, -1);
    const stale = await hashOf(network.id);
    const load = () => loadActiveNetwork(database.service, { onRecompile: (text) => void said.push(text) });
    const active = await load();
    assert.deepEqual([active.id, active.image.runCount], [network.id, 2]);
    assert.match(said.join('|'), /^The timetable "rail" was compiled by an older RouteStitch[^|]*$/);
    assert.notEqual(await hashOf(network.id), stale);
    assert.deepEqual((await load()).image.runCount, 2);
    assert.equal(said.length, 1, 'the second time it is there');
  });

  test('a newer one is compiled for this process only', async () => {
    const network = await importRail({ activate: true, rollCalendar: true });
    await rewriteVersion(network.id, 1);
    const theirs = await hashOf(network.id);
    assert.equal((await loadActiveNetwork(database.service)).image.runCount, 2);
    assert.equal(await hashOf(network.id), theirs);
  });

  test('without its feeds, or with a damaged one, it says what to do', async () => {
    const network = await importRail({ activate: true, rollCalendar: true });
    await rewriteVersion(network.id, -1);
    await owner.query(`UPDATE feed_archive_parts SET bytes = set_byte(bytes, 9, 255 - get_byte(bytes, 9))`);
    await assert.rejects(
      loadActiveNetwork(database.service),
      refused('NO_ACTIVE_NETWORK', /damaged.*Import it again/),
    );
    await owner.query('DELETE FROM network_feeds');
    await assert.rejects(
      loadActiveNetwork(database.service),
      refused('NO_ACTIVE_NETWORK', /not kept.*Import it again/),
    );
  });
});
