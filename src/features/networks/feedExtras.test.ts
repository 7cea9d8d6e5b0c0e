/** What a feed brings besides times: whom to name for it, and names of stops in other languages. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, beforeEach, test } from 'node:test';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import pg from 'pg';
import { asEpochMinute, type EpochDay, parseDate } from '../../units/time.ts';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { type FeedFiles, folderFeed, lines, smallFeed } from '../../../test/support/gtfsFeed.ts';
import { PlaceIndex, readGazetteer, resolvePlace, suggestPlaces } from '../places/index.ts';
import { type ImportRequest, importNetwork, loadActiveNetwork, type Network } from './index.ts';

const today = parseDate('2026-03-04') as EpochDay;
const now = asEpochMinute(today * 1440 + 300);

const rail: FeedFiles = {
  ...smallFeed,
  'feed_info.txt': lines(
    'feed_publisher_name,feed_publisher_url,feed_lang,feed_version,feed_start_date,feed_end_date',
    'Rail Data Office,https://rail.example/data,en,7,20260101,20260630',
  ),
  'attributions.txt': lines(
    'organization_name,is_producer,is_operator,is_authority,attribution_url,route_id',
    'Alpha Railways,0,1,0,,R1',
    'Alpha Railways,1,0,0,https://alpha.example/,',
    'Ministry,0,0,1,,',
  ),
  'translations.txt': lines(
    'table_name,field_name,language,translation,record_id,field_value',
    'stops,stop_name,hi,अल्फ़ा,A,',
    'stops,stop_name,kn,ಆಲ್ಫಾ,A,',
    'stops,stop_name,en,Alpha,A,',
    'stops,stop_name,hi,बीटा,,Beta',
    'routes,route_long_name,hi,अल्फ़ा एक्सप्रेस,R1,',
  ),
};
/** Another feed whose stop has the id of one of the first. */
const bus: FeedFiles = {
  ...smallFeed,
  'translations.txt': lines(
    'table_name,field_name,language,translation,record_id',
    'stops,stop_name,hi,पहला,A',
  ),
};

let database: TestDatabase;
let owner: pg.Client;
before(async () => {
  database = await testDatabase();
  owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
});
after(async () => {
  await owner.end();
  await database.drop();
});
beforeEach(() => owner.query('DELETE FROM networks'));

async function importFeed(files: FeedFiles, request: Partial<ImportRequest>): Promise<Network> {
  const feed = await folderFeed(files);
  try {
    return await importNetwork(database.service, {
      sources: [feed.location],
      activate: true,
      now,
      ...request,
    });
  } finally {
    await feed.remove();
  }
}
const activePlaces = async (): Promise<PlaceIndex> => {
  const { image, stopNames } = await loadActiveNetwork(database.app);
  return new PlaceIndex(readGazetteer(), image, stopNames);
};

test('publisher, address, days and credits stay with the feed, each organisation once', async () => {
  const { feeds } = await importFeed(rail, { feedName: 'rail' });
  const { publisher, url, version, attribution, credits, validFrom, validTo, endsOn } = feeds[0]!;
  assert.deepEqual(
    { publisher, url, version, attribution, credits, validFrom, validTo, endsOn },
    {
      publisher: 'Rail Data Office',
      url: 'https://rail.example/data',
      version: '7',
      attribution: 'Alpha Railways, Ministry',
      credits: [
        { organization: 'Alpha Railways', url: 'https://alpha.example/', roles: ['operator', 'producer'] },
        { organization: 'Ministry', url: '', roles: ['authority'] },
      ],
      validFrom: '2026-01-01',
      validTo: '2026-06-30',
      endsOn: '2026-12-31',
    },
  );
  assert.deepEqual((await loadActiveNetwork(database.app)).feeds, feeds);
  const plain = (await importFeed(smallFeed, { feedName: 'plain' })).feeds[0]!;
  for (const absent of ['url', 'credits', 'validFrom', 'validTo'] as const)
    assert.equal(plain[absent], undefined, absent);
});

test('a stop is found by its Hindi name, which is shown as what matched; its own name stays', async () => {
  await importFeed(rail, { feedName: 'rail' });
  const places = await activePlaces();
  for (const [text, id, matched] of [
    ['अल्फ़ा', 'stop:A', 'अल्फ़ा'],
    ['अल्फा', 'stop:A', 'अल्फ़ा'],
    ['ಆಲ್ಫಾ', 'stop:A', 'ಆಲ್ಫಾ'],
    ['बीटा', 'stop:B', 'बीटा'],
    ['Alpha', 'stop:A', null],
  ] as const) {
    const [first] = suggestPlaces(places, text);
    assert.deepEqual([first?.id, first?.matched], [id, matched], text);
  }
  const { location } = resolvePlace(places, 'बीटा', 'origin');
  assert.deepEqual([location.id, location.name], ['stop:B', 'Beta']);
});

test('names go with the prefix of their feed, and with the image when it becomes history', async () => {
  const first = await importFeed(rail, { feedName: 'rail' });
  await importFeed(bus, { feedName: 'bus', addTo: first.id });
  const places = await activePlaces();
  assert.equal(suggestPlaces(places, 'पहला')[0]?.id, 'stop:bus:A');
  assert.equal(suggestPlaces(places, 'बीटा')[0]?.id, 'stop:B');
  // The third activation after the first leaves only the row of the first.
  for (let i = 0; i < 2; i++) await importFeed(smallFeed, { feedName: `later ${i}` });
  const { rows } = await owner.query<{ id: string; kept: boolean }>(
    'SELECT id, stop_names IS NOT NULL AS kept FROM networks ORDER BY version',
  );
  assert.deepEqual(
    rows.map(({ id, kept }) => [id === first.id, kept]),
    [
      [true, false],
      [false, true],
      [false, false],
      [false, false],
    ],
  );
  assert.deepEqual(suggestPlaces(await activePlaces(), 'बीटा'), []);
});

test('a network stored by the version before has no other names, and opens', async () => {
  await importFeed(rail, { feedName: 'rail' });
  await owner.query('UPDATE networks SET stop_names = NULL');
  const { stopNames } = await loadActiveNetwork(database.app);
  assert.equal(stopNames.size, 0);
});

test('names come back when an image of an older version is compiled again', async () => {
  await importFeed(rail, { feedName: 'rail', rollCalendar: true });
  const { rows } = await owner.query<{ image: Buffer }>('SELECT image FROM networks');
  const bytes = zstdDecompressSync(rows[0]!.image);
  bytes.writeUInt32LE(bytes.readUInt32LE(4) - 1, 4);
  await owner.query('UPDATE networks SET stop_names = NULL, image = $1, image_hash = $2', [
    zstdCompressSync(bytes),
    createHash('sha256').update(bytes).digest('hex'),
  ]);
  assert.deepEqual((await loadActiveNetwork(database.service)).stopNames.get('B'), ['बीटा']);
  // Stored again: the role of requests, which may not compile, finds them too.
  assert.deepEqual((await loadActiveNetwork(database.app)).stopNames.get('B'), ['बीटा']);
});
