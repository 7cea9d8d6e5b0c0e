/** A database, a railway and two editions of a metro for tests of networks; importing this file registers their hooks. */
import assert from 'node:assert/strict';
import { after, before, beforeEach } from 'node:test';
import pg from 'pg';
import { AppError, type ErrorCode } from '../../src/errors.ts';
import { type ImportRequest, importNetwork, type Network } from '../../src/features/networks/index.ts';
import { asEpochMinute, type EpochDay, parseDate } from '../../src/units/time.ts';
import { type TestDatabase, testDatabase } from './database.ts';
import {
  type FeedFiles,
  fileFeed,
  folderFeed,
  lines,
  smallFeed,
  type TemporaryFeed,
  zipOf,
} from './gtfsFeed.ts';

export const today = parseDate('2026-03-04') as EpochDay;
export const now = asEpochMinute(today * 1440 + 300);

/** A metro beside Beta, with a stop that bears the name of Gamma 800 m away from it. */
export const metroFeed: FeedFiles = {
  ...smallFeed,
  'agency.txt': lines(
    'agency_id,agency_name,agency_url,agency_timezone',
    'M,City Metro,https://m.in,Asia/Kolkata',
  ),
  'stops.txt': lines(
    'stop_id,stop_name,stop_lat,stop_lon',
    'A,Market,20.502,75',
    'B,Gamma Metro Station,21.0072,75',
    'C,Delta,21.0144,75',
  ),
  'routes.txt': lines(
    'route_id,agency_id,route_short_name,route_long_name,route_type',
    'R1,M,Red,Red Line,1',
  ),
};
const later: FeedFiles = {
  ...metroFeed,
  'stops.txt': metroFeed['stops.txt']!.toString().replace('C,Delta', 'C,Epsilon'),
  'routes.txt': `${metroFeed['routes.txt']!.toString()}R2,M,Blue,Blue Line,1\n`,
  'trips.txt': `${smallFeed['trips.txt']}R2,D,T3,x\n`,
  'stop_times.txt': `${smallFeed['stop_times.txt'].replaceAll('T1,08:00:00,08:00:00', 'T1,07:50:00,07:50:00')}T3,05:00:00,05:00:00,A,1\nT3,05:10:00,05:10:00,B,2\n`,
};

export let database: TestDatabase;
export let owner: pg.Client;
export let rail: TemporaryFeed;
export let metro: TemporaryFeed;
export let metroLater: TemporaryFeed;
before(async () => {
  [database, rail, metro, metroLater] = await Promise.all([
    testDatabase(),
    folderFeed(smallFeed),
    fileFeed(zipOf(metroFeed), 'metro.zip'),
    fileFeed(zipOf(later), 'metro.zip'),
  ]);
  owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
});
after(async () => {
  await owner.end();
  await Promise.all([database.drop(), rail.remove(), metro.remove(), metroLater.remove()]);
});
beforeEach(() => owner.query('DELETE FROM networks; DELETE FROM feed_archives'));

export const importFeeds = (
  sources: TemporaryFeed[],
  request: Partial<ImportRequest> = {},
): Promise<Network> =>
  importNetwork(database.service, { sources: sources.map(({ location }) => location), now, ...request });
export const importRail = (request: Partial<ImportRequest> = {}): Promise<Network> =>
  importFeeds([rail], { feedName: 'rail', ...request });
export const count = async (table: string): Promise<number> =>
  Number((await owner.query<{ n: string }>(`SELECT count(*) AS n FROM ${table}`)).rows[0]!.n);
export const refused = (code: ErrorCode, pattern: RegExp) => (error: unknown) => {
  assert.ok(error instanceof AppError, String(error));
  assert.equal(error.code, code);
  assert.match(error.message, pattern);
  return true;
};
