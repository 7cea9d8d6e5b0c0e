import { test } from 'node:test';
import { World } from './support/check.ts';

const world = new World(`
  R1 train: A 08:00, B 09:00
  R2 train: B 09:05, C 10:00
  R3 train: B 09:10, C 10:05
`);

test('a change needs its minutes', () => {
  world.leaving(
    { from: 'A', to: 'C', at: '08:00', change: 5 },
    'A 08:00 ~ R1 08:00→09:00 ~ B ~ R2 09:05→10:00 ~ C 10:00',
  );
  world.leaving(
    { from: 'A', to: 'C', at: '08:00', change: 6 },
    'A 08:00 ~ R1 08:00→09:00 ~ B ~ R3 09:10→10:05 ~ C 10:05',
  );
});

test('the first ride needs none', () =>
  world.leaving({ from: 'B', to: 'C', at: '09:05', change: 30 }, 'B 09:05 ~ R2 09:05→10:00 ~ C 10:00'));

test('staying on board needs none', () =>
  new World(`
    R1 train: A 08:00, B 09:00/09:01, C 10:00
  `).leaving({ from: 'A', to: 'C', at: '08:00', change: 30 }, 'A 08:00 ~ R1 08:00→10:00 ~ C 10:00'));
