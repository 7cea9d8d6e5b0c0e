import { test } from 'node:test';
import { World } from './support/check.ts';

/**
 * From C by R1 one would be at T at 13:00, too late once R3 is known to be there at 13:05 and R1 taken to depart at its
 * winter hour, 11:00 by the clock of that day: but R1 has left C at 10:00, and R2 catches it at M.
 */
test('a run is not given up at the hour it would depart, had the clocks not changed', () =>
  new World(`
    from 2026-03-26 7 days
    zone Europe/Berlin: C, M, T
    R1 train: C 10:00, M 12:00, T 13:00
    R2 train: C 10:40, M 11:50
    R3 bus: C 10:35, T 13:05
  `).leaving(
    { from: 'C', to: 'T', at: '10:30+4' },
    'C 10:35+4 ~ R3 10:35+4→13:05+4 ~ T 13:05+4',
    'C 10:40+4 ~ R2 10:40+4→11:50+4 ~ M ~ R1 12:00+4→13:00+4 ~ T 13:00+4',
  ));
