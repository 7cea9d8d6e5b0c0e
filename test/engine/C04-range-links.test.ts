import { test } from 'node:test';
import { World } from './support/check.ts';

test('a walk to the first train and behind the last is counted', () =>
  new World(`
    R1 train: B 08:30, C 09:00
    R2 train: B 09:00, C 09:30
    link A B walk 10
    link C D walk 5
  `).ranging(
    { from: 'A', to: 'D', at: '08:20' },
    29,
    'A 08:20 ~ walk 10 ~ B ~ R1 08:30→09:00 ~ C ~ walk 5 ~ D 09:05',
  ));
