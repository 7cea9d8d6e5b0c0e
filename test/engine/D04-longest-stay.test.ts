import { test } from 'node:test';
import { World } from './support/check.ts';

const fares = [{ id: 'all', route_types: [2, 3], base_minor: 10 }];
const world = new World(`
  R1 train: A 08:00, B 09:00
  R2 train: A 10:00, B 11:00
  R3 bus: B 12:00, C 13:00
  link X B walk 30
  R4 train: A 08:00, X 08:20
`);
const stay = (dwell: number, maxDwell: number) => ({
  from: 'A',
  to: 'C',
  at: '08:00',
  fares,
  horizon: 700,
  vias: [{ stop: 'B', dwell, maxDwell }],
});

test('who comes early must leave early, and comes later instead', () =>
  world.priced(
    { ...stay(30, 60), links: false },
    'A 10:00 ~ R2 10:00→11:00 ~ B ~ R3 12:00→13:00 ~ C 13:00 for 20',
  ));

test('the last minute of the stay is one of them', () => {
  world.priced({ ...stay(30, 59), links: false });
  world.priced(
    { ...stay(180, 180), links: false },
    'A 08:00 ~ R1 08:00→09:00 ~ B ~ R3 12:00→13:00 ~ C 13:00 for 20',
  );
});

test('before a link to the via one may wait', () =>
  world.priced(stay(10, 20), 'A 08:00 ~ R4 08:00→08:20 ~ X ~ walk 30 ~ B ~ R3 12:00→13:00 ~ C 13:00 for 20'));
