import assert from 'node:assert/strict';
import { test } from 'node:test';
import { distanceKm } from '../../src/units/geo.ts';
import { byColumn, isClock, list, number, positionOf, readTable, type Row, text } from './tables.ts';

const TYPES = new Set(['ordinary', 'express', 'ac_seater', 'ac_sleeper', 'non_ac_sleeper', 'volvo']);
const SLOWEST_KMH = 18;
const FASTEST_KMH = 75;
const STRAIGHTEST = 1.0;
const MOST_WINDING = 1.9;
// Slow roads in the hills wind more: Chandigarh–Shimla is 112 km of road for 57 km, Silchar–Imphal 258 for 117.
const HILL_KMH = 35;
const MOST_WINDING_IN_HILLS = 2.3;

function faultsInDepartures(field: string): string[] {
  const every = /^every (\d+) (\S+)-(\S+)$/.exec(field);
  if (every) {
    const [, minutes, first, last] = every;
    const sound =
      isClock(first!) && isClock(last!) && first! < last! && Number(minutes) >= 5 && Number(minutes) <= 240;
    return sound ? [] : [`departures "${field}"`];
  }
  const clocks = list(field);
  const sound =
    clocks.length > 0 && clocks.every((clock, i) => isClock(clock) && clock > (clocks[i - 1] ?? ''));
  return sound ? [] : [`departures "${field}"`];
}

interface Call {
  readonly stand: Row | undefined;
  readonly minutes: number;
}

function callsOf(row: Row, stands: ReadonlyMap<string, Row>): Call[] {
  const vias = list(text(row, 'via')).map((via) => {
    const [code, minutes] = via.split('+');
    return { stand: stands.get(code!), minutes: Number(minutes) };
  });
  return [
    { stand: stands.get(text(row, 'from')), minutes: 0 },
    ...vias,
    { stand: stands.get(text(row, 'to')), minutes: number(row, 'minutes') },
  ];
}

function faultsInCalls(calls: readonly Call[]): string[] {
  const faults: string[] = [];
  if (new Set(calls.map((call) => call.stand)).size < calls.length) faults.push('calls twice at one stand');
  for (const [i, call] of calls.entries()) {
    if (!call.stand) faults.push('unknown bus stand');
    const before = calls[i - 1];
    if (!before?.stand || !call.stand) continue;
    const minutes = call.minutes - before.minutes;
    const speed = distanceKm(positionOf(before.stand), positionOf(call.stand)) / (minutes / 60);
    if (!(minutes > 0)) faults.push(`via ${call.stand['code']} outside the line's time`);
    else if (!(speed <= FASTEST_KMH))
      faults.push(`${speed.toFixed()} km/h straight to ${call.stand['code']}`);
  }
  return faults;
}

function faultsInRoad(row: Row, calls: readonly Call[]): string[] {
  const [from, to] = [calls[0]?.stand, calls.at(-1)?.stand];
  if (!from || !to) return [];
  const faults: string[] = [];
  const km = number(row, 'km');
  const speed = km / (number(row, 'minutes') / 60);
  if (!(speed >= SLOWEST_KMH && speed <= FASTEST_KMH)) faults.push(`${speed.toFixed()} km/h`);
  const winding = km / distanceKm(positionOf(from), positionOf(to));
  const limit = speed <= HILL_KMH ? MOST_WINDING_IN_HILLS : MOST_WINDING;
  if (!(winding >= STRAIGHTEST && winding <= limit)) faults.push(`${winding.toFixed(2)} × great circle`);
  return faults;
}

function faultsInBuses(rows: readonly Row[], hubs: readonly Row[]): string[] {
  const stands = byColumn(
    hubs.filter((hub) => hub['kind'] === 'bus_stand'),
    'code',
  );
  const faults: string[] = [];
  const seen = new Set<string>();
  for (const row of rows) {
    const name = `${row['from']} ${row['to']} ${row['operator']} ${row['type']}`;
    const calls = callsOf(row, stands);
    const found = [
      ...faultsInCalls(calls),
      ...faultsInRoad(row, calls),
      ...faultsInDepartures(text(row, 'departures')),
    ];
    if (seen.has(name)) found.push('given twice');
    seen.add(name);
    // A row runs both ways unless it says otherwise.
    if (text(row, 'oneway') === '') seen.add(`${row['to']} ${row['from']} ${row['operator']} ${row['type']}`);
    if (!TYPES.has(text(row, 'type'))) found.push(`unknown type "${row['type']}"`);
    if (text(row, 'operator') === '') found.push('no operator');
    if (!['', 'yes'].includes(text(row, 'oneway'))) found.push(`oneway "${row['oneway']}"`);
    for (const fault of found) faults.push(`${name}: ${fault}`);
  }
  return faults;
}

