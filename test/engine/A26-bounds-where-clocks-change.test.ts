import { test } from 'node:test';
import { World } from './support/check.ts';

/**
 * R3 is known to be at T at 13:05. From C it takes 130 minutes at least, so R1 would be of no use, were it to leave C at
 * 10:58, the hour it has in winter: but it has left at 09:58, and R2 catches it at M.
 */
test('a run is not given up at the hour it would depart, had the clocks not changed', () =>
  new World(`
    from 2026-03-26 7 days
    zone Europe/Berlin: C, M, T, Z
    R1 train: C 09:58, M 12:00, T 13:00
    R2 train: C 10:40, M 11:50
    R3 bus: C 10:35, T 13:05
    R4 bus: T 20:00, Z 21:00 # or T would share the cell of M
  `).leaving(
    { from: 'C', to: 'T', at: '10:30+4' },
    'C 10:35+4 ~ R3 10:35+4→13:05+4 ~ T 13:05+4',
    'C 10:40+4 ~ R2 10:40+4→11:50+4 ~ M ~ R1 12:00+4→13:00+4 ~ T 13:00+4',
  ));
