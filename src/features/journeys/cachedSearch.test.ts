/** Searches on the real sample network through the route cache. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import type { SearchId } from '../../units/ids.ts';
import { asEpochDay, formatDate, instantOf } from '../../units/time.ts';
import { compileSample } from '../networks/index.ts';
import { PlaceIndex, readGazetteer } from '../places/index.ts';
import { type SearchRequestInput, searchRequestSchema, type SearchResponse } from './contract.ts';
import { createPlanner, type Planner, RouteCache, searchJourneys } from './index.ts';

const today = asEpochDay(Math.floor(Date.now() / 86_400_000));
const { image } = compileSample(today);
const plannerOf = (network: string): Planner =>
  createPlanner(image, new PlaceIndex(readGazetteer(), image), {
    id: network,
    name: 'sample',
    sample: true,
    rolled: false,
    validFrom: formatDate(today),
    validTo: formatDate(asEpochDay(today + 364)),
  });
const planner = plannerOf('n1');
const inTenDays = formatDate(asEpochDay(today + 10));
/** 09:30 in India today. */
const morning = instantOf(today, 570, 'Asia/Kolkata') * 60_000;

let db: TestDatabase;
let cache: RouteCache;
before(async () => {
  db = await testDatabase();
  cache = new RouteCache(db.app, {
    onError: (error) => {
      throw error;
    },
  });
});
after(() => db.drop());

let searches = 0;
const search = (
  over: Partial<SearchRequestInput> = {},
  now = morning,
  by = planner,
): Promise<SearchResponse> =>
  searchJourneys(
    by,
    searchRequestSchema.parse({ origin: 'Noida', destination: 'Bangalore', date: inTenDays, ...over }),
    { searchId: `s${++searches}` as SearchId, now, cache },
  );

test('the second answer comes from the cache and is the first, but for its id', async () => {
  const first = await search();
  const second = await search({}, morning + 120_000);
  assert.deepEqual([first.cached, second.cached], [false, true]);
  assert.notEqual(first.searchId, second.searchId);
  assert.deepEqual({ ...second, searchId: first.searchId, cached: false }, first);
  assert.ok(first.routes.length >= 5);
});

test('the same question in other words is found', async () => {
  await search({ modes: ['train', 'flight'] });
  const again = await search({
    origin: '  NOIDA ',
    destination: 'Bengaluru',
    modes: ['flight', 'train', 'train'],
    passengers: 1,
    preference: 'balanced',
    traveller: {},
  });
  assert.equal(again.cached, true);
});

test('whatever changes the answer is another question', async () => {
  await search();
  for (const over of [
    { passengers: 2 },
    { preference: 'CHEAPEST' },
    { time: '08:00' },
    { time: '08:00', arriveBy: true },
    { modes: ['train'] },
    { date: formatDate(asEpochDay(today + 11)) },
    { stops: [{ place: 'Jaipur', dwellMinutes: 60 }] },
    { traveller: { profession: 'STUDENT' } },
    { origin: 'New Delhi' },
  ] satisfies Partial<SearchRequestInput>[])
    assert.equal((await search(over)).cached, false, JSON.stringify(over));
  assert.equal((await search({}, morning, plannerOf('n2'))).cached, false, 'another network');
  assert.equal((await search({}, morning, { ...planner, tables: 'edited' })).cached, false, 'edited tables');
});

test('"any time today" is another question a minute later: nothing that has left is shown', async () => {
  const day = formatDate(today);
  assert.equal((await search({ date: day })).cached, false);
  assert.equal((await search({ date: day }, morning + 20_000)).cached, true);
  const later = await search({ date: day }, morning + 60_000);
  assert.equal(later.cached, false);
  assert.ok(later.routes.every((route) => Date.parse(route.departure) >= morning + 60_000));
});

test('what cannot be searched is refused, not kept', async () => {
  await assert.rejects(search({ origin: 'Qwxyz' }), { code: 'PLACE_NOT_FOUND' });
  const { rows } = await db.app.query({ text: 'SELECT count(*) AS n FROM cache_leases' });
  assert.equal(rows[0]?.['n'], 0);
});
