import { test } from 'node:test';
import { World } from './support/check.ts';

const world = new World(`
  R1 train: A 08:00, B 08:30 (set down only), C 09:00 (pick up only), D 09:30
  R2 train: A 10:00, B 10:30, C 11:00, D 11:30
`);

test('no boarding where passengers are only set down', () =>
  world.leaving({ from: 'B', to: 'D', at: '08:00' }, 'B 10:30 ~ R2 10:30→11:30 ~ D 11:30'));

test('nor when the run is followed from a stop before', () =>
  world.leaving({ from: 'A 60, B', to: 'D', at: '08:10' }, 'B 10:30 ~ R2 10:30→11:30 ~ D 11:30'));

test('no alighting where passengers are only picked up', () =>
  world.leaving({ from: 'A', to: 'C', at: '08:00' }, 'A 10:00 ~ R2 10:00→11:00 ~ C 11:00'));

test('what is allowed there works', () => {
  world.leaving({ from: 'A', to: 'B', at: '08:00' }, 'A 08:00 ~ R1 08:00→08:30 ~ B 08:30');
  world.leaving({ from: 'C', to: 'D', at: '08:00' }, 'C 09:00 ~ R1 09:00→09:30 ~ D 09:30');
});

test('riding through is not touched', () =>
  world.leaving({ from: 'A', to: 'D', at: '08:00' }, 'A 08:00 ~ R1 08:00→09:30 ~ D 09:30'));