/** Cities that have a bus stand but fewer than `least` lines calling there. */
function underserved(rows: readonly Row[], hubs: readonly Row[], least: number): string[] {
  const stands = byColumn(
    hubs.filter((hub) => hub['kind'] === 'bus_stand'),
    'code',
  );
  const lines = new Map([...stands.values()].map((stand) => [text(stand, 'city'), 0]));
  for (const row of rows) {
    const cities = new Set(callsOf(row, stands).map((call) => (call.stand ? text(call.stand, 'city') : '')));
    for (const city of cities) lines.set(city, (lines.get(city) ?? 0) + 1);
  }
  return [...lines].filter(([, count]) => count < least).map(([city]) => city);
}

const buses = readTable('sample/buses.csv');
const hubs = readTable('gazetteer/hubs.csv');

test('sample buses are plausible', () => {
  assert.deepEqual(faultsInBuses(buses, hubs), []);
  assert.ok(buses.length >= 400, `${buses.length} lines`);
});

test('every city with a bus stand has at least two lines', () => {
  assert.deepEqual(underserved(buses, hubs, 2), []);
  const withoutShimla = buses.filter((row) => !JSON.stringify(row).includes('BS-SHIMLA-ISBT'));
  assert.deepEqual(underserved(withoutShimla, hubs, 2), ['shimla']);
});

test('planted bad buses are found', () => {
  const row = {
    from: 'BS-DELHI-SARAIKALEKHAN',
    to: 'BS-AGRA-ISBT',
    operator: 'UPSRTC',
    type: 'express',
    km: '212',
    minutes: '285',
    departures: 'every 30 05:00-22:30',
    via: 'BS-MATHURA-NEW+200',
    oneway: '',
  };
  assert.deepEqual(faultsInBuses([row], hubs), []);
  const found = (change: Row, expected: RegExp): void =>
    assert.match(faultsInBuses([{ ...row, ...change }], hubs).join('\n'), expected);
  found({ to: 'BS-NOWHERE-MAIN' }, /unknown bus stand/);
  found({ to: 'AGC' }, /unknown bus stand/);
  found({ via: 'BS-NOWHERE-MAIN+200' }, /unknown bus stand/);
  found({ via: 'BS-MATHURA-NEW+285' }, /outside the line's time/);
  found({ via: 'BS-MATHURA-NEW+0' }, /outside the line's time/);
  found({ via: 'BS-MATHURA-NEW' }, /outside the line's time/);
  found({ via: 'BS-MATHURA-NEW+20' }, /km\/h straight to BS-MATHURA-NEW/);
  found({ via: 'BS-AGRA-ISBT+200' }, /twice at one stand/);
  found({ minutes: '150' }, /85 km\/h/);
  found({ minutes: '900' }, /14 km\/h/);
  found({ km: '150', minutes: '200' }, /0\.\d+ × great circle/);
  found({ km: '400', minutes: '500' }, /2\.\d+ × great circle/);
  found({ km: '' }, /NaN km\/h/);
  found({ type: 'rocket' }, /unknown type/);
  found({ operator: '' }, /no operator/);
  found({ oneway: 'maybe' }, /oneway "maybe"/);
  for (const departures of ['', '25:00', '08:00;06:00', 'every 30 22:00-05:00', 'every 0 05:00-22:00'])
    found({ departures }, /departures "/);
  assert.match(faultsInBuses([row, row], hubs).join('\n'), /given twice/);
  const { from, to, via: _, ...line } = { ...row };
  assert.match(faultsInBuses([row, { ...line, from: to, to: from }], hubs).join('\n'), /given twice/);
});
