import { test } from 'node:test';
import { World } from './support/check.ts';

const world = new World(`
  R1 train: A 08:00, B 12:00
  R2 bus: A 08:00, B 11:00
  R3 flight: A 08:00, B 09:00
  R4 ferry: B 12:30, C 13:00
`);

test('only permitted modes are ridden', () => {
  world.leaving({ from: 'A', to: 'B', at: '08:00', modes: ['train'] }, 'A 08:00 ~ R1 08:00→12:00 ~ B 12:00');
  world.leaving(
    { from: 'A', to: 'B', at: '08:00', modes: ['train', 'bus'] },
    'A 08:00 ~ R2 08:00→11:00 ~ B 11:00',
  );
  world.leaving({ from: 'A', to: 'B', at: '08:00' }, 'A 08:00 ~ R3 08:00→09:00 ~ B 09:00');
});

test('no way without the last mode', () =>
  world.leaving({ from: 'A', to: 'C', at: '08:00', modes: ['train', 'bus'] }));
