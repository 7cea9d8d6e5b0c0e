import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  asEpochDay,
  asEpochMinute,
  epochDayOf,
  formatClock,
  formatDate,
  formatDuration,
  formatInstant,
  formatShortDate,
  instantOf,
  isZone,
  parseClock,
  parseDate,
  parseLocal,
  serviceDayStart,
  wallClockAt,
  weekdayOf,
  zoneOffset,
} from './time.ts';

const zones = [
  'Asia/Kolkata',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
] as const;
const day = (text: string) => parseDate(text) ?? assert.fail(text);
const at = (date: string, clock: string, zone: string) =>
  formatInstant(instantOf(day(date), parseClock(clock) ?? assert.fail(clock), zone), zone);

test('a date that does not exist is refused', () => {
  assert.equal(parseDate('2026-02-30'), null);
  assert.equal(parseDate('2026-2-3'), null);
  assert.equal(epochDayOf(2025, 2, 29), null);
  assert.equal(formatDate(day('2028-02-29')), '2028-02-29');
});

test('weekdays begin on Monday', () => {
  assert.equal(weekdayOf(day('2026-11-22')), 6);
  assert.equal(weekdayOf(day('2026-11-23')), 0);
  assert.equal(weekdayOf(day('1969-12-29')), 0);
});

test('clock times are 00:00 to 23:59, and longer minutes wrap when shown', () => {
  assert.equal(parseClock('23:59'), 1439);
  for (const wrong of ['24:00', '7:05', '07:60', '', '07:05:00']) assert.equal(parseClock(wrong), null);
  assert.equal(formatClock(1510), '01:10');
  assert.equal(formatClock(-30), '23:30');
});

test('durations read as on a timetable', () => {
  assert.deepEqual([45, 60, 975, 4800].map(formatDuration), ['45 m', '1 h', '16 h 15 m', '80 h']);
});

test('a date reads as people say it', () => {
  assert.equal(formatShortDate('2026-12-02'), 'Wed 2 Dec');
  assert.equal(formatShortDate('2026-11-22'), 'Sun 22 Nov');
  assert.equal(formatShortDate('someday'), 'someday');
});

test('instants carry the offset of their zone', () => {
  assert.equal(at('2026-12-02', '21:05', 'Asia/Kolkata'), '2026-12-02T21:05+05:30');
  assert.equal(at('2026-07-01', '08:00', 'America/New_York'), '2026-07-01T08:00-04:00');
  assert.equal(at('2026-12-01', '08:00', 'America/New_York'), '2026-12-01T08:00-05:00');
});

test('a skipped hour moves on, a repeated hour means its first', () => {
  assert.equal(at('2026-03-29', '02:30', 'Europe/Berlin'), '2026-03-29T03:30+02:00');
  assert.equal(at('2026-10-25', '02:30', 'Europe/Berlin'), '2026-10-25T02:30+02:00');
});

test('a service day starts at noon minus 12 hours', () => {
  const shown = (date: string) => formatInstant(serviceDayStart(day(date), 'Europe/Berlin'), 'Europe/Berlin');
  assert.equal(shown('2026-11-22'), '2026-11-22T00:00+01:00');
  assert.equal(shown('2026-03-29'), '2026-03-28T23:00+01:00');
  assert.equal(shown('2026-10-25'), '2026-10-25T01:00+02:00');
});

test('local times parse strictly', () => {
  assert.deepEqual(parseLocal('2026-01-05T08:13'), { day: day('2026-01-05'), minutes: 493 });
  for (const wrong of ['2026-01-05 08:13', '2026-01-05T8:13', '2026-13-05T08:13', '2026-01-05'])
    assert.equal(parseLocal(wrong), null);
});

test('unknown zones are told apart', () => {
  assert.ok(isZone('Asia/Kolkata'));
  assert.ok(!isZone('Asia/Atlantis'));
});

test('every instant survives the way to a wall clock and back, over clock changes', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.integer({ min: 25_000_000, max: 33_000_000 }),
      (zone, minute) => {
        const instant = asEpochMinute(minute);
        const clock = wallClockAt(instant, zone);
        const back = instantOf(clock.day, clock.minutes, zone);
        // The second pass of a repeated hour reads as the first.
        assert.ok(back === instant || (back < instant && instant - back <= 60));
        assert.deepEqual(wallClockAt(back, zone), clock);
      },
    ),
    { numRuns: 3000 },
  );
});

test('every minute of a day shows what the zone database says, also where the clock changes in it', () => {
  const changes = {
    'Europe/Berlin': '2026-03-29',
    'America/New_York': '2026-11-01',
    'Asia/Kolkata': '2026-11-01',
  };
  for (const [zone, date] of Object.entries(changes)) {
    const format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: zone,
      dateStyle: 'short',
      timeStyle: 'short',
    });
    const start = day(date) * 1440;
    for (let minute = start - 720; minute < start + 2160; minute += 7) {
      const instant = asEpochMinute(minute);
      const shown = format.format(minute * 60_000).replace(' ', 'T');
      assert.equal(formatInstant(instant, zone).slice(0, 16), shown, `${zone} ${minute}`);
      assert.equal(zoneOffset(instant, zone), Date.parse(`${shown}Z`) / 60_000 - minute);
    }
  }
});

test('service days follow each other by 1380 to 1500 minutes', () => {
  for (const zone of zones)
    for (let d = 20_000; d < 20_800; d++) {
      const length = serviceDayStart(asEpochDay(d + 1), zone) - serviceDayStart(asEpochDay(d), zone);
      assert.ok(length >= 1380 && length <= 1500, `${zone} ${formatDate(asEpochDay(d))}: ${length}`);
    }
});
