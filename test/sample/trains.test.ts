import assert from 'node:assert/strict';
import { test } from 'node:test';
import { distanceKm, type Position } from '../../src/units/geo.ts';
import { formatDuration, MINUTES_PER_DAY, parseClock } from '../../src/units/time.ts';
import { chainKm, positionOf, readTable, type Row, text } from './tables.ts';

const TYPES = new Set([
  'rajdhani',
  'shatabdi',
  'vande_bharat',
  'duronto',
  'superfast',
  'express',
  'jan_shatabdi',
  'garib_rath',
  'humsafar',
  'tejas',
]);
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const MAX_CALLS = 24;
const MAX_DWELL = 60;
const MAX_TRAVEL = 4 * MINUTES_PER_DAY;
// Great-circle speeds between two calls. Timetables add recovery time before big stations (Hyderabad Deccan,
// 6 km after Secunderabad, is reached 40 minutes later), so the lower limit holds after these minutes.
const SLOWEST_KMH = 15;
const FASTEST_KMH = 160;
const RECOVERY_MINUTES = 30;
/** A train given by a single time stops this long. */
const SHORT_STOP = 2;
// Averages over the whole run; rail kilometres are about 1.2 × great circle.
const RAIL_PER_GREAT_CIRCLE = 1.2;
const SLOWEST_AVERAGE_KMH = 30;
const FASTEST_AVERAGE_KMH = 130;
// Going by a call against going past it. Lucknow lies far off Ayodhya–Prayagraj, Tiruchirappalli off
// Dindigul–Karur (2.35); hops within a city are left out.
const LONGEST_DETOUR = 2.5;
const DETOUR_FROM_KM = 15;
/** Cities with a station that the sample does not serve, and why. */
const NOT_SERVED: ReadonlySet<string> = new Set([
  'shimla', // the narrow-gauge line from Kalka runs at 10 km/h over great circle
]);

interface Call {
  readonly code: string;
  /** Minutes since midnight of the first day; arrival and departure are equal at both ends. */
  readonly arrival: number;
  readonly departure: number;
}

/** First moment at or after `earliest` that shows `clock`; `NaN` for a malformed clock. */
function next(clock: string, earliest: number): number {
  const minutes = parseClock(clock) ?? Number.NaN;
  const waited = (((minutes - earliest) % MINUTES_PER_DAY) + MINUTES_PER_DAY) % MINUTES_PER_DAY;
  return earliest + waited;
}

/** Reads `NDLS 16:55 > CNB 21:30/21:35 > MMCT 08:15` with running days; malformed clocks become `NaN`. */
function readCalls(field: string): Call[] {
  const parts = field.split(' > ');
  const calls: Call[] = [];
  for (const [i, part] of parts.entries()) {
    const [code = '', times = ''] = part.split(' ');
    const [first = '', second] = times.split('/');
    const arrival = next(first, calls.at(-1)?.departure ?? 0);
    const atEnd = i === 0 || i === parts.length - 1;
    const single = atEnd ? arrival : arrival + SHORT_STOP;
    // Two times at an end of the run are a mistake: an end has one.
    const departure = second === undefined ? single : atEnd ? Number.NaN : next(second, arrival);
    calls.push({ code, arrival, departure });
  }
  return calls;
}

function faultsInRunningDays(days: string): string[] {
  if (days === 'daily') return [];
  const given = days.split(' ');
  const known = WEEKDAYS.filter((day) => given.includes(day));
  const inOrder = known.join(' ') === days && known.length < 7;
  return inOrder ? [] : [`running days "${days}"`];
}

function faultsInHop(from: Call, to: Call, km: number): string[] {
  const minutes = to.arrival - from.departure;
  const hop = `${from.code}–${to.code}`;
  if (!Number.isFinite(minutes)) return [`${hop}: malformed time`];
  if (km / (minutes / 60) > FASTEST_KMH) return [`${hop}: ${km.toFixed()} km in ${minutes} minutes`];
  if (minutes > (km / SLOWEST_KMH) * 60 + RECOVERY_MINUTES)
    return [`${hop}: ${formatDuration(minutes)} for ${km.toFixed()} km`];
  return [];
}

function faultsInDetours(calls: readonly Call[], at: readonly Position[]): string[] {
  return calls.flatMap(({ code }, i) => {
    const [before, here, after] = [at[i - 1], at[i], at[i + 1]];
    if (!before || !here || !after) return [];
    const hops = [distanceKm(before, here), distanceKm(here, after)];
    const direct = distanceKm(before, after);
    if (Math.min(...hops) < DETOUR_FROM_KM || hops[0]! + hops[1]! <= LONGEST_DETOUR * direct) return [];
    return [`${code}: out of the way`];
  });
}

