import assert from 'node:assert/strict';
import { test } from 'node:test';
import { distanceKm } from '../../src/units/geo.ts';
import { byColumn, insideIndia, isHindi, list, number, positionOf, readTable } from './tables.ts';
import { type Row, text } from './tables.ts';

// The farthest true hub is Kullu–Manali airport at Bhuntar, 41 km from Manali.
const HUB_WITHIN_KM = 45;
const CODE_OF_KIND: Record<string, RegExp> = {
  station: /^[A-Z]{1,5}$/,
  airport: /^[A-Z]{3}$/,
  bus_stand: /^BS-[A-Z_]+-[A-Z0-9]+$/,
};

function faultsInCities(cities: readonly Row[]): string[] {
  const faults: string[] = [];
  const ids = new Set<string>();
  const ownerOfName = new Map<string, string>();
  for (const city of cities) {
    const id = text(city, 'id');
    const fault = (message: string): number => faults.push(`${id}: ${message}`);
    if (!/^[a-z][a-z_]*$/.test(id)) fault('not a slug');
    if (ids.has(id)) fault('given twice');
    ids.add(id);
    if (text(city, 'name') === '' || text(city, 'state') === '') fault('no name or no state');
    if (!isHindi(text(city, 'hindi'))) fault('Hindi name is not in Devanagari');
    if (!/^[1-4]$/.test(text(city, 'importance'))) fault('importance is not 1–4');
    if (!insideIndia(positionOf(city))) fault('position outside India');
    for (const name of [text(city, 'name'), ...list(text(city, 'aliases'))]) {
      const owner = ownerOfName.get(name.toLowerCase());
      if (name === '' || owner === id) fault(`alias "${name}" is empty or repeated`);
      else if (owner) fault(`"${name}" also names ${owner}`);
      ownerOfName.set(name.toLowerCase(), id);
    }
  }
  return faults;
}

function faultsInHubs(hubs: readonly Row[], cities: readonly Row[]): string[] {
  const cityOf = byColumn(cities, 'id');
  const faults: string[] = [];
  const codes = new Set<string>();
  const names = new Set<string>();
  for (const hub of hubs) {
    const [code, kind, city] = [text(hub, 'code'), text(hub, 'kind'), cityOf.get(text(hub, 'city'))];
    const fault = (message: string): number => faults.push(`${kind} ${code}: ${message}`);
    // Unique within a kind: LKO, GWL and TCR are both a station code and an IATA code.
    if (codes.has(`${kind} ${code}`)) fault('given twice');
    codes.add(`${kind} ${code}`);
    if (names.has(`${kind} ${text(hub, 'name')}`)) fault('another hub has its name');
    names.add(`${kind} ${text(hub, 'name')}`);
    if (!CODE_OF_KIND[kind]?.test(code)) fault('unknown kind, or a code that is none of its kind');
    if (kind === 'bus_stand' && !code.startsWith(`BS-${text(hub, 'city').toUpperCase()}-`))
      fault('code does not name its city');
    if (text(hub, 'name') === '') fault('no name');
    if (!isHindi(text(hub, 'hindi'))) fault('Hindi name is not in Devanagari');
    if (list(text(hub, 'aliases')).some((alias) => alias === '')) fault('an empty alias');
    if (!insideIndia(positionOf(hub))) fault('position outside India');
    if (!city) fault('unknown city');
    else {
      const km = distanceKm(positionOf(hub), positionOf(city));
      if (!(km <= HUB_WITHIN_KM)) fault(`${km.toFixed()} km from ${city['id']}`);
    }
  }
  return faults;
}

const withoutHub = (hubs: readonly Row[], cities: readonly Row[]): string[] => {
  const served = new Set(hubs.map((hub) => text(hub, 'city')));
  return cities.map((city) => text(city, 'id')).filter((id) => !served.has(id));
};

const cities = readTable('gazetteer/cities.csv');
const hubs = readTable('gazetteer/hubs.csv');
const ofKind = (kind: string): Row[] => hubs.filter((hub) => hub['kind'] === kind);
const cityRow = (id: string): Row => cities.find((city) => city['id'] === id)!;
const hubRow = (code: string): Row => hubs.find((hub) => hub['code'] === code)!;

test('cities are distinct, named in two scripts and inside India', () => {
  assert.deepEqual(faultsInCities(cities), []);
});

