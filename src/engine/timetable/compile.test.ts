import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { timetable } from '../../../test/engine/support/timetable.ts';
import { TimetableError } from './checks.ts';
import { compileTimetable } from './compile.ts';
import type { TimetableInput } from './input.ts';

const good = timetable(`
  R1 train: A 08:05, B 08:30/08:35, C 09:10
  R2 train: A 09:05, B 09:30/09:35, C 10:10
  link A B walk 3
`);

describe('a timetable that contradicts itself is refused, with the row', () => {
  const times = good.stopTimes;
  const cases: readonly [RegExp, Partial<TimetableInput>][] = [
    [/1 to 65534 days/, { dayCount: 0 }],
    [/at least one time zone/, { zones: [] }],
    [/Zone Asia\/Kolkata: one start/, { zones: [{ name: 'Asia/Kolkata', dayStart: new Int32Array(3) }] }],
    [/day 1 starts before/, { zones: [{ name: 'X', dayStart: new Int32Array(good.dayCount) }] }],
    [
      /day 0 starts a day or more from midnight UTC/,
      { zones: [{ name: 'X', dayStart: good.zones[0]!.dayStart.map((start) => start - 1440) }] },
    ],
    [/Stop id A is used twice/, { stops: [...good.stops, good.stops[0]!] }],
    [
      /Stop B: unknown zone 3/,
      { stops: good.stops.map((stop, index) => Object.assign({ ...stop }, index === 1 && { zone: 3 })) },
    ],
    [
      /Stop A: unknown parent/,
      { stops: good.stops.map((stop) => Object.assign({ ...stop }, { parent: 9 })) },
    ],
    [
      /Service 0: unknown zone 1/,
      { services: [{ zone: 1, days: good.services[0]!.days }, good.services[1]!] },
    ],
    [/Service 1: one flag/, { services: [good.services[0]!, { zone: 0, days: new Uint8Array(2) }] }],
    [
      /Line line R1: 70000 is not/,
      { lines: good.lines.map((line) => Object.assign({ ...line }, { routeType: 70_000 })) },
    ],
    [/Run R1: unknown line 5/, { runs: [{ ...good.runs[0]!, line: 5 }, good.runs[1]!] }],
    [/Run R2: unknown service -1/, { runs: [good.runs[0]!, { ...good.runs[1]!, service: -1 }] }],
    [/one offset per run/, { stopTimes: { ...times, offsets: Uint32Array.of(0, 3) } }],
    [/its rows overlap/, { stopTimes: { ...times, offsets: Uint32Array.of(0, 3, 1) } }],
    [/a column is shorter/, { stopTimes: { ...times, flags: new Uint8Array(2) } }],
    [/Run R1, call 2: unknown stop/, { stopTimes: { ...times, stop: Uint32Array.of(0, 9, 2, 0, 1, 2) } }],
    [
      /Run R2, call 1: its times go back/,
      { stopTimes: { ...times, arrival: times.arrival.map((at, row) => (row === 3 ? 900 : at)) } },
    ],
    [
      /Run R1, call 3: its times go back/,
      { stopTimes: { ...times, departure: times.departure.map((at, row) => (row === 1 ? 900 : at)) } },
    ],
    [
      /Run R2: ends 40000 minutes/,
      { stopTimes: { ...times, departure: times.departure.map((at, row) => (row === 5 ? 40_000 : at)) } },
    ],
    [/Link 0 → 7: unknown stop/, { links: [{ ...good.links[0]!, to: 7 }] }],
    [/Link 0 → 1: -1 is not/, { links: [{ ...good.links[0]!, minutes: -1 }] }],
  ];
  for (const [message, change] of cases)
    test(String(message), () =>
      assert.throws(
        () => compileTimetable({ ...good, ...change }),
        (error) => error instanceof TimetableError && message.test(error.message),
      ),
    );
});

const patterns = (text: string): number => compileTimetable(timetable(text)).stats().patterns;

describe('patterns', () => {
  test('runs that follow each other share one', () => {
    assert.equal(compileTimetable(good).stats().patterns, 1);
    assert.equal(patterns('R1 bus: A 08:00, B 09:00\nR2 bus: A 08:00, B 09:00\nR3 bus: A 08:30, B 09:00'), 1);
  });

  test('other stops, rules, modes, zones or an overtaking run make another', () => {
    assert.equal(patterns('R1 bus: A 08:00, B 09:00\nR2 bus: A 09:00, B 10:00, C 11:00'), 2);
    assert.equal(
      patterns('R1 bus: A 08:00, B 09:00, C 10:00\nR2 bus: A 09:00, B 10:00 (pick up only), C 11:00'),
      2,
    );
    assert.equal(patterns('R1 bus: A 08:00, B 09:00\nR2 train: A 09:00, B 10:00'), 2);
    assert.equal(patterns('R1 bus: A 08:00, B 09:00\nR2 bus: A 08:10, B 08:50'), 2);
  });

  test('a service day of 23 hours parts runs that lie further apart', () => {
    const runs = 'R1 bus: A 00:10, B 00:20\nR2 bus: A 23:30, B 23:40';
    assert.equal(patterns(`from 2026-03-27 5 days\n${runs}`), 1);
    assert.equal(patterns(`from 2026-03-27 5 days\nzone Europe/Berlin: A, B\n${runs}`), 2);
  });
});

test('equal service days are kept once', () => {
  const twice = timetable(
    'R1 bus Mon: A 08:00, B 09:00\nR2 bus Mon: A 09:00, B 10:00\nR3 bus Tue: A 10:00, B 11:00',
  );
  assert.equal(compileTimetable(twice).stats().services, 2);
});

test('a timetable without runs compiles to an empty network', () => {
  const empty = { ...good, runs: [], stopTimes: { ...good.stopTimes, offsets: Uint32Array.of(0) } };
  assert.deepEqual([compileTimetable(empty).runCount, compileTimetable(empty).stats().lookBackDays], [0, 0]);
});
