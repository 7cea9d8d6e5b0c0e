import { test } from 'node:test';
import { World } from './support/check.ts';

const world = new World(`
  R1 train: A 08:00, B 09:00
  R2 train: B 10:00, C 11:00
  R3 train: C 12:00, B 13:00
  R4 train: B 14:00, D 15:00
`);
const fares = [{ id: 'all', route_types: [2], base_minor: 10 }];

test('in the order given', () => {
  const question = { from: 'A', to: 'D', at: '08:00', fares, horizon: 1000 };
  world.priced(
    {
      ...question,
      vias: [
        { stop: 'B', dwell: 30 },
        { stop: 'C', dwell: 30 },
      ],
    },
    'A 08:00 ~ R1 08:00→09:00 ~ B ~ R2 10:00→11:00 ~ C ~ R3 12:00→13:00 ~ B ~ R4 14:00→15:00 ~ D 15:00 for 40',
  );
  world.priced({ ...question, maxRides: 3, vias: [{ stop: 'C', dwell: 30 }] });
});

test('the change time is part of the stay', () =>
  world.priced(
    { from: 'A', to: 'C', at: '08:00', fares, change: 60, vias: [{ stop: 'B', dwell: 60 }] },
    'A 08:00 ~ R1 08:00→09:00 ~ B ~ R2 10:00→11:00 ~ C 11:00 for 20',
  ));
