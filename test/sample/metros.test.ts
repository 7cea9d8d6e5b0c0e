import assert from 'node:assert/strict';
import { test } from 'node:test';
import { distanceKm } from '../../src/units/geo.ts';
import { byColumn, chainKm, insideIndia, isClock, isHindi, list, number, positionOf } from './tables.ts';
import { readTable, type Row, text } from './tables.ts';

const MOST_KM_FROM_CITY = 60;
// The Airport Express of Delhi runs 6.5 km from Shivaji Stadium to Dhaula Kuan.
const MOST_KM_BETWEEN_STATIONS = 7;
const LEAST_KM_BETWEEN_STATIONS = 0.4;
const SLOWEST_KMH = 20;
const FASTEST_KMH = 70;
const FASTEST_AIRPORT_EXPRESS_KMH = 90;

function faultsInStations(stations: readonly Row[], cities: readonly Row[]): string[] {
  const cityOf = byColumn(cities, 'id');
  const faults: string[] = [];
  const seen = new Set<string>();
  for (const station of stations) {
    const code = text(station, 'code');
    const city = cityOf.get(text(station, 'city'));
    const name = `${code.slice(0, 6)}${station['name']}`;
    if (!/^M-[A-Z]{3}-[A-Z0-9]+$/.test(code)) faults.push(`${code}: malformed code`);
    if (seen.has(code)) faults.push(`${code}: code given twice`);
    // An interchange is one station with one code.
    if (seen.has(name)) faults.push(`${code}: name given twice`);
    seen.add(code).add(name);
    if (!isHindi(text(station, 'hindi'))) faults.push(`${code}: no Hindi name`);
    if (!insideIndia(positionOf(station))) faults.push(`${code}: outside India`);
    else if (!city) faults.push(`${code}: unknown city ${station['city']}`);
    else if (distanceKm(positionOf(station), positionOf(city)) > MOST_KM_FROM_CITY)
      faults.push(`${code}: far from ${city['name']}`);
  }
  return faults;
}

function faultsInRun(line: Row, stations: readonly Row[]): string[] {
  const faults: string[] = [];
  for (const [i, station] of stations.entries()) {
    const before = stations[i - 1];
    const km = before ? distanceKm(positionOf(before), positionOf(station)) : Number.NaN;
    if (km > MOST_KM_BETWEEN_STATIONS) faults.push(`${before?.['code']} to ${station['code']} too far`);
    if (km < LEAST_KM_BETWEEN_STATIONS) faults.push(`${before?.['code']} to ${station['code']} too near`);
  }
  const speed = chainKm(stations.map(positionOf)) / (number(line, 'minutes') / 60);
  const limit = text(line, 'line').includes('Airport Express') ? FASTEST_AIRPORT_EXPRESS_KMH : FASTEST_KMH;
  if (!(speed >= SLOWEST_KMH && speed <= limit)) faults.push(`${speed.toFixed()} km/h`);
  return faults;
}

