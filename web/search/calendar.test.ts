import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { asEpochDay, formatDate, parseDate, weekdayOf } from '../../src/units/time.ts';
import { openingOf } from '../api/openings.ts';
import { dayByKey, inMonth, monthAfter, monthOf, weeksOf } from './calendar.ts';

const day = (text: string) => parseDate(text)!;

test('a month is weeks of seven from Monday, with each of its days once', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 60_000 }), (at) => {
      const month = monthOf(asEpochDay(at));
      const days = weeksOf(month).flatMap((week) => week);
      assert.equal(days.length % 7, 0);
      const real = days.filter((one) => one !== null);
      assert.ok(real.every((one) => monthOf(one).month === month.month));
      assert.equal(formatDate(real[0]!).slice(8), '01');
      assert.equal(monthOf(asEpochDay(real.at(-1)! + 1)).month, monthAfter(month, 1).month);
      days.forEach((one, index) => assert.ok(one === null || weekdayOf(one) === index % 7));
    }),
  );
});

test('keys of the grid lead where the pattern says', () => {
  const from = day('2026-01-31');
  const to = (key: string, shift = false): string => formatDate(dayByKey(key, from, shift)!);
  assert.deepEqual(
    ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown'].map((key) =>
      to(key),
    ),
    [
      '2026-01-30',
      '2026-02-01',
      '2026-01-24',
      '2026-02-07',
      '2026-01-26',
      '2026-02-01',
      '2025-12-31',
      '2026-02-28',
    ],
  );
  assert.equal(to('PageDown', true), '2027-01-31');
  assert.equal(dayByKey('Enter', from, false), null);
  assert.equal(formatDate(inMonth(day('2028-02-29'), 12)), '2029-02-28');
});

const row = (figures: Record<string, string>, validFrom: string, validTo: string | null) => ({
  line: 2,
  figures,
  source: '',
  validFrom,
  validTo,
  verifiedOn: validFrom,
  certainty: 'A' as const,
});

test('trains open by the row that is in force today', () => {
  const rows = [
    row({ mode: 'train', days_ahead: '120', opens: '08:00' }, '2020-01-01', '2024-10-31'),
    row({ mode: 'train', days_ahead: '60', opens: '08:00' }, '2024-11-01', null),
  ];
  const today = day('2026-12-01');
  assert.deepEqual(openingOf({ rows }, day('2027-03-05'), today), { date: '2027-01-04', clock: '08:00' });
  assert.equal(openingOf({ rows }, day('2027-01-30'), today), null, 'opens today: it is open');
  assert.equal(openingOf({ rows: [] }, day('2027-03-05'), today), null);
});
