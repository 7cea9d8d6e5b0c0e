import { test } from 'node:test';
import { World } from './support/check.ts';

const world = new World(`
  direct train: A 08:00, C 12:00
  R1 bus: A 08:30, B 09:00
  R2 bus: B 09:10, C 11:00
`);

test('more rides leave later and arrive sooner; the direct train stays', () =>
  world.ranging(
    { from: 'A', to: 'C', at: '08:00' },
    60,
    'A 08:30 ~ R1 08:30→09:00 ~ B ~ R2 09:10→11:00 ~ C 11:00',
    'A 08:00 ~ direct 08:00→12:00 ~ C 12:00',
  ));

test('at most so many rides', () =>
  world.ranging(
    { from: 'A', to: 'C', at: '08:00', maxRides: 1 },
    60,
    'A 08:00 ~ direct 08:00→12:00 ~ C 12:00',
  ));
