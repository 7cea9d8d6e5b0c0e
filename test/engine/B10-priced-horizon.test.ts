import { test } from 'node:test';
import { World } from './support/check.ts';

const world = new World(`
  R1 train: A 08:00, B 09:00
  R2 bus days 3: A 08:00, B 09:00
  R3 ferry days 4: A 08:00, B 09:00
`);
const fares = [
  { id: 'train', route_types: [2], base_minor: 90 },
  { id: 'bus', route_types: [3], base_minor: 20 },
  { id: 'ferry', route_types: [4], base_minor: 10 },
];

test('three days are looked at, to the minute', () => {
  const train = (day: string) => `A 08:00${day} ~ R1 08:00${day}→09:00${day} ~ B 09:00${day} for 90`;
  const bus = 'A 08:00+3 ~ R2 08:00+3→09:00+3 ~ B 09:00+3 for 20';
  world.priced({ from: 'A', to: 'B', at: '08:00', fares }, train(''));
  world.priced({ from: 'A', to: 'B', at: '09:00', fares }, train('+1'), bus);
});

test('or as many as one likes', () =>
  world.priced(
    { from: 'A', to: 'B', at: '08:00', fares, horizon: 5 * 1440 },
    'A 08:00 ~ R1 08:00→09:00 ~ B 09:00 for 90',
    'A 08:00+3 ~ R2 08:00+3→09:00+3 ~ B 09:00+3 for 20',
    'A 08:00+4 ~ R3 08:00+4→09:00+4 ~ B 09:00+4 for 10',
  ));
