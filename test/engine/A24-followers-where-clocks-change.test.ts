import { test } from 'node:test';
import { World } from './support/check.ts';

/** The scan knows each hop at both starts of the service day: that of before and that of after the change. */
test('a run is not taken for one that follows another before it really departs', () =>
  new World(`
    from 2026-03-26 7 days
    zone Europe/Berlin: A, X, B, C
    R1 train: A 10:00, X 10:15, B 10:30, C 11:00
    R2 bus: C 12:00, A 15:00
  `).leaving(
    { from: 'B', to: 'X', at: '09:00' },
    'B 10:30 ~ R1 10:30→11:00 ~ C ~ R2 12:00→15:00 ~ A ~ R1 10:00+1→10:15+1 ~ X 10:15+1',
  ));
