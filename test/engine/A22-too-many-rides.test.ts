import { test } from 'node:test';
import { World } from './support/check.ts';

const world = new World(`
  R1 bus: A 08:00, B 08:30
  R2 bus: B 08:40, C 09:00
  R3 bus: C 09:10, D 09:30
  R4 train: A 08:10, D 12:00
`);
const quick = 'A 08:00 ~ R1 08:00→08:30 ~ B ~ R2 08:40→09:00 ~ C ~ R3 09:10→09:30 ~ D 09:30';
const slow = 'A 08:10 ~ R4 08:10→12:00 ~ D 12:00';

test('the earliest arrival takes three rides', () =>
  world.leaving({ from: 'A', to: 'D', at: '08:00', maxRides: 3 }, slow, quick));

test('with two at most the next best arrives first', () =>
  world.leaving({ from: 'A', to: 'D', at: '08:00', maxRides: 2 }, slow));

test('with none nothing does', () => world.leaving({ from: 'A', to: 'D', at: '08:00', maxRides: 0 }));
