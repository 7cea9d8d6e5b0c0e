import { test } from 'node:test';
import { World } from './support/check.ts';

test('the last to reach the via may be the cheapest in the end', () =>
  new World(`
    fast flight: A 08:00, B 09:00
    slow bus: A 08:00, B 12:00
    next train: B 14:00, C 15:00
  `).priced(
    {
      from: 'A',
      to: 'C',
      at: '08:00',
      vias: [{ stop: 'B', dwell: 60 }],
      fares: [
        { id: 'flight', route_types: [1100], base_minor: 500 },
        { id: 'other', route_types: [2, 3], base_minor: 10 },
      ],
    },
    'A 08:00 ~ slow 08:00→12:00 ~ B ~ next 14:00→15:00 ~ C 15:00 for 20',
  ));

test('and the one with more rides the first', () =>
  new World(`
    R1 bus: A 08:00, X 08:30
    R2 bus: X 08:40, B 09:00
    direct bus: A 08:00, B 11:00
    early train: B 10:00, C 11:00
    late train: B 12:00, C 13:00
  `).priced(
    {
      from: 'A',
      to: 'C',
      at: '08:00',
      horizon: 600,
      vias: [{ stop: 'B', dwell: 45 }],
      fares: [{ id: 'all', route_types: [2, 3], base_minor: 10 }],
    },
    'A 08:00 ~ direct 08:00→11:00 ~ B ~ late 12:00→13:00 ~ C 13:00 for 20',
    'A 08:00 ~ R1 08:00→08:30 ~ X ~ R2 08:40→09:00 ~ B ~ early 10:00→11:00 ~ C 11:00 for 30',
  ));
