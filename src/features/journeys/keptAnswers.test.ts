/** Answers kept as bytes in front of the route cache, on the real sample network. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import type { SearchId } from '../../units/ids.ts';
import { asEpochDay, formatDate, instantOf } from '../../units/time.ts';
import { compileSample } from '../networks/index.ts';
import { PlaceIndex, readGazetteer } from '../places/index.ts';
import { type SearchRequestInput, searchRequestSchema, type SearchResponse } from './contract.ts';
import { createPlanner, KeptAnswers, KeptSearch, type Planner, RouteCache } from './index.ts';

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
let answers: KeptAnswers;
let now: number;
before(async () => {
  db = await testDatabase();
  cache = new RouteCache(db.app, {
    onError: (error) => {
      throw error;
    },
  });
});
beforeEach(async () => {
  answers = new KeptAnswers();
  now = morning;
  await db.service.query({ text: 'DELETE FROM cached_routes' });
});
after(() => db.drop());

let searches = 0;
const newSearch = (): SearchId => `s${++searches}` as SearchId;
async function search(
  over: Partial<SearchRequestInput> = {},
  { text = JSON.stringify(over), by = planner, from = answers } = {},
): Promise<SearchResponse | KeptSearch> {
  const request = searchRequestSchema.parse({
    origin: 'Shimla',
    destination: 'Rishikesh',
    date: inTenDays,
    ...over,
  });
  const searchId = newSearch();
  const found = await from.search(by, request, text, { searchId, now, cache });
  assert.equal(found.searchId, searchId);
  assert.equal(found.facts.routesFound > 0, true);
  return found.answer;
}
const known = (text: string, by = planner): SearchResponse | KeptSearch | undefined =>
  answers.find(by, text, newSearch(), now)?.answer;
const isKept = (answer: SearchResponse | KeptSearch | undefined): boolean => answer instanceof KeptSearch;

test('computed, then read from the cache, then kept here: the same but for its id, plain and packed', async () => {
  const first = (await search()) as SearchResponse;
  const second = (await search()) as SearchResponse;
  assert.deepEqual([isKept(first), isKept(second), first.cached, second.cached], [false, false, false, true]);
  for (const third of [await search(), await search({}, { text: 'other words' }), known('{}')!]) {
    assert.ok(third instanceof KeptSearch);
    const plain = JSON.parse(Buffer.from(third.plain()).toString()) as SearchResponse;
    assert.deepEqual(plain, { ...second, searchId: third.searchId });
    assert.deepEqual(gunzipSync(await third.gzip()), Buffer.from(third.plain()));
    assert.equal(Object.keys(plain)[0], 'searchId');
  }
  assert.equal(answers.answered, 3);
});

test('what depends on a traveller, or on a door, is kept neither here nor under its words', async () => {
  const home = { id: 'home', name: "Asha's home", lat: 31.1, lng: 77.17 };
  for (const over of [{ traveller: { age: 65 } }, { origin: home }]) {
    for (let time = 0; time < 3; time++) assert.equal(isKept(await search(over)), false);
    assert.equal(known(JSON.stringify(over)), undefined);
  }
  const plain = (await search()) as SearchResponse;
  assert.equal(plain.routes[0]!.asked, undefined);
});

test('words mean what they mean for the minute and the timetable they were read in', async () => {
  const over = { date: undefined };
  for (let time = 0; time < 2; time++) await search(over);
  assert.ok(isKept(known(JSON.stringify(over))));
  now += 60_000; // "from now" is another question
  assert.equal(known(JSON.stringify(over)), undefined);
  assert.equal(isKept(await search(over)), false);
  now -= 60_000;
  for (let time = 0; time < 2; time++) await search();
  assert.ok(isKept(known('{}')));
  assert.equal(known('{}', plannerOf('n2')), undefined);
  assert.equal(isKept(await search({}, { by: plannerOf('n2') })), false);
});

test('a question of a date ahead stays when the minute turns', async () => {
  for (let time = 0; time < 2; time++) await search();
  now += 60_000;
  assert.equal(known('{}'), undefined);
  assert.ok(isKept(await search()));
  assert.ok(isKept(known('{}')));
});

test('nothing is kept longer than in the cache', async () => {
  await search();
  await db.service.query({
    text: "UPDATE cached_routes SET expires_at = clock_timestamp() + interval '400 ms'",
  });
  await search();
  assert.ok(isKept(known('{}')));
  await sleep(450);
  assert.equal(known('{}'), undefined);
  assert.equal(((await search()) as SearchResponse).cached, false);
});

test('the bytes are bounded: the oldest go', async () => {
  for (let time = 0; time < 3; time++) await search();
  const mostBytes = 2.5 * answers.bytes;
  const small = new KeptAnswers({ mostBytes });
  for (const passengers of [1, 2, 3, 4])
    for (let time = 0; time < 2; time++) await search({ passengers }, { from: small });
  assert.ok(small.bytes <= mostBytes && small.bytes > 0, `${small.bytes}`);
  assert.ok(isKept(await search({ passengers: 4 }, { from: small })));
  assert.equal(isKept(await search({ passengers: 1 }, { from: small })), false);
});
