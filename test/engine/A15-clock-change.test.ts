import { test } from 'node:test';
import { World } from './support/check.ts';

// In Berlin clocks go forward on Sunday 2026-03-29 at 02:00: that service day starts at 23:00 of Saturday.
const spring = new World(`
  from 2026-03-27 6 days
  zone Europe/Berlin: A, B, C, D
  night train: A 22:00, B 26:30, D 32:00
  dawn train: A 05:00, B 06:00, C 07:00
`);

test('a night train over the change arrives an hour later by the clock', () =>
  spring.leaving({ from: 'A', to: 'D', at: '21:00+1' }, 'A 22:00+1 ~ night 22:00+1→09:00+2 ~ D 09:00+2'));

test('a train after the change keeps its clock', () =>
  spring.leaving({ from: 'A', to: 'C', at: '02:00+2' }, 'A 05:00+2 ~ dawn 05:00+2→07:00+2 ~ C 07:00+2'));

test('boarded behind midnight of the change', () =>
  spring.leaving({ from: 'B', to: 'C', at: '03:00+2' }, 'B 06:00+2 ~ dawn 06:00+2→07:00+2 ~ C 07:00+2'));

// Clocks go back on Sunday 2026-10-25 at 03:00: the day has 25 hours.
const autumn = new World(`
  from 2026-10-23 5 days
  zone Europe/Berlin: A, B
  night train: A 22:00, B 28:00
  dawn train: A 01:30, B 03:30
`);

test('in autumn the night is an hour longer', () => {
  autumn.leaving({ from: 'A', to: 'B', at: '21:00+1' }, 'A 22:00+1 ~ night 22:00+1→03:00+2 ~ B 03:00+2');
  // 01:30 after noon minus 12 hours is 02:30 summer time on this day.
  autumn.leaving({ from: 'A', to: 'B', at: '02:00+2' }, 'A 02:30+2 ~ dawn 02:30+2→03:30+2 ~ B 03:30+2');
});
