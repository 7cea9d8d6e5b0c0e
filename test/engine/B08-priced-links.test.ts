import { test } from 'node:test';
import { World } from './support/check.ts';

const world = new World(`
  R1 train: A 08:00, B 09:00
  R2 train: C 09:30, D 10:00
  link B C walk 10
  link D E walk 5
`);
const fares = [{ id: 'rail', route_types: [2], base_minor: 10 }];

test('a walk costs its minutes, a link its price', () =>
  world.priced(
    { from: 'A', to: 'E', at: '08:00', fares, change: 5 },
    'A 08:00 ~ R1 08:00→09:00 ~ B ~ walk 10 ~ C ~ R2 09:30→10:00 ~ D ~ walk 5 ~ E 10:05 for 20',
  ));

test('without links there is no way', () =>
  world.priced({ from: 'A', to: 'E', at: '08:00', fares, links: false }));

test('a way on foot alone is a journey that costs nothing', () =>
  world.priced({ from: 'D', to: 'E', at: '08:00', fares }, 'D 08:00 ~ walk 5 ~ E 08:05 for 0'));
