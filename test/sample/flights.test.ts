import assert from 'node:assert/strict';
import { test } from 'node:test';
import { distanceKm } from '../../src/units/geo.ts';
import { byColumn, isClock, number, positionOf, readTable, type Row, text } from './tables.ts';

const AIRLINES = new Set([
  'IndiGo',
  'Air India',
  'Air India Express',
  'Akasa Air',
  'SpiceJet',
  'Alliance Air',
  'Star Air',
]);
// Block speed over great circle: below 250 km/h only the shortest hops (Delhi–Dehradun, 210 km in 55 minutes).
const SLOWEST_KMH = 200;
const FASTEST_KMH = 850;

function faultsInTimes(field: string): string[] {
  const faults: string[] = [];
  const clocks = new Set<string>();
  const flights = field.split(';').map((flight) => flight.trim());
  for (const flight of flights) {
    const clock = flight.slice(-5);
    if (!AIRLINES.has(flight.slice(0, -6))) faults.push(`unknown airline in "${flight}"`);
    if (!isClock(clock)) faults.push(`no departure time in "${flight}"`);
    if (clocks.has(clock)) faults.push(`two departures at ${clock}`);
    clocks.add(clock);
  }
  if (flights.length > 10) faults.push(`${flights.length} departures`);
  if ([...clocks].join() !== [...clocks].toSorted().join()) faults.push('departures out of order');
  return faults;
}

function faultsInFlights(rows: readonly Row[], hubs: readonly Row[]): string[] {
  const airports = byColumn(
    hubs.filter((hub) => hub['kind'] === 'airport'),
    'code',
  );
  const faults: string[] = [];
  const pairs = new Set<string>();
  for (const row of rows) {
    const pair = `${row['from']}-${row['to']}`;
    if (pairs.has(pair)) faults.push(`${pair}: given twice`);
    pairs.add(pair);
    const [from, to] = [airports.get(text(row, 'from')), airports.get(text(row, 'to'))];
    if (!from || !to || from === to) {
      faults.push(`${pair}: unknown airport`);
      continue;
    }
    const speed = distanceKm(positionOf(from), positionOf(to)) / (number(row, 'minutes') / 60);
    if (!(speed >= SLOWEST_KMH && speed <= FASTEST_KMH)) faults.push(`${pair}: ${speed.toFixed()} km/h`);
    for (const fault of faultsInTimes(text(row, 'flights'))) faults.push(`${pair}: ${fault}`);
  }
  for (const { from, to } of rows)
    if (!pairs.has(`${to}-${from}`)) faults.push(`${from}-${to}: no flight back`);
  return faults;
}

const flights = readTable('sample/flights.csv');
const hubs = readTable('gazetteer/hubs.csv');

test('sample flights are plausible', () => {
  assert.deepEqual(faultsInFlights(flights, hubs), []);
  assert.ok(new Set(flights.map((row) => row['from'])).size >= 85);
  assert.ok(flights.length >= 600, `${flights.length} pairs`);
});

const departures = (from: string, to: string): number =>
  flights
    .filter((row) => row['from'] === from && row['to'] === to)
    .flatMap((row) => text(row, 'flights').split(';')).length;

test('metros have more flights than small places', () => {
  for (const metro of ['BOM', 'BLR', 'HYD', 'CCU', 'MAA'])
    assert.ok(departures('DEL', metro) > departures('DEL', 'GOP'), metro);
});

test('planted bad flights are found', () => {
  const there = { from: 'DEL', to: 'BOM', minutes: '125', flights: 'IndiGo 06:05; Air India 08:25' };
  const back = { from: 'BOM', to: 'DEL', minutes: '125', flights: 'IndiGo 09:05' };
  assert.deepEqual(faultsInFlights([there, back], hubs), []);
  const found = (change: Row, expected: RegExp): void =>
    assert.match(faultsInFlights([{ ...there, ...change }, back], hubs).join('\n'), expected);
  found({ to: 'QQQ' }, /unknown airport/);
  found({ to: 'NDLS' }, /unknown airport/);
  found({ to: 'DEL' }, /unknown airport/);
  found({ to: 'BLR' }, /DEL-BLR: no flight back/);
  found({ minutes: '60' }, /km\/h/);
  found({ minutes: '600' }, /km\/h/);
  found({ minutes: '' }, /NaN km\/h/);
  found({ flights: 'IndiGo 24:05' }, /no departure time/);
  found({ flights: 'Invented Air 06:05' }, /unknown airline/);
  found({ flights: 'IndiGo 06:05; Air India 06:05' }, /two departures/);
  found({ flights: 'IndiGo 08:05; Air India 06:05' }, /out of order/);
  found({ flights: '' }, /unknown airline/);
  assert.match(faultsInFlights([there, there, back], hubs).join('\n'), /given twice/);
});
