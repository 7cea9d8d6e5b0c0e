import { test } from 'node:test';
import { World } from './support/check.ts';

const world = (...rules: readonly string[]): World =>
  new World(`
    R1 train: A 08:00, X 08:30${rules[0] ?? ''}, B 09:00${rules[1] ?? ''}, C 10:00
    R2 train: C 10:30, B 11:30${rules[2] ?? ''}, X 12:00, D 12:30
  `);

test('nobody rides past a stop to come back to it: the first that both rides call at is changed at', () => {
  const line = 'A 08:00 ~ R1 08:00→08:30 ~ X ~ R2 12:00→12:30 ~ D 12:30';
  world().leaving({ from: 'A', to: 'D', at: '07:00' }, line);
  world().arriving({ from: 'A', to: 'D', at: '13:00' }, line);
  world().ranging({ from: 'A', to: 'D', at: '07:00' }, 120, line);
});

test('but where one may alight and board', () => {
  const atB = 'A 08:00 ~ R1 08:00→09:00 ~ B ~ R2 11:30→12:30 ~ D 12:30';
  const atC = 'A 08:00 ~ R1 08:00→10:00 ~ C ~ R2 10:30→12:30 ~ D 12:30';
  world(' (pick up only)').leaving({ from: 'A', to: 'D', at: '07:00' }, atB);
  world(' (pick up only)', ' (pick up only)').leaving({ from: 'A', to: 'D', at: '07:00' }, atC);
  world(' (pick up only)', '', ' (set down only)').leaving({ from: 'A', to: 'D', at: '07:00' }, atC);
  world().leaving({ from: 'A', to: 'D', at: '07:00', quiet: '11:45-12:15' }, atB);
  world().leaving({ from: 'A', to: 'D', at: '07:00', quiet: '11:15-12:15' }, atC);
});

test('every change of a journey', () =>
  new World(`
    R1 train: A 08:00, B 09:00, C 10:00
    R2 bus: C 10:30, B 11:30, D 12:30, E 13:30
    R3 train: E 14:00, D 15:00, F 16:00
  `).leaving(
    { from: 'A', to: 'F', at: '07:00' },
    'A 08:00 ~ R1 08:00→09:00 ~ B ~ R2 11:30→12:30 ~ D ~ R3 15:00→16:00 ~ F 16:00',
  ));

test('more time alone is no reason: two rides that go the same way are changed where they were', () =>
  new World(`
    R1 train: A 08:00, B 09:00, C 10:00
    R2 bus: B 09:10, C 10:30, D 11:00
  `).ranging(
    { from: 'A', to: 'D', at: '07:00' },
    120,
    'A 08:00 ~ R1 08:00→09:00 ~ B ~ R2 09:10→11:00 ~ D 11:00',
  ));
