import { test } from 'node:test';
import { World } from './support/check.ts';

const world = new World('R1 train: A 08:00, B 09:00, C 10:00');
const rail = { id: 'rail', route_types: [2], slabs: [{ minor_per_km: 7 }] };

test('no fare is below the minimum', () => {
  const fares = [{ ...rail, minimum_minor: 100 }];
  world.priced({ from: 'A', to: 'B', at: '08:00', fares }, 'A 08:00 ~ R1 08:00→09:00 ~ B 09:00 for 100');
  world.priced({ from: 'A', to: 'C', at: '08:00', fares }, 'A 08:00 ~ R1 08:00→10:00 ~ C 10:00 for 140');
});

test('fares are rounded up, also the minimum', () => {
  const fares = [{ ...rail, minimum_minor: 101, round_up_to_minor: 50 }];
  world.priced({ from: 'A', to: 'B', at: '08:00', fares }, 'A 08:00 ~ R1 08:00→09:00 ~ B 09:00 for 150');
});

test('what needs no rounding is not rounded', () =>
  world.priced(
    { from: 'A', to: 'C', at: '08:00', fares: [{ ...rail, round_up_to_minor: 70 }] },
    'A 08:00 ~ R1 08:00→10:00 ~ C 10:00 for 140',
  ));