function faultsInCalls(calls: readonly Call[], stations: ReadonlyMap<string, Position>): string[] {
  const unknown = calls
    .filter(({ code }) => !stations.has(code))
    .map(({ code }) => `unknown station ${code}`);
  if (unknown.length > 0) return unknown;
  const faults: string[] = [];
  if (calls.length < 2 || calls.length > MAX_CALLS) faults.push(`${calls.length} calls`);
  if (new Set(calls.map(({ code }) => code)).size < calls.length) faults.push('calls twice at a station');
  const at = calls.map(({ code }) => stations.get(code)!);
  for (const [i, call] of calls.entries()) {
    const dwell = call.departure - call.arrival;
    if (!(dwell <= MAX_DWELL)) faults.push(`${call.code}: stands ${dwell} minutes`);
    if (i > 0) faults.push(...faultsInHop(calls[i - 1]!, call, distanceKm(at[i - 1]!, at[i]!)));
  }
  faults.push(...faultsInDetours(calls, at));
  const minutes = calls.at(-1)!.arrival - calls[0]!.departure;
  if (minutes > MAX_TRAVEL) faults.push(`travels ${formatDuration(minutes)}`);
  const average = (chainKm(at) * RAIL_PER_GREAT_CIRCLE) / (minutes / 60);
  if (average < SLOWEST_AVERAGE_KMH || average > FASTEST_AVERAGE_KMH)
    faults.push(`${average.toFixed()} km/h on average`);
  return faults;
}

const stationsOf = (hubs: readonly Row[]): Map<string, Position> =>
  new Map(hubs.filter((hub) => hub['kind'] === 'station').map((hub) => [text(hub, 'code'), positionOf(hub)]));

function faultsInTrains(rows: readonly Row[], hubs: readonly Row[]): string[] {
  const stations = stationsOf(hubs);
  const faults: string[] = [];
  const numbers = new Set<string>();
  for (const row of rows) {
    const train = text(row, 'number');
    const own = [
      ...faultsInRunningDays(text(row, 'days')),
      ...faultsInCalls(readCalls(text(row, 'calls')), stations),
    ];
    if (!/^[0128]\d{4}$/.test(train)) own.push('not a five-digit number');
    if (numbers.has(train) || numbers.has(text(row, 'calls'))) own.push('given twice');
    numbers.add(train).add(text(row, 'calls'));
    if (text(row, 'name') === '') own.push('no name');
    if (!TYPES.has(text(row, 'type'))) own.push(`unknown type "${row['type']}"`);
    faults.push(...own.map((fault) => `${train}: ${fault}`));
  }
  return faults;
}

/** Numbers of trains without a return train: the number beside theirs, from their last station to their first. */
function withoutReturn(rows: readonly Row[]): string[] {
  const ends = new Map<number, string[]>();
  for (const row of rows) {
    const codes = readCalls(text(row, 'calls')).map(({ code }) => code);
    ends.set(Number(row['number']), [codes[0]!, codes.at(-1)!]);
  }
  const returns = (number: number, [from, to]: string[]): boolean =>
    [number - 1, number + 1].some((other) => ends.get(other)?.join() === [to, from].join());
  return [...ends].filter(([number, pair]) => !returns(number, pair)).map(([number]) => String(number));
}

/** Cities of importance 1–3 that have a station, but no train that arrives or none that leaves. */
function unservedCities(rows: readonly Row[], hubs: readonly Row[], cities: readonly Row[]): string[] {
  const [arrivals, departures] = [new Set<string>(), new Set<string>()];
  for (const row of rows) {
    const codes = readCalls(text(row, 'calls')).map(({ code }) => code);
    for (const code of codes.slice(1)) arrivals.add(code);
    for (const code of codes.slice(0, -1)) departures.add(code);
  }
  return cities
    .filter((city) => Number(city['importance']) <= 3)
    .map((city) => text(city, 'id'))
    .filter((id) => {
      const codes = hubs.filter((hub) => hub['kind'] === 'station' && hub['city'] === id);
      const served = (by: Set<string>): boolean => codes.some((hub) => by.has(text(hub, 'code')));
      return codes.length > 0 && !(served(arrivals) && served(departures));
    });
}

const trains = readTable('sample/trains.csv');
const hubs = readTable('gazetteer/hubs.csv');
const cities = readTable('gazetteer/cities.csv');

test('the sample trains are plausible', () => {
  assert.ok(trains.length >= 300, `${trains.length} trains`);
  assert.deepEqual(faultsInTrains(trains, hubs), []);
});

test('nearly every train has its return train', () => {
  assert.ok(withoutReturn(trains).length <= trains.length * 0.1, withoutReturn(trains).join());
});

