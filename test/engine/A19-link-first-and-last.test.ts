import { test } from 'node:test';
import { World } from './support/check.ts';

const world = new World(`
  R1 bus: B 08:20, C 09:00
  R2 bus: B 09:20, C 10:00
  link A B walk 15
  link C D taxi 7
  link A D walk 300
`);

test('a link before the first ride starts as late as it can, one after the last at once', () =>
  world.leaving(
    { from: 'A', to: 'D', at: '08:00', minRides: 1 },
    'A 08:05 ~ walk 15 ~ B ~ R1 08:20→09:00 ~ C ~ taxi 7 ~ D 09:07',
  ));

test('a link alone is a journey without rides', () =>
  world.leaving(
    { from: 'A', to: 'D', at: '08:06' },
    'A 08:06 ~ walk 300 ~ D 13:06',
    'A 09:05 ~ walk 15 ~ B ~ R2 09:20→10:00 ~ C ~ taxi 7 ~ D 10:07',
  ));

test('boarding time is counted between the link and the first ride', () =>
  world.leaving(
    { from: 'A', to: 'C', at: '08:00', board: { bus: 5 } },
    'A 08:00 ~ walk 15 ~ B ~ R1 08:20→09:00 ~ C 09:00',
  ));
