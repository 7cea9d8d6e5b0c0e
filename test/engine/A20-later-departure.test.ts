import { test } from 'node:test';
import { World } from './support/check.ts';

const world = new World(`
  R1 train: A 08:00, B 08:30
  R2 train: A 08:40, B 09:10
  R3 bus: A 09:00, B 09:25
  R4 train: B 09:30, C 10:00
  R5 train: B 09:40, C 10:30
`);

test('of all ways that arrive first, the one that leaves last', () =>
  world.leaving(
    { from: 'A', to: 'C', at: '07:00' },
    'A 09:00 ~ R3 09:00→09:25 ~ B ~ R4 09:30→10:00 ~ C 10:00',
  ));

test('not later than its changes allow', () =>
  world.leaving(
    { from: 'A', to: 'C', at: '07:00', change: 10 },
    'A 08:40 ~ R2 08:40→09:10 ~ B ~ R4 09:30→10:00 ~ C 10:00',
  ));

test('of all ways that leave last, the one that arrives first', () =>
  world.arriving(
    { from: 'A', to: 'C', at: '10:45' },
    'A 09:00 ~ R3 09:00→09:25 ~ B ~ R4 09:30→10:00 ~ C 10:00',
  ));

test('of two first trains that arrive in the minute of the change, the later one', () => {
  const tight = new World(`
    R1 train: A 08:00, B 09:00
    R2 bus: A 08:20, B 09:00
    R3 train: B 09:00, C 10:00
  `);
  const best = 'A 08:20 ~ R2 08:20→09:00 ~ B ~ R3 09:00→10:00 ~ C 10:00';
  tight.leaving({ from: 'A', to: 'C', at: '07:00' }, best);
  tight.arriving({ from: 'A', to: 'C', at: '10:00' }, best);
});

test('of two last trains that leave in the minute of the change, the earlier one', () => {
  const tight = new World(`
    R1 train: A 08:00, B 09:00
    R2 train: B 09:00, C 10:20
    R3 bus: B 09:00, C 10:10
  `);
  const best = 'A 08:00 ~ R1 08:00→09:00 ~ B ~ R3 09:00→10:10 ~ C 10:10';
  tight.leaving({ from: 'A', to: 'C', at: '07:00' }, best);
  tight.arriving({ from: 'A', to: 'C', at: '11:00' }, best);
});
