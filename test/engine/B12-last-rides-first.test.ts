import { test } from 'node:test';
import { World } from './support/check.ts';

test('of the first trains that make the same connection, the last is taken', () =>
  new World(`
    R1 train: A 08:00, B 09:00
    R2 train: A 10:00, B 11:00
    R3 train: A 11:00, B 12:00
    R4 bus: B 11:30, C 12:30
  `).priced(
    { from: 'A', to: 'C', at: '07:00', fares: [{ id: 'all', route_types: [2, 3], base_minor: 5 }] },
    'A 10:00 ~ R2 10:00→11:00 ~ B ~ R4 11:30→12:30 ~ C 12:30 for 10',
  ));
