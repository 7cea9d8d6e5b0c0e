import { test } from 'node:test';
import { World } from './support/check.ts';

const world = new World(`
  fast train: A 08:00, B 09:00
  slow bus: A 08:00, B 12:00
  dear flight: A 08:00, B 13:00
`);
const fares = [
  { id: 'train', route_types: [2], base_minor: 500 },
  { id: 'bus', route_types: [3], base_minor: 100 },
  { id: 'flight', route_types: [1100], base_minor: 900 },
];

test('who has time pays less; what is slower and dearer is left out', () =>
  world.priced(
    { from: 'A', to: 'B', at: '07:00', fares },
    'A 08:00 ~ fast 08:00→09:00 ~ B 09:00 for 500',
    'A 08:00 ~ slow 08:00→12:00 ~ B 12:00 for 100',
  ));

test('what costs the same and is later is left out', () =>
  world.priced(
    { from: 'A', to: 'B', at: '07:00', fares: [{ id: 'all', route_types: [2, 3, 1100], base_minor: 7 }] },
    'A 08:00 ~ fast 08:00→09:00 ~ B 09:00 for 7',
  ));