test('hubs are distinct, coded by their kind and near their city', () => {
  assert.deepEqual(faultsInHubs(hubs, cities), []);
  assert.deepEqual(withoutHub(hubs, cities), []);
});

test('the gazetteer covers the country', () => {
  assert.ok(cities.length >= 240, `${cities.length} cities`);
  assert.ok(ofKind('airport').length >= 90, `${ofKind('airport').length} airports`);
  assert.ok(ofKind('bus_stand').length >= 150, `${ofKind('bus_stand').length} bus stands`);
  assert.ok(ofKind('station').length >= 280, `${ofKind('station').length} stations`);
  const states = new Set(cities.map((city) => city['state']));
  assert.ok(states.size >= 33, `${states.size} of 36 states and territories`);
});

test('positions agree with well-known great-circle distances', () => {
  const known: [string, string, number][] = [
    ['DEL', 'BOM', 1138],
    ['DEL', 'BLR', 1709],
    ['MAA', 'CCU', 1381],
    ['BOM', 'HYD', 623],
    ['DEL', 'GAU', 1456],
    ['COK', 'DEL', 2047],
  ];
  for (const [from, to, expected] of known) {
    const km = distanceKm(positionOf(hubRow(from)), positionOf(hubRow(to)));
    assert.ok(Math.abs(km - expected) < expected * 0.01, `${from}–${to}: ${km.toFixed()} km`);
  }
});

test('a wrong city row is found', () => {
  const wrong = (change: Record<string, string>): string[] =>
    faultsInCities([...cities.filter((city) => city['id'] !== 'delhi'), { ...cityRow('delhi'), ...change }]);
  const { lat, lng } = cityRow('delhi');
  assert.deepEqual(wrong({}), []);
  assert.deepEqual(wrong({ lat: lng!, lng: lat! }), ['delhi: position outside India']);
  assert.deepEqual(wrong({ lat: '' }), ['delhi: position outside India']);
  assert.deepEqual(wrong({ importance: '5' }), ['delhi: importance is not 1–4']);
  assert.deepEqual(wrong({ hindi: 'Delhi' }), ['delhi: Hindi name is not in Devanagari']);
  for (const hindi of ['दिल्ली NCR', 'दिििल्ली', 'दिल्', 'ीदिल्ली', 'अादिल', '12', ' दिल्ली', ''])
    assert.deepEqual(wrong({ hindi }), ['delhi: Hindi name is not in Devanagari'], hindi);
  assert.deepEqual(wrong({ aliases: 'Bombay' }), ['delhi: "Bombay" also names mumbai']);
  assert.deepEqual(wrong({ aliases: 'Dilli;' }), ['delhi: alias "" is empty or repeated']);
  assert.deepEqual(wrong({ id: 'New Delhi' }), ['New Delhi: not a slug']);
  assert.deepEqual(wrong({ state: '' }), ['delhi: no name or no state']);
  assert.deepEqual(faultsInCities([{ ...cityRow('pune') }, { ...cityRow('pune'), name: 'P', aliases: '' }]), [
    'pune: given twice',
  ]);
});

test('a wrong hub row is found', () => {
  const wrong = (change: Record<string, string>): string[] =>
    faultsInHubs([...hubs.filter((hub) => hub['code'] !== 'NDLS'), { ...hubRow('NDLS'), ...change }], cities);
  const { lat, lng } = hubRow('NDLS');
  assert.deepEqual(wrong({}), []);
  assert.match(wrong({ lat: lng!, lng: lat! }).join('; '), /outside India; station NDLS: \d+ km from delhi/);
  assert.deepEqual(wrong({ lat: String(number(hubRow('NDLS'), 'lat') - 1) }), [
    'station NDLS: 108 km from delhi',
  ]);
  assert.deepEqual(wrong({ city: 'dehli' }), ['station NDLS: unknown city']);
  assert.deepEqual(wrong({ code: 'HWH' }), ['station HWH: given twice']);
  assert.deepEqual(wrong({ name: 'Howrah Junction' }), ['station NDLS: another hub has its name']);
  assert.match(wrong({ kind: 'harbour' }).join(), /unknown kind/);
  assert.match(wrong({ code: 'BS-AGRA-NEW', kind: 'bus_stand' }).join(), /does not name its city/);
  assert.deepEqual(wrong({ aliases: ';' }), ['station NDLS: an empty alias']);
  assert.deepEqual(
    withoutHub(
      hubs.filter((hub) => hub['city'] !== 'leh'),
      cities,
    ),
    ['leh'],
  );
});
