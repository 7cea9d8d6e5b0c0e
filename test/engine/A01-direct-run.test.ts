import { test } from 'node:test';
import { World } from './support/check.ts';

const world = new World(`
  R1 train: A 08:05, B 08:30/08:35, C 09:10
  R2 train: A 10:05, B 10:30/10:35, C 11:10
  R3 bus: C 12:00, D 13:00
`);

test('the next run is taken', () => {
  world.leaving({ from: 'A', to: 'C', at: '08:00' }, 'A 08:05 ~ R1 08:05→09:10 ~ C 09:10');
  world.leaving({ from: 'A', to: 'C', at: '08:06' }, 'A 10:05 ~ R2 10:05→11:10 ~ C 11:10');
});

test('a run that leaves at the very minute is caught, among others and alone', () => {
  world.leaving({ from: 'A', to: 'C', at: '08:05' }, 'A 08:05 ~ R1 08:05→09:10 ~ C 09:10');
  world.leaving({ from: 'C', to: 'D', at: '12:00' }, 'C 12:00 ~ R3 12:00→13:00 ~ D 13:00');
  world.leaving({ from: 'C', to: 'D', at: '12:00+1' }, 'C 12:00+1 ~ R3 12:00+1→13:00+1 ~ D 13:00+1');
});

test('a run that has left a minute ago is not', () =>
  world.leaving({ from: 'C', to: 'D', at: '12:01' }, 'C 12:00+1 ~ R3 12:00+1→13:00+1 ~ D 13:00+1'));

test('one boards and alights on the way, at departure and arrival minutes', () => {
  world.leaving({ from: 'B', to: 'C', at: '08:35' }, 'B 08:35 ~ R1 08:35→09:10 ~ C 09:10');
  world.leaving({ from: 'A', to: 'B', at: '08:00' }, 'A 08:05 ~ R1 08:05→08:30 ~ B 08:30');
});

test('after the last run of a day comes the first of the next', () =>
  world.leaving({ from: 'A', to: 'C', at: '10:06' }, 'A 08:05+1 ~ R1 08:05+1→09:10+1 ~ C 09:10+1'));

test('no run goes backwards', () => world.leaving({ from: 'C', to: 'A', at: '08:00' }));
