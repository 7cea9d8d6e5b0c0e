import { test } from 'node:test';
import { World } from './support/check.ts';

test('days of waiting between rides are no obstacle', () =>
  new World(`
    from 2026-01-05 60 days
    R1 train days 0: A 08:00, B 09:00
    R2 ferry days 41: B 10:00, C 60:00
  `).leaving(
    { from: 'A', to: 'C', at: '07:00' },
    'A 08:00 ~ R1 08:00→09:00 ~ B ~ R2 10:00+41→12:00+43 ~ C 12:00+43',
  ));

test('the same run is boarded again weeks later, further up its way', () =>
  new World(`
    from 2026-01-05 60 days
    R1 train days 0 32: A 08:00, X 08:30, B 09:00, C 10:00
    R2 bus days 20: C 08:00, A 09:00
    R3 bus: X 08:40, D 09:00
  `).leaving(
    { from: 'B', to: 'D', at: '08:45' },
    'B 09:00 ~ R1 09:00→10:00 ~ C ~ R2 08:00+20→09:00+20 ~ A ~ R1 08:00+32→08:30+32 ~ X ~ R3 08:40+32→09:00+32 ~ D 09:00+32',
  ));

test('where no way leads, none is found, however long the calendar', () =>
  new World(`
    from 2026-01-05 400 days
    R1 train: A 08:00, B 09:00
    R2 train: D 08:00, C 09:00 (pick up only)
    R3 train: B 09:30, C 10:00 (pick up only), E 11:00
  `).leaving({ from: 'A', to: 'C', at: '07:00' }));
