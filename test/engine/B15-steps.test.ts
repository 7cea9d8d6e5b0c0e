import { test } from 'node:test';
import { World } from './support/check.ts';

const world = new World('metro metro: A 08:00, B 08:10, C 08:20, D 08:30, E 08:40');
const fares = [
  {
    id: 'metro',
    route_types: [1],
    steps: [
      { up_to_km: 10, price_minor: 100 },
      { up_to_km: 25, price_minor: 250 },
      { up_to_km: 30, price_minor: 400 },
    ],
  },
];
const question = { from: 'A', at: '08:00', fares, maxRides: 1 };

test('the last kilometre of a band belongs to it', () => {
  world.priced({ ...question, to: 'B' }, 'A 08:00 ~ metro 08:00→08:10 ~ B 08:10 for 100');
  world.priced({ ...question, to: 'D' }, 'A 08:00 ~ metro 08:00→08:30 ~ D 08:30 for 400');
});

test('within a band every distance costs the same', () =>
  world.priced({ ...question, to: 'C' }, 'A 08:00 ~ metro 08:00→08:20 ~ C 08:20 for 250'));

test('beyond the last band no more is charged', () =>
  world.priced({ ...question, to: 'E' }, 'A 08:00 ~ metro 08:00→08:40 ~ E 08:40 for 400'));
