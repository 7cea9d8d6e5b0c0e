import { test } from 'node:test';
import { World } from './support/check.ts';

const world = new World(`
  R3 metro: C 08:00, D 08:00
  R2 metro: B 08:00, C 08:00
  R1 metro: A 08:00, B 08:00
  R4 train: D 08:00, E 08:40
`);

test('rides that take no time follow each other within a minute, in whatever order they are listed', () =>
  world.leaving(
    { from: 'A', to: 'E', at: '07:00' },
    'A 08:00 ~ R1 08:00→08:00 ~ B ~ R2 08:00→08:00 ~ C ~ R3 08:00→08:00 ~ D ~ R4 08:00→08:40 ~ E 08:40',
  ));

test('a run boarded further on is boarded earlier as well, when its hop takes no time', () => {
  const late = new World(`
    R2 train: B 08:00, X 08:00, C 08:00, D 08:30
    R1 metro: A 08:00, B 08:00
    R3 bus: X 08:00, Y 08:10
    link A C walk 5
    R0 bus: A 07:00, C 07:20
  `);
  late.leaving(
    { from: 'A', to: 'Y', at: '06:55' },
    'A 08:00 ~ R1 08:00→08:00 ~ B ~ R2 08:00→08:00 ~ X ~ R3 08:00→08:10 ~ Y 08:10',
  );
});

test('not with a change time: then each is a day later', () =>
  world.leaving(
    { from: 'A', to: 'E', at: '07:00', change: 1 },
    'A 08:00 ~ R1 08:00→08:00 ~ B ~ R2 08:00+1→08:00+1 ~ C ~ R3 08:00+2→08:00+2 ~ D ~ R4 08:00+3→08:40+3 ~ E 08:40+3',
  ));
