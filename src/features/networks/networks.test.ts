import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { after, before, beforeEach, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { AppError, type ErrorCode } from '../../errors.ts';
import { asEpochMinute, asEpochDay, type EpochDay, parseDate } from '../../units/time.ts';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { type FeedFiles, fileFeed, smallFeed, withFeed, zipOf } from '../../../test/support/gtfsFeed.ts';
import { selfSigned } from '../../../test/support/selfSigned.ts';
import {
  type ActiveNetwork,
  activateNetwork,
  ensureSampleNetwork,
  type ImportRequest,
  importNetwork,
  listNetworks,
  loadActiveNetwork,
  type Network,
  networkNotices,
  removeNetwork,
  showNetwork,
  watchActiveNetwork,
} from './index.ts';

const today = parseDate('2026-03-04') as EpochDay;
const now = asEpochMinute(today * 1440 + 300);

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

const importFeed = (files: FeedFiles, request: Partial<ImportRequest> = {}): Promise<Network> =>
  withFeed(files, (location) => importNetwork(database.service, { sources: [location], now, ...request }));

const ended: FeedFiles = {
  ...smallFeed,
  'calendar.txt': smallFeed['calendar.txt'].replace('20260101,20261231', '20250101,20250630'),
};
const untidy: FeedFiles = { ...smallFeed, 'trips.txt': `${smallFeed['trips.txt']}R9,D,T3,x\n` };

const refused = (code: ErrorCode, pattern: RegExp) => (error: unknown) => {
  assert.ok(error instanceof AppError, String(error));
  assert.equal(error.code, code);
  assert.match(error.message, pattern);
  return true;
};
const activeIds = async (): Promise<string[]> =>
  (await listNetworks(database.service)).filter(({ isActive }) => isActive).map(({ id }) => id);
const count = async (table: string): Promise<number> =>
  Number((await owner.query<{ n: string }>(`SELECT count(*) AS n FROM ${table}`)).rows[0]!.n);

const leftOver = (): string[] =>
  readdirSync(tmpdir()).filter((name) => new RegExp(`^routestitch-feed-.*-${process.pid}-`).test(name));

describe('importNetwork', () => {
  test('stores image, figures and notices; the network is not active until asked for', async () => {
    const network = await importFeed(untidy, { name: 'My rail' });
    assert.deepEqual(
      { ...network, id: '', createdAt: '', imageHash: '', imageBytes: 0, storedBytes: 0, stats: 0, feeds: 0 },
      {
        id: '',
        name: 'My rail',
        isActive: false,
        version: null,
        sample: false,
        rolled: false,
        rollCalendar: false,
        validFrom: '2026-03-04',
        validTo: '2026-12-31',
        imageHash: '',
        imageBytes: 0,
        storedBytes: 0,
        stats: 0,
        feeds: 0,
        createdAt: '',
        activatedAt: null,
      },
    );
    const { stops, runs, stopTimes, runsRead, runsDropped, notices } = network.stats;
    assert.deepEqual(
      { stops, runs, stopTimes, runsRead, runsDropped, notices },
      {
        stops: 3,
        runs: 2,
        stopTimes: 6,
        runsRead: 3,
        runsDropped: 1,
        notices: { ERROR: 1, WARNING: 0, INFO: 0 },
      },
    );
    assert.deepEqual(await networkNotices(database.service, network.id), [
      {
        severity: 'ERROR',
        code: 'UNKNOWN_REFERENCE',
        feed: network.feeds[0]!.name,
        file: 'trips.txt',
        row: 4,
        column: 'route_id',
        value: 'R9',
        message: 'This route_id is not in routes.txt; the trip was left out.',
      },
    ]);
    assert.deepEqual(await networkNotices(database.service, network.id, { severity: 'WARNING' }), []);
    assert.equal(network.feeds[0]!.publisher, 'Indian Railways');
  });

  test('with activation the image comes back as it was, for the role of requests too', async () => {
    const network = await importFeed(smallFeed, { activate: true });
    for (const role of [database.service, database.app]) {
      const active = await loadActiveNetwork(role);
      assert.equal(active.id, network.id);
      assert.ok(active.image.buffer instanceof SharedArrayBuffer);
      assert.equal(active.image.stopName(active.image.findStop('B')!), 'Beta');
      assert.deepEqual([active.sample, active.rolled, active.validTo], [false, false, '2026-12-31']);
    }
  });

  test('several feeds, zip and folder, become one network', async () => {
    const zip = await fileFeed(zipOf(smallFeed), 'metro.zip');
    const network = await withFeed(smallFeed, (folder) =>
      importNetwork(database.service, { sources: [zip.location, folder], now }),
    );
    await zip.remove();
    assert.deepEqual(
      [network.stats.runs, network.feeds.length, network.feeds[0]!.source],
      [4, 2, 'metro.zip'],
    );
    assert.match(network.name, /^metro \+ /);
  });

  test('refuses to activate an ended timetable, naming --roll-calendar, and stores nothing', async () => {
    await assert.rejects(importFeed(ended, { activate: true }), refused('FEED_REJECTED', /--roll-calendar/));
    assert.equal(await count('networks'), 0);
    const network = await importFeed(ended, { activate: true, rollCalendar: true });
    assert.deepEqual([network.rolled, network.isActive, network.validTo], [true, true, '2026-08-30']);
    const codes = (await networkNotices(database.service, network.id)).map(({ code }) => code);
    assert.deepEqual(codes, ['CALENDAR_ROLLED']);
  });

  test('refuses to activate a timetable that does not run in the next 14 days', async () => {
    const inApril = {
      ...smallFeed,
      'calendar.txt': smallFeed['calendar.txt'].replace('20260101', '20260401'),
    };
    await assert.rejects(
      importFeed(inApril, { activate: true }),
      refused('FEED_REJECTED', /no trip from 2026-03-04 to 2026-03-17/),
    );
    const network = await importFeed(inApril);
    assert.equal(network.validFrom, '2026-04-01');
    const soon = parseDate('2026-03-19') as EpochDay;
    assert.ok((await activateNetwork(database.service, network.id, { today: soon })).isActive);
    const over = parseDate('2027-01-01') as EpochDay;
    await assert.rejects(
      activateNetwork(database.service, network.id, { today: over }),
      refused('FEED_REJECTED', /--force/),
    );
  });

  test('refuses to activate when more than 2 % of the trips were lost, unless forced', async () => {
    await assert.rejects(importFeed(untidy, { activate: true }), refused('FEED_REJECTED', /1 of 3 trips/));
    const network = await importFeed(untidy);
    await assert.rejects(
      activateNetwork(database.service, network.id, { today }),
      refused('FEED_REJECTED', /1 of 3 trips/),
    );
    const forced = await activateNetwork(database.service, network.id, { today, force: true });
    assert.ok(forced.isActive);
  });

  test('is all or nothing: a failure on the way leaves the old network, no rows and no files', async () => {
    const old = await importFeed(smallFeed, { activate: true });
    await owner.query(
      `CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''disk full''; END'`,
    );
    await owner.query('CREATE TRIGGER fail BEFORE INSERT ON network_notices EXECUTE FUNCTION fail()');
    await assert.rejects(importFeed(untidy, { activate: true, force: true }), /disk full/);
    await owner.query('DROP FUNCTION fail CASCADE');
    assert.deepEqual(await activeIds(), [old.id]);
    assert.deepEqual([await count('networks'), await count('network_notices')], [1, 0]);
  });

  test('an unreadable feed changes nothing', async () => {
    const feed = await fileFeed(Buffer.from('no zip'));
    await assert.rejects(
      importNetwork(database.service, { sources: [feed.location], now }),
      refused('FEED_UNREADABLE', /not a readable zip/),
    );
    await feed.remove();
    assert.equal(await count('networks'), 0);
  });

  test('fetches feeds from addresses and cleans up', async () => {
    const certificate = selfSigned('localhost');
    const zip = zipOf(smallFeed);
    const server = createServer(certificate, (request, response) => {
      response.statusCode = request.url === '/gtfs/rail.zip' ? 200 : 404;
      response.end(request.url === '/gtfs/rail.zip' ? zip : 'no');
    });
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    const host = `localhost:${(server.address() as AddressInfo).port}`;
    const address = `https://${host}/gtfs`;
    const fetchFeed = (name: string, hosts = [host]): Promise<Network> =>
      importNetwork(database.service, {
        sources: [`${address}/${name}`],
        now,
        download: { hosts, ca: certificate.cert, allowsAddress: () => true },
      });
    try {
      const network = await fetchFeed('rail.zip');
      assert.deepEqual([network.name, network.feeds[0]!.source], ['rail', `${address}/rail.zip`]);
      await assert.rejects(fetchFeed('bus.zip'), refused('FEED_UNREADABLE', /answers 404/));
      await assert.rejects(fetchFeed('rail.zip', []), refused('FEED_UNREADABLE', /FEED_HOSTS/));
    } finally {
      server.close();
    }
    await assert.rejects(fetchFeed('rail.zip'), refused('FEED_UNREADABLE', /cannot be fetched/));
    assert.deepEqual(leftOver(), []);
  });
});

describe('activation', () => {
  test('exactly one network is active, however many activate at once', async () => {
    const networks = [await importFeed(smallFeed), await importFeed(smallFeed), await importFeed(smallFeed)];
    await Promise.all(
      Array.from({ length: 12 }, (_, i) => activateNetwork(database.service, networks[i % 3]!.id, { today })),
    );
    assert.equal((await activeIds()).length, 1);
  });

  test('an unknown network is not found and the active one stays', async () => {
    const network = await importFeed(smallFeed, { activate: true });
    for (const attempt of [
      () => activateNetwork(database.service, 'nope', { today }),
      () => showNetwork(database.service, 'nope'),
      () => networkNotices(database.service, 'nope'),
      () => removeNetwork(database.service, 'nope'),
    ])
      await assert.rejects(attempt(), refused('NOT_FOUND', /nope/));
    assert.deepEqual(await activeIds(), [network.id]);
  });

  test('the active network cannot be removed; others go with their notices', async () => {
    const network = await importFeed(smallFeed, { activate: true });
    const other = await importFeed(untidy);
    await assert.rejects(removeNetwork(database.service, network.id), refused('CONFLICT', /is active/));
    await removeNetwork(database.service, other.id);
    assert.deepEqual([await count('networks'), await count('network_notices')], [1, 0]);
  });

  test('without an active network, and with a damaged one, loading says what to do', async () => {
    await assert.rejects(loadActiveNetwork(database.app), refused('NO_ACTIVE_NETWORK', /network import/));
    await importFeed(smallFeed, { activate: true });
    const damages = [
      `image = set_byte(image, length(image) / 2, 255 - get_byte(image, length(image) / 2))`,
      `image_hash = repeat('0', 64)`,
      `image_size = image_size - 1`,
    ];
    for (const damage of damages) {
      await owner.query('BEGIN');
      await owner.query(`UPDATE networks SET ${damage}`);
      await owner.query('COMMIT');
      await assert.rejects(loadActiveNetwork(database.app), refused('NO_ACTIVE_NETWORK', /Import it again/));
    }
  });
});

const eventually = async (condition: () => boolean): Promise<void> => {
  for (let waited = 0; !condition(); waited += 20) {
    assert.ok(waited < 8000, 'nothing happened in 8 s');
    await sleep(20);
  }
};

const listeners = () =>
  owner.query<{ pid: number }>(
    `SELECT pid FROM pg_stat_activity WHERE query = 'LISTEN network_activated' AND datname = current_database()`,
  );

describe('watchActiveNetwork', () => {
  test('hands over each newly active network, also after its connection broke', async () => {
    const first = await importFeed(smallFeed, { activate: true });
    const seen: ActiveNetwork[] = [];
    const errors: unknown[] = [];
    const watch = watchActiveNetwork(database.app, {
      current: first.id,
      onChange: (network) => void seen.push(network),
      onError: (error) => errors.push(error),
      pollMs: 3_600_000,
    });
    try {
      for (let i = 0; (await listeners()).rowCount === 0; i++) {
        assert.ok(i < 100, 'no listener');
        await sleep(20);
      }
      const second = await importFeed(smallFeed, { activate: true });
      await eventually(() => seen.length === 1);
      assert.equal(seen[0]!.id, second.id);
      assert.equal(seen[0]!.image.stopCount, 3);

      await owner.query('SELECT pg_terminate_backend(pid) FROM unnest($1::int[]) AS pid', [
        (await listeners()).rows.map(({ pid }) => pid),
      ]);
      await activateNetwork(database.service, first.id, { today });
      await eventually(() => seen.length === 2);
      assert.equal(seen[1]!.id, first.id);
      assert.ok(errors.length > 0, 'the broken connection was told');
    } finally {
      await watch.close();
    }
    await importFeed(smallFeed, { activate: true });
    await sleep(100);
    assert.equal(seen.length, 2, 'a closed watch is silent');
    assert.equal((await listeners()).rowCount, 0);
  });

  test('polls where notifications do not pass', async () => {
    const network = await importFeed(smallFeed, { activate: true });
    const seen: string[] = [];
    const watch = watchActiveNetwork(database.app, {
      current: null,
      onChange: ({ id }) => void seen.push(id),
      onError: () => undefined,
      pollMs: 30,
    });
    await eventually(() => seen.length > 0);
    await watch.close();
    assert.deepEqual(seen, [network.id]);
  });
});

const day = (offset: number): EpochDay => asEpochDay(today + offset);

describe('ensureSampleNetwork', () => {
  test('stores the sample once, makes it again after a week, and never beside a network in use', async () => {
    assert.equal(await ensureSampleNetwork(database.service, today), true);
    const [sample] = await listNetworks(database.service);
    assert.deepEqual(
      [sample!.sample, sample!.isActive, sample!.validFrom, sample!.validTo],
      [true, true, '2026-03-04', '2027-03-03'],
    );
    assert.equal(await ensureSampleNetwork(database.service, day(6)), false);
    assert.equal(await ensureSampleNetwork(database.service, day(7)), true);
    const renewed = await listNetworks(database.service);
    assert.deepEqual(
      renewed.map(({ validFrom, isActive }) => [validFrom, isActive]),
      [['2026-03-11', true]],
    );

    const rail = await importFeed(smallFeed, { activate: true });
    assert.equal(await ensureSampleNetwork(database.service, day(100)), false);
    assert.deepEqual(
      (await listNetworks(database.service)).map(({ sample, isActive }) => [sample, isActive]),
      [
        [false, true],
        [true, false],
      ],
    );
    assert.deepEqual(await activeIds(), [rail.id]);
  });

  test('is made again when its files have changed', async () => {
    await ensureSampleNetwork(database.service, today);
    await owner.query(`UPDATE networks SET feeds = jsonb_set(feeds, '{0,hash}', '"other"')`);
    assert.equal(await ensureSampleNetwork(database.service, today), true);
    assert.equal(await count('networks'), 1);
  });

  test('processes that start together make one', async () => {
    const made = await Promise.all([1, 2, 3].map(() => ensureSampleNetwork(database.service, today)));
    assert.deepEqual(made.filter(Boolean), [true]);
    assert.equal(await count('networks'), 1);
  });

  test('leaves a store alone whose networks are all inactive', async () => {
    await importFeed(smallFeed);
    assert.equal(await ensureSampleNetwork(database.service, today), false);
  });
});
