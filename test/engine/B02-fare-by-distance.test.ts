import { test } from 'node:test';
import { World } from './support/check.ts';

const world = new World('R1 train: A 08:00, B 09:00, C 10:00, D 11:00');
const slabs = [{ up_to_km: 15, minor_per_km: 10 }, { minor_per_km: 4 }];

test('the slabs are added up from boarding on', () => {
  const fares = [{ id: 'rail', route_types: [2], base_minor: 30, slabs }];
  world.priced({ from: 'A', to: 'B', at: '08:00', fares }, 'A 08:00 ~ R1 08:00→09:00 ~ B 09:00 for 130');
  world.priced({ from: 'A', to: 'D', at: '08:00', fares }, 'A 08:00 ~ R1 08:00→11:00 ~ D 11:00 for 240');
  world.priced({ from: 'C', to: 'D', at: '08:00', fares }, 'C 10:00 ~ R1 10:00→11:00 ~ D 11:00 for 130');
});

test('behind the end of the last slab nothing is added', () =>
  world.priced(
    { from: 'A', to: 'D', at: '08:00', fares: [{ id: 'rail', route_types: [2], slabs: slabs.slice(0, 1) }] },
    'A 08:00 ~ R1 08:00→11:00 ~ D 11:00 for 150',
  ));
