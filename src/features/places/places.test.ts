import assert from 'node:assert/strict';
import { test } from 'node:test';
import { modeMask, type ModeName } from '../../engine/timetable/modes.ts';
import { AppError } from '../../errors.ts';
import { clusterLinks, type LinkHub } from './clusterLinks.ts';
import { displayName, fold, withinOneEdit } from './folding.ts';
import { readGazetteer } from './gazetteer.ts';
import { suggestPlaces } from './matchPlaces.ts';
import { matchHubs, type NetworkStops, StopGrid } from './networkStops.ts';
import { PlaceIndex } from './placeIndex.ts';
import { hindiNames } from './placeNames.ts';
import { areaOf, resolvePlace } from './resolvePlace.ts';
import { travelBy, usualTravel } from './roadTravel.ts';

interface Stop {
  readonly name: string;
  readonly code: string;
  readonly lat: number;
  readonly lng: number;
  readonly mode: ModeName;
  readonly daily?: number;
  readonly parent?: number;
}

const network = (stops: readonly Stop[]): NetworkStops => ({
  stopCount: stops.length,
  stopId: (stop) => `s${stop}`,
  stopName: (stop) => stops[stop]!.name,
  stopCode: (stop) => stops[stop]!.code,
  stopLat: (stop) => stops[stop]!.lat,
  stopLng: (stop) => stops[stop]!.lng,
  stopParent: (stop) => stops[stop]!.parent,
  departuresPerDay: (stop) => stops[stop]!.daily ?? 10,
  stopModes: (stop) => modeMask([stops[stop]!.mode]),
});

/** A rail feed as Indian Railways print it: capitals, codes, an airport code that is a station code too. */
const railFeed = network([
  { name: 'NEW DELHI', code: 'NDLS', lat: 28.6425, lng: 77.2202, mode: 'train', daily: 300 },
  { name: 'KSR BENGALURU', code: 'SBC', lat: 12.9778, lng: 77.5683, mode: 'train', daily: 120 },
  { name: 'ATARIA', code: 'AA', lat: 27.1728, lng: 80.861, mode: 'train', daily: 4 },
  { name: 'NEW DELHI PLATFORM 1', code: '', lat: 28.6425, lng: 77.2203, mode: 'train', parent: 0 },
  { name: 'GWALIOR JN.', code: 'GWL', lat: 26.2163, lng: 78.1822, mode: 'train', daily: 150 },
]);

const index = new PlaceIndex(readGazetteer(), railFeed);
const firstId = (text: string): string | undefined => suggestPlaces(index, text)[0]?.id;

test('a stop and a hub are found by the names that their feed gives in other languages', () => {
  const names = new Map([
    ['s0', ['ਨਵੀਂ ਦਿੱਲੀ ਸਟੇਸ਼ਨ']],
    ['s2', ['अटरिया', 'اٹریا']],
  ]);
  const translated = new PlaceIndex(readGazetteer(), railFeed, names);
  for (const [text, id] of [
    ['ਨਵੀਂ ਦਿੱਲੀ ਸਟੇਸ਼ਨ', 'hub:NDLS'],
    ['अटरिया', 'stop:s2'],
    ['اٹریا', 'stop:s2'],
  ] as const) {
    const [first] = suggestPlaces(translated, text);
    assert.deepEqual([first?.id, first?.matched], [id, text]);
    assert.notEqual(firstId(text), id, 'only with the names');
  }
});

test('names are folded: accents, case, punctuation and nukta do not matter', () => {
  assert.equal(fold('  Śrī   Gaṅgā-nagar Jn.'), 'sri ganga nagar jn');
  assert.equal(fold('गाज़ियाबाद'), fold('गाजियाबाद'));
});

test('names that a feed prints in capitals become readable, station codes stay', () => {
  assert.equal(displayName('KSR BENGALURU'), 'KSR Bengaluru');
  assert.equal(displayName('GWALIOR JN.'), 'Gwalior Junction');
  assert.equal(displayName('12951 MUMBAI RAJDHANI'), '12951 Mumbai Rajdhani');
  assert.equal(displayName('Already Fine JN'), 'Already Fine JN');
});

