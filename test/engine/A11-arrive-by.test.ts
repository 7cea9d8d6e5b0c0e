import { test } from 'node:test';
import { World } from './support/check.ts';

const world = new World(`
  R1 train: A 08:00, B 09:00
  R2 train: A 09:00, B 10:00
  R3 train: B 10:05, C 11:00
  R4 train: A 06:00, C 11:30
`);

test('the last run that arrives in time', () => {
  world.arriving({ from: 'A', to: 'B', at: '10:00' }, 'A 09:00 ~ R2 09:00→10:00 ~ B 10:00');
  world.arriving({ from: 'A', to: 'B', at: '09:59' }, 'A 08:00 ~ R1 08:00→09:00 ~ B 09:00');
});

test('a change, and the direct run that leaves earlier', () =>
  world.arriving(
    { from: 'A', to: 'C', at: '12:00' },
    'A 06:00 ~ R4 06:00→11:30 ~ C 11:30',
    'A 09:00 ~ R2 09:00→10:00 ~ B ~ R3 10:05→11:00 ~ C 11:00',
  ));

test('change time counts', () =>
  world.arriving(
    { from: 'A', to: 'C', at: '11:00', change: 6 },
    'A 08:00 ~ R1 08:00→09:00 ~ B ~ R3 10:05→11:00 ~ C 11:00',
  ));

test('before the first day of service nothing arrives', () =>
  world.arriving({ from: 'A', to: 'B', at: '08:59' }));

test('links on both ends and between', () =>
  new World(`
    R1 bus: B 08:00, C 09:00
    R2 bus: D 09:20, E 10:00
    link A B walk 10
    link C D walk 15
    link E F walk 5
  `).arriving(
    { from: 'A', to: 'F', at: '11:00' },
    'A 07:50 ~ walk 10 ~ B ~ R1 08:00→09:00 ~ C ~ walk 15 ~ D ~ R2 09:20→10:00 ~ E ~ walk 5 ~ F 10:05',
  ));

test('a first ride that needs no change time beats one that is also good as a second', () =>
  new World(`
    R1 bus: A 10:00, B 10:30
    R2 flight: A 10:05, B 10:35
  `).arriving(
    { from: 'A', to: 'B', at: '11:00', change: 10, board: { flight: 14 } },
    'A 10:00 ~ R1 10:00→10:30 ~ B 10:30',
  ));
