/** The human form of real answers on the sample network. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { searchRequestSchema, type SearchResponse } from '../features/journeys/contract.ts';
import { createPlanner, searchJourneys } from '../features/journeys/index.ts';
import { compileSample } from '../features/networks/index.ts';
import { PlaceIndex, readGazetteer } from '../features/places/index.ts';
import type { SearchId } from '../units/ids.ts';
import { asEpochDay, formatDate, formatShortDate, instantOf } from '../units/time.ts';
import { searchText } from './searchText.ts';
import { displayWidth } from './terminal.ts';

const today = asEpochDay(Math.floor(Date.now() / 86_400_000));
const { image } = compileSample(today);
const planner = createPlanner(image, new PlaceIndex(readGazetteer(), image), {
  id: 'sample',
  name: 'sample',
  sample: true,
  rolled: false,
  validFrom: formatDate(today),
  validTo: formatDate(asEpochDay(today + 364)),
});
const date = formatDate(asEpochDay(today + 10));
const search = (origin: string, destination: string, over: object = {}): Promise<SearchResponse> =>
  searchJourneys(planner, searchRequestSchema.parse({ origin, destination, date, ...over }), {
    searchId: 'test' as SearchId,
    now: instantOf(today, 570, 'Asia/Kolkata') * 60_000,
  });

test('options and legs fit 100 columns, for long ways too', async () => {
  for (const [from, to] of [
    ['Noida', 'Bangalore'],
    ['Imphal', 'Bhuj'],
    ['Amritsar', 'Kanniyakumari'],
    ['Delhi', 'Noida'],
  ] as const) {
    const text = searchText(await search(from, to));
    for (const line of text.split('\n')) assert.ok(displayWidth(line) <= 100, line);
  }
});

test('dates and modes are words, every option is listed once, and the picks point at options', async () => {
  const answer = await search('Noida', 'Bangalore');
  const [title, table, best] = searchText(answer).split('\n\n');
  assert.ok(title?.endsWith(`, ${formatShortDate(date)} ${date.slice(0, 4)}`), title);
  const rows = table!.split('\n').slice(1);
  assert.equal(rows.length, answer.routes.length);
  assert.match(table!, /taxi \+ flight \+ taxi/);
  rows.forEach((row, index) => {
    const { departure } = answer.routes[index]!;
    assert.ok(row.includes(`${formatShortDate(departure.slice(0, 10))} ${departure.slice(11, 16)}`), row);
  });
  const fastest = answer.routes.findIndex((route) => route.id === answer.picks.FASTEST) + 1;
  assert.match(best!, new RegExp(`^Fastest: ${fastest} · cheapest: \\d+ · balanced: \\d+ · safest: \\d+$`));
});

test('no route is said with what to do', async () => {
  const text = searchText(await search('Noida', 'Bangalore', { modes: ['ferry'] }));
  assert.match(text, /No route was found\./);
  assert.match(text, /allow more modes or another time/);
});

test('what a traveller saves and which changes are tight or risky stand below the legs', async () => {
  const traveller = { gender: 'FEMALE', domicileState: 'Karnataka' };
  const hers = searchText(await search('Bengaluru', 'Mysuru', { traveller }));
  assert.match(hers, /\n {3}Saves ₹\d+, then about ₹\d+: Shakti: free rides for women/);
  assert.doesNotMatch(searchText(await search('Bengaluru', 'Mysuru')), /Saves/);
  const answer = await search('Puri', 'Shirdi');
  const told = searchText(answer).replaceAll(/\s+/g, ' ');
  const changes = answer.routes.flatMap(({ risk }) => risk!.changes);
  const spoken = changes.filter(({ word }) => word === 'TIGHT' || word === 'RISKY');
  assert.ok(spoken.length > 0 && spoken.length < changes.length);
  for (const { word, place, text } of spoken)
    assert.ok(told.includes(`${word === 'TIGHT' ? 'Tight' : 'Risky'} change at ${place}: ${text}`), text);
  assert.equal(told.match(/(?:Tight|Risky) change at /g)?.length, spoken.length);
});
