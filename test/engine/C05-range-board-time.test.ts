import { test } from 'node:test';
import { World } from './support/check.ts';

test('who must be there an hour before leaves an hour before', () =>
  new World('R1 flight: A 09:00, B 10:00').ranging(
    { from: 'A 20', to: 'B', at: '07:00', board: { flight: 60 } },
    40,
    'A 07:40 ~ R1 09:00→10:00 ~ B 10:00',
  ));
