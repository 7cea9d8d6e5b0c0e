import { test } from 'node:test';
import { World } from './support/check.ts';

const world = new World(`
  slow train: A 08:00, D 12:00
  R1 train: A 08:10, B 09:00
  R2 train: B 09:05, D 11:00
  R3 train: B 09:02, C 09:30
  R4 train: C 09:35, D 10:30
  R5 train: C 09:40, E 09:50
  R6 train: E 09:55, D 10:30
`);

test('each further change must arrive earlier; the quieter journeys stay', () =>
  world.leaving(
    { from: 'A', to: 'D', at: '08:00' },
    'A 08:00 ~ slow 08:00→12:00 ~ D 12:00',
    'A 08:10 ~ R1 08:10→09:00 ~ B ~ R2 09:05→11:00 ~ D 11:00',
    'A 08:10 ~ R1 08:10→09:00 ~ B ~ R3 09:02→09:30 ~ C ~ R4 09:35→10:30 ~ D 10:30',
  ));

test('at most so many rides', () =>
  world.leaving({ from: 'A', to: 'D', at: '08:00', maxRides: 1 }, 'A 08:00 ~ slow 08:00→12:00 ~ D 12:00'));
