/** Searches without an answer on the real sample network: what to ask instead does have one. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { SearchId } from '../../units/ids.ts';
import { asEpochDay, formatDate, instantOf, parseDate } from '../../units/time.ts';
import { compileSample } from '../networks/index.ts';
import { PlaceIndex, readGazetteer } from '../places/index.ts';
import { type SearchRequestInput, searchRequestSchema, type SearchResponse } from './contract.ts';
import { createPlanner, searchJourneys } from './index.ts';

const today = parseDate('2026-11-25')!;
const { image } = compileSample(today);
const planner = createPlanner(image, new PlaceIndex(readGazetteer(), image), {
  id: 'sample',
  name: 'sample',
  sample: true,
  rolled: false,
  validFrom: formatDate(today),
  validTo: formatDate(asEpochDay(today + 364)),
});
const search = (request: SearchRequestInput): Promise<SearchResponse> =>
  searchJourneys(planner, searchRequestSchema.parse(request), {
    searchId: 'test' as SearchId,
    now: instantOf(today, 570, 'Asia/Kolkata') * 60_000,
  });

describe('nearest alternatives', () => {
  test('of an answer there are none', async () => {
    const { routes, alternatives } = await search({
      origin: 'Delhi',
      destination: 'Agra',
      date: '2026-12-15',
    });
    assert.ok(routes.length > 0);
    assert.deepEqual(alternatives, []);
  });

  test('more modes, and by them there is a way', async () => {
    const asked = { origin: 'Port Blair', destination: 'Kolkata', date: '2026-12-16' };
    const { routes, alternatives } = await search({ ...asked, modes: ['train'] });
    assert.equal(routes.length, 0);
    assert.deepEqual(
      alternatives.map(({ kind, modes }) => [kind, modes]),
      [['MODES', ['train', 'flight']]],
    );
    assert.ok((await search({ ...asked, modes: alternatives[0]!.modes! })).routes.length > 0);
  });

  test('without the stop that cannot be visited', async () => {
    const asked = { origin: 'Delhi', destination: 'Jaipur', date: '2026-12-16', modes: ['train'] } as const;
    const stops = [
      { place: 'Agra', dwellMinutes: 60 },
      { place: 'Port Blair', dwellMinutes: 60 },
    ];
    const { routes, alternatives } = await search({ ...asked, modes: [...asked.modes], stops });
    assert.equal(routes.length, 0);
    const drop = alternatives.find(({ kind }) => kind === 'STOPS')!;
    assert.deepEqual([drop.dropStop, drop.text], [1, 'Without the stop at Port Blair there is a way.']);
    const left = { ...asked, modes: [...asked.modes], stops: stops.toSpliced(drop.dropStop!, 1) };
    assert.ok((await search(left)).routes.length > 0);
  });

  test('beyond the timetable its last day that has a way', async () => {
    const asked = { origin: 'Delhi', destination: 'Agra' };
    const { routes, alternatives, notes } = await search({ ...asked, date: '2028-01-01' });
    assert.equal(routes.length, 0);
    assert.ok(notes.some(({ code }) => code === 'OUTSIDE_TIMETABLE'));
    assert.deepEqual(
      alternatives.map(({ kind, date }) => [kind, date]),
      [['DATE', planner.network.validTo]],
    );
    assert.ok((await search({ ...asked, date: alternatives[0]!.date! })).routes.length > 0);
  });

  test('from the middle of nowhere the towns near it, nearest first', async () => {
    // In the Rann of Kutch, 60 km from anything.
    const place = { id: 'rann', name: 'Great Rann', lat: 24.05, lng: 70.5 };
    const { routes, alternatives } = await search({
      origin: place,
      destination: 'Mumbai',
      date: '2026-12-16',
      modes: ['train'],
    });
    assert.equal(routes.length, 0);
    assert.ok(alternatives.length > 0);
    const near = alternatives.filter(({ kind }) => kind === 'ORIGIN');
    assert.ok(near.length > 0, JSON.stringify(alternatives));
    for (const { place: town, text } of near) {
      assert.match(text, /^From [A-Z].*, \d+ km away, there is a way\.$/);
      const there = await search({
        origin: town!,
        destination: 'Mumbai',
        date: '2026-12-16',
        modes: ['train'],
      });
      assert.ok(there.routes.length > 0, text);
    }
  });

  test('where nothing helps there is none', async () => {
    const sea = { id: 'sea', name: 'Bay of Bengal', lat: 15, lng: 88 };
    const { routes, alternatives } = await search({ origin: 'Mumbai', destination: sea, date: '2026-12-16' });
    assert.deepEqual([routes, alternatives], [[], []]);
  });
});

test('at two in the morning the metro is closed: the way is a taxi at the night tariff, never a metro', async () => {
  // The Airport Express of Delhi begins at 04:45, every other metro later.
  const firstMetro = 4 * 60 + 45;
  let metrosSeen = 0;
  for (const [origin, destination] of [
    ['Noida', 'DEL'],
    ['Gurugram', 'New Delhi'],
    ['BLR', 'KSR Bengaluru'],
    ['Howrah', 'CCU'],
  ] as const) {
    const { routes } = await search({ origin, destination, date: '2026-12-12', time: '02:00' });
    const metros = routes.flatMap(({ legs }) => legs.filter(({ mode }) => mode === 'metro'));
    for (const { departure, line } of metros) {
      const minute = Number(departure.slice(11, 13)) * 60 + Number(departure.slice(14, 16));
      assert.ok(minute >= firstMetro, `${line!.name} at ${departure}`);
    }
    metrosSeen += metros.length;
    const now = routes.filter(({ departure }) => Number(departure.slice(11, 13)) < 4);
    const taxi = now.find(({ legs }) => legs.length === 1 && legs[0]!.mode === 'taxi')!;
    assert.equal(taxi.departure, '2026-12-12T02:00+05:30', `${origin} → ${destination}`);
    const [leg] = taxi.legs;
    const fare = leg!.fares.find(({ classCode }) => classCode === leg!.price!.classCode)!;
    const nightly = fare.notes.some(({ code }) => code === 'NIGHT_TARIFF');
    // Karnataka's cab fares know no night.
    assert.equal(nightly, origin !== 'BLR', `${origin} → ${destination}`);
  }
  assert.ok(metrosSeen > 0);
});
