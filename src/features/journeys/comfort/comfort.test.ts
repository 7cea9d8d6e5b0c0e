import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Leg } from '../contract.ts';
import { comfortOf } from './comfort.ts';
import type { TravellerProfile } from './comfortSchema.ts';

const place = (stopId: string): Leg['from'] => ({
  name: stopId,
  code: null,
  city: null,
  stopId,
  lat: 12.9,
  lng: 77.5,
  zone: 'Asia/Kolkata',
});
const leg = (
  mode: Leg['mode'],
  [from, departure]: readonly [string, string],
  [to, arrival]: readonly [string, string],
  name = 'Express',
  stayMinutes?: number,
): Leg => ({
  index: 0,
  mode,
  from: place(from),
  to: place(to),
  departure: `${departure}+05:30`,
  arrival: `${arrival}+05:30`,
  durationMinutes: (Date.parse(`${arrival}Z`) - Date.parse(`${departure}Z`)) / 60_000,
  distanceKm: 1,
  line: { id: 'x', name, number: null, operator: null, headsign: null, color: null },
  run: mode === 'walk' || mode === 'taxi' ? null : { id: 'x', serviceDate: '2026-12-01' },
  intermediateStops: 0,
  everyMinutes: null,
  bufferMinutes: 0,
  price: null,
  fares: [],
  concession: null,
  bookable: true,
  ...(stayMinutes === undefined ? {} : { stayMinutes }),
});
const flags = (legs: readonly Leg[], profile?: TravellerProfile) =>
  comfortOf(legs, profile).flags.map(({ flag, minutes }) => (minutes === null ? flag : `${flag} ${minutes}`));

describe('human hours', () => {
  test('a sleeper train through the night costs no sleep', () =>
    assert.deepEqual(flags([leg('train', ['A', '2026-12-01T20:00'], ['B', '2026-12-02T08:00'])]), []));
  test('a seat in a bus does, a berth in one does not', () => {
    const bus = (name: string) => [leg('bus', ['A', '2026-12-01T21:00'], ['B', '2026-12-02T06:00'], name)];
    assert.deepEqual(flags(bus('Volvo')), ['SLEEP_LOST 360']);
    assert.deepEqual(flags(bus('AC Sleeper')), []);
  });
  test('leaving and arriving in the night, to the minute', () => {
    const train = (from: string, to: string) => flags([leg('train', ['A', from], ['B', to])]);
    assert.deepEqual(train('2026-12-01T22:59', '2026-12-02T05:00'), []);
    assert.deepEqual(train('2026-12-01T23:00', '2026-12-02T05:00'), ['NIGHT_DEPARTURE']);
    assert.deepEqual(train('2026-12-01T22:59', '2026-12-02T04:59'), ['NIGHT_ARRIVAL']);
  });
  test('a long wait in the night is awake; by day it is not flagged', () => {
    const wait = (arrival: string, departure: string) =>
      flags([
        leg('train', ['A', '2026-12-01T15:00'], ['B', arrival]),
        leg('train', ['B', departure], ['C', '2026-12-02T20:00']),
      ]);
    assert.deepEqual(wait('2026-12-01T23:30', '2026-12-02T01:00'), [
      'NIGHT_CHANGE',
      'CHANGE_AT_RISK',
      'SLEEP_LOST 90',
    ]);
    assert.deepEqual(wait('2026-12-01T23:30', '2026-12-02T01:01'), [
      'NIGHT_WAIT 91',
      'CHANGE_AT_RISK',
      'SLEEP_LOST 91',
    ]);
    assert.deepEqual(wait('2026-12-02T06:00', '2026-12-02T12:00'), []);
  });
  test('a stay is no wait and no change of station; overnight one has a bed', () => {
    const visit = (departure: string, stay: number) =>
      flags([
        leg('train', ['NDLS', '2026-12-01T15:00'], ['JP', '2026-12-01T20:00']),
        leg('bus', ['BS-JP', departure], ['UDZ', '2026-12-02T14:00'], 'Volvo', stay),
      ]);
    assert.deepEqual(visit('2026-12-02T06:00', 600), []);
    assert.deepEqual(visit('2026-12-02T06:00', 359), ['SLEEP_LOST 360']);
    assert.deepEqual(visit('2026-12-02T03:00', 360), ['SLEEP_LOST 120']);
  });
  test('another station is a change of station, also by metro; to the metro is none', () => {
    const legs = [
      leg('train', ['NDLS', '2026-12-01T06:00'], ['SBC', '2026-12-01T09:00']),
      leg('walk', ['SBC', '2026-12-01T09:00'], ['MET', '2026-12-01T09:12']),
      leg('metro', ['MET', '2026-12-01T09:15'], ['YPR', '2026-12-01T09:40']),
      leg('train', ['YPR', '2026-12-01T13:00'], ['X', '2026-12-01T16:00']),
    ];
    // This metro runs by a timetable: three minutes are left for it.
    assert.deepEqual(flags(legs), ['STATION_CHANGE', 'CHANGE_AT_RISK', 'LONG_WALK 12']);
    assert.deepEqual(flags(legs.slice(0, 3)), ['CHANGE_AT_RISK', 'LONG_WALK 12']);
    assert.deepEqual(flags(legs.filter(({ mode }) => mode !== 'metro')), ['STATION_CHANGE', 'LONG_WALK 12']);
  });
  test('a change that may be missed weighs as it is likely, one behind a bus as behind any train', () => {
    const weigh = (mode: 'train' | 'bus', departure: string) =>
      comfortOf([
        leg(mode, ['A', '2026-12-01T06:00'], ['B', '2026-12-01T09:00']),
        leg('train', ['B', departure], ['C', '2026-12-01T20:00']),
      ]).penaltyMinutes;
    // 10 minutes are needed: half of all express trains are less than 20 minutes late, of all trains 18.6.
    assert.equal(weigh('train', '2026-12-01T09:30'), 120);
    assert.equal(weigh('bus', '2026-12-01T09:29'), 118);
    assert.equal(weigh('train', '2026-12-01T12:00'), 0);
  });
  test('profiles weigh the same flags differently, and luggage flies 15 kg', () => {
    const night = [leg('flight', ['DEL', '2026-12-01T22:00'], ['BLR', '2026-12-02T00:45'])];
    const weight = (profile: TravellerProfile) => comfortOf(night, profile).penaltyMinutes;
    assert.equal(weight('default'), 30 + Math.round(30 * (105 / 60)));
    assert.ok(weight('solo_woman') > weight('senior') && weight('senior') > weight('default'));
    assert.ok(flags(night, 'heavy_luggage').includes('BAGGAGE_LIMIT'));
  });
});
