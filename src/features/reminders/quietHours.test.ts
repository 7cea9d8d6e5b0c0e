import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type EpochMinute, epochMinuteOf, formatLocal } from '../../units/time.ts';
import { isQuiet, outsideQuiet } from './quietHours.ts';

const at = (instant: string): EpochMinute => epochMinuteOf(Date.parse(instant));
const india = { quietFrom: '22:00', quietTo: '07:00', timezone: 'Asia/Kolkata' };
const local = (minute: EpochMinute, zone: string): string => formatLocal(minute, zone);

test('quiet hours over midnight, to the minute, by the clock of the user', () => {
  const quiet = (time: string) => isQuiet(at(`2026-12-15T${time}+05:30`), india);
  assert.deepEqual(['21:59', '22:00', '00:00', '06:59', '07:00', '12:00'].map(quiet), [
    false,
    true,
    true,
    true,
    false,
    false,
  ]);
  assert.equal(isQuiet(at('2026-12-15T12:00+05:30'), { ...india, timezone: 'America/New_York' }), true);
});

test('what may be later waits for the end, what must not be later comes before the begin', () => {
  const moved = (time: string, move: 'earlier' | 'later') =>
    local(outsideQuiet(at(`2026-12-15T${time}+05:30`), india, move), india.timezone);
  assert.equal(moved('23:30', 'later'), '2026-12-16T07:00');
  assert.equal(moved('03:00', 'later'), '2026-12-15T07:00');
  assert.equal(moved('23:30', 'earlier'), '2026-12-15T21:45');
  assert.equal(moved('03:00', 'earlier'), '2026-12-14T21:45');
  for (const move of ['earlier', 'later'] as const) assert.equal(moved('12:34', move), '2026-12-15T12:34');
});

test('quiet hours by day, none at all, and nearly always', () => {
  const noon = at('2026-12-15T13:00+05:30');
  const nap = { ...india, quietFrom: '13:00', quietTo: '15:00' };
  assert.equal(local(outsideQuiet(noon, nap, 'earlier'), india.timezone), '2026-12-15T12:45');
  assert.equal(local(outsideQuiet(noon, nap, 'later'), india.timezone), '2026-12-15T15:00');
  assert.equal(isQuiet(noon, { ...india, quietFrom: '13:00', quietTo: '13:00' }), false);
  const hermit = { ...india, quietFrom: '07:05', quietTo: '07:00' };
  const before = outsideQuiet(noon, hermit, 'earlier');
  assert.equal(local(before, india.timezone), '2026-12-15T07:00');
  assert.equal(isQuiet(before, hermit), false);
});

test('over a change of clocks the wall clock counts', () => {
  // New York goes back at 02:00 on 1 November 2026.
  const zone = { quietFrom: '22:00', quietTo: '07:00', timezone: 'America/New_York' };
  const end = outsideQuiet(at('2026-11-01T03:00Z'), zone, 'later');
  assert.equal(end, at('2026-11-01T07:00-05:00'));
  assert.equal(outsideQuiet(at('2026-11-01T11:00Z'), zone, 'earlier'), at('2026-10-31T21:45-04:00'));
});
