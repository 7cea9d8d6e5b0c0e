import { test } from 'node:test';
import { World } from './support/check.ts';

test('the dearer ticket so far is the cheaper one further on, in another family', () =>
  new World(`
    cheap train: A 08:00, B 09:00, C 10:00, D 11:00
    steep bus: A 08:00, B 09:00, C 10:00, D 11:00
  `).priced(
    {
      from: 'A',
      to: 'D',
      at: '08:00',
      fares: [
        { id: 'flat', route_types: [2], base_minor: 100 },
        { id: 'steep', route_types: [3], slabs: [{ minor_per_km: 4 }] },
      ],
    },
    'A 08:00 ~ cheap 08:00→11:00 ~ D 11:00 for 100',
  ));

test('runs of one pattern and two families are both kept', () => {
  const world = new World(`
    R1 train: A 08:00, B 09:00
    R2 train: A 08:30, B 09:30
    R3 train: A 09:00, B 10:00
  `);
  const fares = [
    { id: 'cheap', route_ids: ['line R2'], base_minor: 10 },
    { id: 'dear', route_types: [2], base_minor: 50 },
  ];
  world.priced(
    { from: 'A', to: 'B', at: '08:00', fares },
    'A 08:00 ~ R1 08:00→09:00 ~ B 09:00 for 50',
    'A 08:30 ~ R2 08:30→09:30 ~ B 09:30 for 10',
  );
});
