import { test } from 'node:test';
import { World } from './support/check.ts';

const world = new World(`
  R1 train: A 08:00, B 09:00/09:05, C 10:00
  R2 train: A 09:00, B 10:00/10:05, C 11:00
  R3 bus: B 12:00, C 13:00
`);
const fares = [{ id: 'all', route_types: [2, 3], base_minor: 10 }];

test('one stays as long as one must', () => {
  const stay = (dwell: number) => ({ from: 'A', to: 'C', at: '08:00', fares, vias: [{ stop: 'B', dwell }] });
  world.priced(stay(65), 'A 08:00 ~ R1 08:00→09:00 ~ B ~ R2 10:05→11:00 ~ C 11:00 for 20');
  world.priced(stay(66), 'A 09:00 ~ R2 09:00→10:00 ~ B ~ R3 12:00→13:00 ~ C 13:00 for 20');
});

test('with no need to stay, the train that calls there has been there', () =>
  world.priced(
    { from: 'A', to: 'C', at: '08:00', fares, vias: [{ stop: 'B', dwell: 0 }] },
    'A 08:00 ~ R1 08:00→10:00 ~ C 10:00 for 10',
  ));
