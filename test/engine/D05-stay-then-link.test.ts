import { test } from 'node:test';
import { World } from './support/check.ts';

test('a link is set out on when the stay is over, change time or not', () =>
  new World(`
    R1 train: A 08:00, B 09:00
    link B X walk 10
    R2 bus: X 10:10, C 11:00
    R3 bus: X 10:15, C 12:00
  `).priced(
    {
      from: 'A',
      to: 'C',
      at: '08:00',
      change: 5,
      horizon: 700,
      vias: [{ stop: 'B', dwell: 60 }],
      fares: [{ id: 'all', route_types: [2, 3], base_minor: 10 }],
    },
    'A 08:00 ~ R1 08:00→09:00 ~ B ~ walk 10 ~ X ~ R3 10:15→12:00 ~ C 12:00 for 20',
  ));
