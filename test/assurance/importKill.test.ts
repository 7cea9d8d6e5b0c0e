/** Imports killed at random moments: the network in use is the old or the new one, whole, and nothing is left behind. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import {
  importNetwork,
  loadActiveNetwork,
  type Network,
  showNetwork,
} from '../../src/features/networks/index.ts';
import { epochMinuteOf } from '../../src/units/time.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { fileFeed, folderFeed, lines, type TemporaryFeed, zipOf } from '../support/gtfsFeed.ts';
import { sized } from './sizes.ts';

const KILLS = sized(5, 20);
const SEED = 20261125;
const main = path.resolve(import.meta.dirname, '../../src/main.ts');

/** Enough rows that reading, compiling and storing each take a while; `shift` makes every edition another. */
function feedOf(shift: number): Record<string, string> {
  const year = new Date().getFullYear();
  const stops = Array.from({ length: 400 }, (_, index) => index);
  const trips = Array.from({ length: 600 }, (_, index) => index);
  const clock = (minutes: number): string =>
    `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}:00`;
  return {
    'agency.txt': lines(
      'agency_id,agency_name,agency_url,agency_timezone',
      'IR,Indian Railways,https://x.in,Asia/Kolkata',
    ),
    'stops.txt': lines(
      'stop_id,stop_name,stop_lat,stop_lon',
      ...stops.map((stop) => `S${stop},Stop ${stop},${20 + stop / 100},${75 + (stop % 7) / 100}`),
    ),
    'routes.txt': lines(
      'route_id,agency_id,route_short_name,route_long_name,route_type',
      'R1,IR,12001,Long Line,2',
    ),
    'calendar.txt': lines(
      'service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date',
      `D,1,1,1,1,1,1,1,${year - 1}0101,${year + 1}1231`,
    ),
    'trips.txt': lines(
      'route_id,service_id,trip_id',
      ...trips.map((trip) => `R1,D,T${trip}`),
      // Notices, so that their rows are stored too.
      ...Array.from({ length: 5 }, (_, index) => `R9,D,X${index}`),
    ),
    'stop_times.txt': lines(
      'trip_id,arrival_time,departure_time,stop_id,stop_sequence',
      ...trips.flatMap((trip) =>
        stops.slice(0, 100).map((call) => {
          const time = clock(shift + trip + call * 3);
          return `T${trip},${time},${time},S${(trip + call) % stops.length},${call + 1}`;
        }),
      ),
    ),
  };
}

let database: TestDatabase;
let owner: pg.Client;
let feeds: TemporaryFeed[];
before(async () => {
  [database, ...feeds] = await Promise.all([
    testDatabase(),
    fileFeed(zipOf(feedOf(0)), 'line.zip'),
    folderFeed(feedOf(7)),
  ]);
  owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
});
after(async () => {
  await owner.end();
  await Promise.all([database.drop(), ...feeds.map((feed) => feed.remove())]);
});

/** The command as an operator gives it; the feed of the same name is replaced, the other unpacked and read again. */
function startImport(edition: number): ChildProcess {
  const argv = [
    'network',
    'import',
    feeds[edition % 2]!.location,
    '--feed',
    'line',
    '--add-to',
    'active',
    '--activate',
  ];
  return spawn(process.execPath, [main, ...argv], {
    stdio: 'ignore',
    env: { ...process.env, DATABASE_URL: database.ownerUrl },
  });
}

const count = async (query: string): Promise<number> =>
  Number((await owner.query<{ n: string }>(`SELECT count(*) AS n FROM ${query}`)).rows[0]!.n);

/** No part of anything that did not become a network. */
async function leftOvers(pids: readonly (number | undefined)[]): Promise<string[]> {
  const faults: [string, number][] = [
    [
      'notices',
      await count('network_notices n WHERE NOT EXISTS (SELECT FROM networks w WHERE w.id = n.network_id)'),
    ],
    [
      'archives',
      await count('feed_archives a WHERE NOT EXISTS (SELECT FROM network_feeds f WHERE f.hash = a.hash)'),
    ],
    [
      'parts',
      await count(
        `feed_archives a WHERE size <> (SELECT coalesce(sum(length(bytes)), 0) FROM feed_archive_parts p WHERE p.hash = a.hash)`,
      ),
    ],
    [
      'feeds',
      await count(
        `networks n WHERE image IS NOT NULL AND jsonb_array_length(feeds) <> (SELECT count(*) FROM network_feeds f WHERE f.network_id = n.id)`,
      ),
    ],
    ['activations', Math.abs((await count('networks WHERE is_active')) - 1)],
  ];
  const folders = readdirSync(tmpdir()).filter((name) =>
    pids.some((pid) => name.includes(`routestitch-feed-`) && name.includes(`-${pid}-`)),
  );
  return [...faults.filter(([, n]) => n > 0).map(([what, n]) => `${n} ${what}`), ...folders];
}

/** The network in use can be read, and is what its row says. */
async function activeNetwork(): Promise<Network> {
  const { id, image } = await loadActiveNetwork(database.service);
  const network = await showNetwork(database.service, id);
  assert.deepEqual([image.runCount, image.stopCount], [network.stats.runs, network.stats.stops]);
  const { ERROR, WARNING, INFO } = network.stats.notices;
  assert.ok(ERROR > 0);
  assert.equal(await count(`network_notices WHERE network_id = '${id}'`), ERROR + WARNING + INFO);
  return network;
}

test('an import that is killed leaves the old or the new network', { timeout: 600_000 }, async (t) => {
  const request = { now: epochMinuteOf(Date.now()), activate: true };
  let old = await importNetwork(database.service, {
    sources: feeds.map(({ location }) => location),
    ...request,
  });
  // As long as an import takes here, undisturbed.
  const started = performance.now();
  const [code] = (await once(startImport(0), 'exit')) as [number];
  assert.equal(code, 0);
  const length = performance.now() - started;
  old = await activeNetwork();
  const pids: (number | undefined)[] = [];
  const states = { old: 0, new: 0 };
  let random = SEED;
  for (let kill = 1; kill <= KILLS; kill++) {
    random = (Math.imul(random, 1664525) + 1013904223) >>> 0;
    const child = startImport(kill);
    pids.push(child.pid);
    const exited = once(child, 'exit');
    await sleep((random / 2 ** 32) * length * 1.1);
    child.kill('SIGKILL');
    await exited;
    // The server notices a dead client when it next speaks to it.
    const now = await activeNetwork();
    states[now.id === old.id ? 'old' : 'new']++;
    assert.ok(now.id === old.id || now.version! > old.version!);
    old = now;
  }
  t.diagnostic(
    `seed ${SEED}: ${KILLS} imports of ${length.toFixed(0)} ms killed: ${states.old} old, ${states.new} new`,
  );
  const [again] = (await once(startImport(KILLS + 1), 'exit')) as [number];
  assert.equal(again, 0, 'the next import works');
  const last = await activeNetwork();
  assert.ok(last.version! > old.version!);
  assert.deepEqual(await leftOvers(pids), []);
  assert.ok((await count('networks WHERE image IS NOT NULL')) <= 3);
});
