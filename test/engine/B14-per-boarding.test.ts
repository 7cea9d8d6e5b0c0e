import { test } from 'node:test';
import { World } from './support/check.ts';

test('a charge for every boarding stands beside minimum and rounding', () =>
  new World(`
    long train: A 08:00, B 09:00/09:10, C 10:00
    hop train: A 08:00, B 08:30
  `).priced(
    {
      from: 'A',
      to: 'C',
      at: '08:00',
      passengers: 2,
      fares: [
        {
          id: 'rail',
          route_types: [2],
          slabs: [{ minor_per_km: 3 }],
          minimum_minor: 32,
          round_up_to_minor: 10,
          per_boarding_minor: 7,
        },
      ],
    },
    // 20 km for 60, and 7, for two.
    'A 08:00 ~ long 08:00→10:00 ~ C 10:00 for 134',
  ));
