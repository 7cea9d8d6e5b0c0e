import { test } from 'node:test';
import { World } from './support/check.ts';

const world = new World(`
  R1 bus: A 08:00, X 09:00
  F1 flight: X 09:59, Y 11:00
  F2 flight: X 10:00, Y 11:05
  R2 bus: Y 11:30, B 12:00
  R3 bus: Y 11:40, B 12:10
`);
const check = { board: { flight: 60 }, alight: { flight: 30 } };

test('a flight is boarded an hour before it leaves', () =>
  world.leaving(
    { from: 'A', to: 'Y', at: '08:00', ...check },
    'A 08:00 ~ R1 08:00→09:00 ~ X ~ F2 10:00→11:05 ~ Y 11:35',
  ));

test('the longer of boarding and change time counts, not the sum', () =>
  world.leaving(
    { from: 'A', to: 'Y', at: '08:00', change: 60, ...check },
    'A 08:00 ~ R1 08:00→09:00 ~ X ~ F2 10:00→11:05 ~ Y 11:35',
  ));

test('alighting time comes before the change', () => {
  world.leaving(
    { from: 'X', to: 'B', at: '09:00', change: 5, ...check },
    'X 09:00 ~ F2 10:00→11:05 ~ Y ~ R3 11:40→12:10 ~ B 12:10',
  );
  world.leaving(
    { from: 'X', to: 'B', at: '08:59', change: 0, ...check },
    'X 08:59 ~ F1 09:59→11:00 ~ Y ~ R2 11:30→12:00 ~ B 12:00',
  );
});

test('arriving by counts the way out of the airport', () => {
  world.arriving({ from: 'X', to: 'Y', at: '11:34', ...check }, 'X 08:59 ~ F1 09:59→11:00 ~ Y 11:30');
  world.arriving({ from: 'X', to: 'Y', at: '11:35', ...check }, 'X 09:00 ~ F2 10:00→11:05 ~ Y 11:35');
});
