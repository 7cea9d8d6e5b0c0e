import { test } from 'node:test';
import { World } from './support/check.ts';

const world = new World(`
  R1 train: A 08:00, B 09:00
  R2 train: B 09:05, C 10:00
  R3 bus: B 09:10, C 11:00
`);
const fares = [
  { id: 'rail', route_types: [2], base_minor: 50 },
  { id: 'bus', route_types: [3], base_minor: 10 },
];

test('a change needs its minutes, whatever is saved', () => {
  const cheap = 'A 08:00 ~ R1 08:00→09:00 ~ B ~ R3 09:10→11:00 ~ C 11:00 for 60';
  const fast = 'A 08:00 ~ R1 08:00→09:00 ~ B ~ R2 09:05→10:00 ~ C 10:00 for 100';
  world.priced({ from: 'A', to: 'C', at: '08:00', fares, change: 5 }, fast, cheap);
  world.priced({ from: 'A', to: 'C', at: '08:00', fares, change: 6, horizon: 600 }, cheap);
});

test('the first ride needs none', () =>
  world.priced(
    { from: 'B', to: 'C', at: '09:10', fares, change: 60, horizon: 600 },
    'B 09:10 ~ R3 09:10→11:00 ~ C 11:00 for 10',
  ));
