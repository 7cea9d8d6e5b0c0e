import { test } from 'node:test';
import { World } from './support/check.ts';

const world = new World(`
  R1 train: A 08:00, B 09:00
  R2 train: A 09:00, B 10:00
  slow train: A 09:30, B 12:00
  R3 train: A 10:00, B 11:00
`);

test('every departure worth taking, the last first; the overtaken one is not', () =>
  world.ranging(
    { from: 'A', to: 'B', at: '08:00' },
    120,
    'A 10:00 ~ R3 10:00→11:00 ~ B 11:00',
    'A 09:00 ~ R2 09:00→10:00 ~ B 10:00',
    'A 08:00 ~ R1 08:00→09:00 ~ B 09:00',
  ));

test('the window counts to its last minute', () => {
  world.ranging({ from: 'A', to: 'B', at: '08:01' }, 58);
  world.ranging({ from: 'A', to: 'B', at: '08:01' }, 59, 'A 09:00 ~ R2 09:00→10:00 ~ B 10:00');
  world.ranging({ from: 'A', to: 'B', at: '09:00' }, 0, 'A 09:00 ~ R2 09:00→10:00 ~ B 10:00');
});
