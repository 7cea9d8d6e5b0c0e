import { test } from 'node:test';
import { World } from './support/check.ts';

const world = new World(`
  R1 train: A 08:00, B 09:00/09:05, X 09:30
  R2 bus: Y 08:30, B 09:10/09:15, C 10:00
  R3 bus: C 10:00, D 10:30
`);

test('one change', () =>
  world.leaving(
    { from: 'A', to: 'C', at: '07:00' },
    'A 08:00 ~ R1 08:00→09:00 ~ B ~ R2 09:15→10:00 ~ C 10:00',
  ));

test('two changes, the second in the minute of arrival', () =>
  world.leaving(
    { from: 'A', to: 'D', at: '07:00' },
    'A 08:00 ~ R1 08:00→09:00 ~ B ~ R2 09:15→10:00 ~ C ~ R3 10:00→10:30 ~ D 10:30',
  ));

test('too few rides allowed: nothing', () => world.leaving({ from: 'A', to: 'D', at: '07:00', maxRides: 2 }));
