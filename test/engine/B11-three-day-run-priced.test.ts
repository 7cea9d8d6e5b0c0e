import { test } from 'node:test';
import { World } from './support/check.ts';

test('a train that left the day before yesterday is boarded, and paid from here', () =>
  new World('long train days 0: A 08:00, B 57:00, C 60:00').priced(
    {
      from: 'B',
      to: 'C',
      at: '08:00+2',
      fares: [{ id: 'rail', route_types: [2], slabs: [{ minor_per_km: 3 }] }],
    },
    'B 09:00+2 ~ long 09:00+2→12:00+2 ~ C 12:00+2 for 30',
  ));
