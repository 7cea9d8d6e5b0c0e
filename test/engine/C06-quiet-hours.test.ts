import { test } from 'node:test';
import { World } from './support/check.ts';

const world = new World(`
  R1 train: A 21:00, B 22:30/22:40, C 23:50
  R2 train: A 22:00, B 23:20/23:30, C 24:30
  R3 train: A 29:30, B 30:30, C 31:30
`);
const quiet = '23:00-05:00';

test('nothing is boarded in quiet hours; a train boarded before is ridden through them', () => {
  world.ranging(
    { from: 'A', to: 'C', at: '20:00', quiet },
    720,
    'A 05:30+1 ~ R3 05:30+1→07:30+1 ~ C 07:30+1',
    'A 22:00 ~ R2 22:00→00:30+1 ~ C 00:30+1',
    'A 21:00 ~ R1 21:00→23:50 ~ C 23:50',
  );
  world.ranging({ from: 'B', to: 'C', at: '23:00', quiet }, 300);
});
