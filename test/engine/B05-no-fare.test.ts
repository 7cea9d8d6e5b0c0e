import { test } from 'node:test';
import { World } from './support/check.ts';

const world = new World(`
  R1 train: A 08:00, B 09:00
  R2 bus: A 08:00, B 10:00
`);

test('a line without a family is not ridden, however fast', () =>
  world.priced(
    { from: 'A', to: 'B', at: '08:00', fares: [{ id: 'bus', route_types: [3], base_minor: 1 }] },
    'A 08:00 ~ R2 08:00→10:00 ~ B 10:00 for 1',
  ));

test('the first family that names the line or its type prices it', () => {
  const [special, rail] = [
    { id: 'special', route_ids: ['line R1'], base_minor: 5 },
    { id: 'rail', route_types: [2], base_minor: 9 },
  ];
  const question = { from: 'A', to: 'B', at: '08:00' };
  world.priced({ ...question, fares: [special, rail] }, 'A 08:00 ~ R1 08:00→09:00 ~ B 09:00 for 5');
  world.priced({ ...question, fares: [rail, special] }, 'A 08:00 ~ R1 08:00→09:00 ~ B 09:00 for 9');
});