test('one edit is one insertion, deletion, replacement or swap', () => {
  for (const typo of ['bangalor', 'bangalorre', 'bangalure', 'bangaloer', 'bangalore'])
    assert.equal(withinOneEdit(typo, 'bangalore'), true, typo);
  for (const other of ['bangal', 'mangalure', 'bagnaloer'])
    assert.equal(withinOneEdit(other, 'bangalore'), false, other);
});

test('what people type finds the place they mean first', () => {
  const meant: Record<string, string> = {
    Noida: 'city:noida',
    Bombay: 'city:mumbai',
    Madras: 'city:chennai',
    Bangalore: 'city:bengaluru',
    Banglore: 'city:bengaluru',
    दिल्ली: 'city:delhi',
    गाजियाबाद: 'city:ghaziabad',
    NDLS: 'hub:NDLS',
    ndls: 'hub:NDLS',
    'New Delhi': 'hub:NDLS',
    'KSR Bengaluru': 'hub:SBC',
    'New Delhi (NDLS), Delhi': 'hub:NDLS',
    'something else (SBC)': 'hub:SBC',
    PUNE: 'city:pune',
    delh: 'city:delhi',
    Ataria: 'stop:s2',
  };
  const found = Object.fromEntries(Object.keys(meant).map((text) => [text, firstId(text)]));
  assert.deepEqual(found, meant);
});

test('a city comes first, then its stations and airports, at most eight in all', () => {
  const rows = suggestPlaces(index, 'Delhi');
  assert.equal(rows.length, 8);
  assert.equal(rows[0]?.id, 'city:delhi');
  assert.match(rows[0].detail, /^\d stations, 1 airport, \d bus stands$/);
  assert.equal(rows[1]?.id, 'hub:NDLS', 'the busiest station of the network is next');
  assert.deepEqual(new Set(rows.slice(1).map((row) => row.city)), new Set(['Delhi']));
});

test('places are named in Hindi by the names they go by; a city says what it has', () => {
  const names = hindiNames(index);
  assert.equal(names['Delhi'], 'दिल्ली');
  assert.equal(names['New Delhi'], 'नई दिल्ली');
  assert.equal(names['Ataria'], undefined, 'a stop without a Hindi name keeps its own');
  assert.ok(Object.values(names).every((name) => /^[\u0900-\u097F]/.test(name)));
  const { hubs, served, detail } = index.find('city:delhi')!.place;
  assert.match(detail, new RegExp(`^${hubs?.station} stations, ${hubs?.airport} airport`));
  assert.equal(served, true);
  assert.equal(index.find('hub:DEL')!.place.served, false);
});

test('an alias that matched is shown, a name is not repeated', () => {
  assert.equal(suggestPlaces(index, 'Bombay')[0]?.matched, 'Bombay');
  assert.equal(suggestPlaces(index, 'Mumbai')[0]?.matched, null);
});

test('a hub is matched to its stop by code and brings its platforms; an airport is not a station of its code', () => {
  assert.deepEqual(index.find('hub:NDLS')?.stops, [0, 3]);
  const gwalior = [...matchHubs(readGazetteer(), railFeed)].filter(([hub]) => hub.code === 'GWL');
  assert.deepEqual(
    gwalior.map(([hub, stops]) => [hub.kind, stops]),
    [['station', [4]]],
  );
  assert.match(index.find('hub:DEL')!.place.detail, /not in the active timetable/);
});

test('a stop of the network that no hub is stands for itself, with a readable name', () => {
  const known = index.find('stop:s2');
  assert.equal(known?.place.displayName, 'Ataria (AA)');
  assert.equal(index.placeOfStop(3)?.place.id, 'hub:NDLS');
});

test('a text resolves to one place; a typo is said; an unknown one names suggestions', () => {
  assert.equal(resolvePlace(index, 'Noida', 'origin').location.id, 'city:noida');
  const { note } = resolvePlace(index, 'Bangalroe', 'origin');
  assert.equal(note?.code, 'PLACE_READ_AS');
  assert.match(note.text, /was read as Bengaluru/);
  assert.throws(
    () => resolvePlace(index, 'Bengxyzru', 'destination'),
    (error) => {
      assert.ok(error instanceof AppError);
      assert.equal(error.code, 'PLACE_NOT_FOUND');
      assert.equal(error.facts['field'], 'destination');
      assert.ok((error.facts['suggestions'] as string[]).some((name) => name.startsWith('Bengaluru')));
      return true;
    },
  );
});