function faultsInLines(lines: readonly Row[], stations: readonly Row[], cities: readonly Row[]): string[] {
  const stationOf = byColumn(stations, 'code');
  const cityIds = new Set(cities.map((city) => city['id']));
  const faults: string[] = [];
  const used = new Set<string>();
  for (const line of lines) {
    const name = `${line['city']} ${line['line']}`;
    const codes = list(text(line, 'stations'));
    const known = codes.map((code) => stationOf.get(code)).filter((station) => station !== undefined);
    const found = known.length < codes.length ? ['unknown station'] : faultsInRun(line, known);
    if (used.has(name)) found.push('given twice');
    if (!cityIds.has(line['city'])) found.push('unknown city');
    if (codes.length < 2 || new Set(codes).size < codes.length) found.push('too few stations, or one twice');
    if (!/^#[0-9a-f]{6}$/.test(text(line, 'color'))) found.push(`color "${line['color']}"`);
    const [first, last] = [text(line, 'first'), text(line, 'last')];
    if (!isClock(first) || !isClock(last) || first >= last) found.push(`hours ${first}–${last}`);
    const headway = number(line, 'headway');
    if (!(headway >= 2 && headway <= 30)) found.push(`headway ${headway}`);
    for (const code of [name, ...codes]) used.add(code);
    for (const fault of found) faults.push(`${name}: ${fault}`);
  }
  for (const code of stationOf.keys()) if (!used.has(code)) faults.push(`${code}: on no line`);
  return faults;
}

/** Hubs that have no metro station within `km` kilometres. */
function withoutMetro(codes: readonly string[], stations: readonly Row[], km: number): string[] {
  const hubOf = byColumn(readTable('gazetteer/hubs.csv'), 'code');
  return codes.filter((code) => {
    const hub = hubOf.get(code);
    return !hub || !stations.some((station) => distanceKm(positionOf(hub), positionOf(station)) <= km);
  });
}

const stations = readTable('sample/metro_stations.csv');
const lines = readTable('sample/metro_lines.csv');
const cities = readTable('gazetteer/cities.csv');

test('sample metro stations and lines are plausible', () => {
  assert.deepEqual(faultsInStations(stations, cities), []);
  assert.deepEqual(faultsInLines(lines, stations, cities), []);
});

/** Stations and route kilometres that each network has at least; positions give a few per cent less than the track. */
const SIZES: Readonly<Record<string, readonly [stations: number, km: number]>> = {
  delhi: [245, 350],
  mumbai: [66, 70],
  bengaluru: [82, 88],
  chennai: [40, 48],
  hyderabad: [55, 58],
  kolkata: [52, 60],
};

test('the six metros are there with all their stations', () => {
  for (const [city, [least, km]] of Object.entries(SIZES)) {
    const own = lines.filter((line) => line['city'] === city);
    const codes = own.map((line) => list(text(line, 'stations')));
    const stationOf = byColumn(stations, 'code');
    const length = codes.map((chain) => chainKm(chain.map((code) => positionOf(stationOf.get(code)!))));
    assert.ok(new Set(codes.flat()).size >= least, `${city}: ${new Set(codes.flat()).size} stations`);
    assert.ok(Math.max(...length) > 20, `${city}: no long line`);
    assert.ok(length.reduce((sum, one) => sum + one, 0) >= km, `${city}: ${length.join(' + ')} km`);
  }
});

test('the metro meets the railway termini and airports it serves', () => {
  const termini = 'NDLS DLI NZM ANVT CSMT MMCT SBC YPR MAS MS SC HYB HWH SDAH'.split(' ');
  assert.deepEqual(withoutMetro(termini, stations, 1.5), []);
  assert.deepEqual(withoutMetro(['DEL', 'BOM', 'MAA', 'CCU'], stations, 2.5), []);
  assert.deepEqual(withoutMetro(['NDLS', 'BLR', 'QQQ'], stations, 2.5), ['BLR', 'QQQ']);
});

test('planted bad metro stations are found', () => {
  const station = { code: 'M-DEL-X', city: 'delhi', name: 'X', lat: '28.633', lng: '77.220', hindi: 'क' };
  assert.deepEqual(faultsInStations([station], cities), []);
  const found = (change: Row, expected: RegExp): void =>
    assert.match(faultsInStations([{ ...station, ...change }], cities).join('\n'), expected);
  found({ lat: '77.220', lng: '28.633' }, /outside India/);
  found({ lat: '' }, /outside India/);
  found({ lat: '27.633' }, /far from Delhi/);
  found({ city: 'atlantis' }, /unknown city/);
  found({ code: 'RAJIVCHOWK' }, /malformed code/);
  found({ hindi: 'Rajiv Chowk' }, /no Hindi name/);
  found({ hindi: 'सेक्टर V' }, /no Hindi name/);
  assert.match(faultsInStations([station, station], cities).join('\n'), /code given twice/);
  assert.match(
    faultsInStations([station, { ...station, code: 'M-DEL-Y' }], cities).join('\n'),
    /name given twice/,
  );
});

test('planted bad metro lines are found', () => {
  const four = stations.filter((station) =>
    ['M-DEL-NEWDELHI', 'M-DEL-RAJIVCHOWK', 'M-DEL-PATELCHOWK', 'M-DEL-CENTRALSEC'].includes(
      text(station, 'code'),
    ),
  );
  const line = {
    city: 'delhi',
    line: 'Yellow Line',
    color: '#ffd200',
    first: '05:30',
    last: '23:00',
    headway: '4',
    minutes: '7',
    stations: four.map((station) => station['code']).join(';'),
  };
  assert.deepEqual(faultsInLines([line], four, cities), []);
  const found = (change: Row, expected: RegExp): void =>
    assert.match(faultsInLines([{ ...line, ...change }], four, cities).join('\n'), expected);
  found({ minutes: '2' }, /km\/h/);
  found({ minutes: '20' }, /km\/h/);
  found({ minutes: '' }, /NaN km\/h/);
  found({ stations: `${line.stations};M-DEL-NOWHERE` }, /unknown station/);
  found({ stations: `${line.stations};M-DEL-NEWDELHI` }, /one twice/);
  found({ stations: 'M-DEL-NEWDELHI;M-DEL-RAJIVCHOWK' }, /M-DEL-PATELCHOWK: on no line/);
  found({ color: 'yellow' }, /color "yellow"/);
  found({ first: '23:30' }, /hours/);
  found({ headway: '0' }, /headway 0/);
  found({ city: 'atlantis' }, /unknown city/);
  assert.match(faultsInLines([line, line], four, cities).join('\n'), /given twice/);
  // Fast enough only as an airport express.
  assert.match(faultsInLines([{ ...line, minutes: '2.5' }], four, cities).join('\n'), /km\/h/);
  assert.deepEqual(faultsInLines([{ ...line, line: 'Airport Express', minutes: '2.5' }], four, cities), []);
  const near = [four[0]!, { ...four[1], lat: four[0]!['lat'], lng: four[0]!['lng'] }, ...four.slice(2)];
  assert.match(faultsInLines([line], near, cities).join('\n'), /too near/);
  const far = [...four.slice(0, 3), { ...four[3], lat: '28.400' }];
  assert.match(faultsInLines([line], far, cities).join('\n'), /too far/);
});
