import { test } from 'node:test';
import { World } from './support/check.ts';

test('the direct train stays beside the cheaper change', () =>
  new World(`
    direct train: A 08:00, C 12:00
    R1 bus: A 08:00, B 09:00
    R2 bus: B 09:30, C 11:00
  `).priced(
    {
      from: 'A',
      to: 'C',
      at: '08:00',
      fares: [
        { id: 'rail', route_types: [2], base_minor: 90 },
        { id: 'bus', route_types: [3], base_minor: 20 },
      ],
    },
    'A 08:00 ~ direct 08:00→12:00 ~ C 12:00 for 90',
    'A 08:00 ~ R1 08:00→09:00 ~ B ~ R2 09:30→11:00 ~ C 11:00 for 40',
  ));