test('a location object keeps its place by id only when it lies there', () => {
  const here = { id: 'city:delhi', name: 'Delhi', lat: 28.61, lng: 77.21 };
  assert.equal(resolvePlace(index, here, 'origin').kind, 'city');
  assert.equal(resolvePlace(index, { ...here, lat: 19.07, lng: 72.87 }, 'origin').kind, 'address');
  assert.equal(
    resolvePlace(index, { id: 'x', name: 'Home', lat: 28.58, lng: 77.33 }, 'origin').cityId,
    'noida',
  );
});

test('the area of a place is its city, whatever it is called', () => {
  const at = (lat: number, lng: number, id = 'x') =>
    areaOf(index, { id, name: 'Asha, 12 Hill Road', lat, lng });
  assert.equal(at(28.58, 77.33), 'city:noida');
  assert.equal(at(28.61, 77.21, 'city:delhi'), 'city:delhi');
  assert.equal(at(28.64, 77.22, 'hub:NDLS'), 'city:delhi');
  assert.equal(at(19.07, 72.87, 'city:delhi'), 'city:mumbai', 'an id that lies elsewhere is none');
  assert.equal(at(27.5, 70.2), null, 'in the desert');
});

test('the grid finds exactly the stops within a radius, nearest first', () => {
  let seed = 7;
  const random = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  const many = network(
    Array.from({ length: 400 }, (_, number) => ({
      name: `S${number}`,
      code: '',
      lat: 28 + random(),
      lng: 77 + random(),
      mode: 'bus' as const,
    })),
  );
  const grid = new StopGrid(many);
  const at = { lat: 28.51, lng: 77.49 };
  const found = grid.near(at, 20);
  const kms = found.map(({ km }) => km);
  assert.deepEqual(
    kms,
    kms.toSorted((a, b) => a - b),
  );
  assert.ok(kms.every((km) => km <= 20));
  const everything = grid.near(at, 500);
  assert.equal(everything.length, 400);
  assert.equal(everything.filter(({ km }) => km <= 20).length, found.length);
});

test('short ways are walked, longer ones driven, and each kilometre takes time', () => {
  assert.equal(usualTravel(0.5)?.vehicle, 'walk');
  assert.equal(usualTravel(5)?.vehicle, 'auto');
  assert.equal(usualTravel(30)?.vehicle, 'taxi');
  assert.equal(usualTravel(300), null);
  let before = 0;
  for (let km = 1; km <= 110; km++) {
    const { minutes } = travelBy('taxi', km);
    assert.ok(minutes >= before, `${km} km`);
    before = minutes;
  }
  // NDLS–NZM, 8 km by road: 40–60 minutes by the facts sheet; our taxi waits 8 and drives 24.
  assert.ok(travelBy('taxi', 8 / 1.3).minutes >= 30);
});

test('links join the hubs of one cluster only, both ways, with more time to catch a flight than to leave one', () => {
  const hubs: LinkHub[] = [
    { stop: 0, kind: 'station', city: 'delhi', lat: 28.6425, lng: 77.2202 },
    { stop: 1, kind: 'airport', city: 'delhi', lat: 28.5562, lng: 77.1 },
    { stop: 2, kind: 'metro', city: 'delhi', lat: 28.643, lng: 77.222 },
    { stop: 3, kind: 'metro', city: 'delhi', lat: 28.58, lng: 77.05 },
    { stop: 4, kind: 'station', city: 'mumbai', lat: 18.9707, lng: 72.8194 },
  ];
  const links = clusterLinks(hubs);
  const find = (from: number, to: number) => links.find((link) => link.from === from && link.to === to);
  assert.ok(find(0, 1)!.minutes > find(1, 0)!.minutes);
  assert.equal(find(0, 2)?.kind, 'walk');
  assert.equal(find(2, 3), undefined, 'metro to metro goes by metro');
  assert.equal(find(0, 3), undefined, 'a metro station too far to walk is not linked');
  assert.ok(links.every((link) => link.from !== 4 && link.to !== 4));
});