test('every larger city with a station is served in both directions', () => {
  assert.deepEqual(
    unservedCities(trains, hubs, cities).filter((id) => !NOT_SERVED.has(id)),
    [],
  );
});

test('every type of train occurs', () => {
  assert.deepEqual(new Set(trains.map((train) => text(train, 'type'))), TYPES);
});

const rajdhani: Row = {
  number: '12951',
  name: 'Mumbai Rajdhani',
  type: 'rajdhani',
  days: 'daily',
  calls: 'MMCT 17:00 > ST 19:43/19:48 > BRC 21:06/21:16 > KOTA 03:15 > NDLS 08:32',
};
const faultsWith = (change: Record<string, string>): string =>
  faultsInTrains([{ ...rajdhani, ...change }], hubs).join('; ');

test('calls are read with running days and short stops', () => {
  const calls = readCalls('A 23:50 > B 00:10 > C 00:05 > D 00:10/00:01 > E 06:00');
  const minutes = calls.map(({ arrival, departure }) => [arrival, departure]);
  assert.deepEqual(minutes, [
    [1430, 1430],
    [1450, 1452],
    [2885, 2887],
    [2890, 4321],
    [4680, 4680],
  ]);
});

test('a wrong train row is found', () => {
  assert.equal(faultsWith({}), '');
  const calls = (field: string): string => faultsWith({ calls: field });
  assert.match(calls('MMCT 17:00 > ST 17:35 > NDLS 08:32'), /MMCT–ST: 249 km in 35 minutes/);
  assert.match(calls('MMCT 17:00 > ST 19:43 > BRC 19:40 > NDLS 08:32'), /ST–BRC: 23 h 55 m for/);
  assert.match(calls('MMCT 17:00 > QQQ 19:43 > NDLS 08:32'), /unknown station QQQ/);
  assert.match(calls('MMCT 17:00 > DEL 08:32'), /unknown station DEL/);
  assert.match(calls('MMCT 17:00 > ST 25:43 > NDLS 08:32'), /MMCT–ST: malformed time/);
  assert.match(calls('MMCT 17:00 > ST > NDLS 08:32'), /MMCT–ST: malformed time/);
  assert.match(calls('MMCT 17:00 > ST 19:48/19:43 > NDLS 08:32'), /ST: stands 1435 minutes/);
  assert.match(calls('MMCT 17:00 > ST 19:43 > MMCT 22:20'), /calls twice/);
  assert.match(calls('MMCT 17:00 > NDLS 08:32/08:40'), /NDLS: stands NaN minutes/);
  assert.match(calls('MMCT 17:00 > KOTA 01:00 > BRC 06:00 > NDLS 20:00'), /KOTA: out of the way/);
  assert.match(calls('MMCT 17:00'), /1 calls/);
  assert.match(faultsWith({ days: 'Sun Mon' }), /running days/);
  assert.match(faultsWith({ days: 'weekdays' }), /running days/);
  assert.match(faultsWith({ type: 'metro' }), /unknown type/);
  assert.match(faultsWith({ number: '951' }), /five-digit/);
  assert.match(faultsWith({ name: '' }), /no name/);
  assert.match(faultsInTrains([rajdhani, rajdhani], hubs).join(), /given twice/);
  assert.match(faultsInTrains([rajdhani, { ...rajdhani, number: '12953' }], hubs).join(), /given twice/);
});

test('a run of more than four days and a crawling run are found', () => {
  const slow = 'CAPE 08:00 > NDLS 07:00 > DBRG 06:00 > BHUJ 05:00 > CAN 04:00 > JAT 03:00';
  assert.match(faultsWith({ calls: slow }), /travels 115 h/);
  assert.match(faultsWith({ calls: 'HYB 06:00 > SC 06:54' }), /8 km\/h on average/);
});

test('wrong coordinates turn the trains red', () => {
  const moved = hubs.map((hub) =>
    hub['code'] === 'KOTA' ? { ...hub, lat: hub['lng']!, lng: hub['lat']! } : hub,
  );
  assert.match(faultsInTrains([rajdhani], moved).join(), /KOTA–NDLS: \d+ km in 315 minutes/);
});

test('a lost return train and an unserved city are found', () => {
  const oneWay = trains.filter((train) => train['number'] !== '12952');
  assert.deepEqual(
    withoutReturn(oneWay).filter((number) => !withoutReturn(trains).includes(number)),
    ['12951'],
  );
  const withoutBhuj = trains.filter((train) => !text(train, 'calls').includes('BHUJ '));
  assert.ok(unservedCities(withoutBhuj, hubs, cities).includes('bhuj'));
  const arrivingOnly = trains.filter((train) => !text(train, 'calls').startsWith('BHUJ '));
  assert.ok(unservedCities(arrivingOnly, hubs, cities).includes('bhuj'));
});
