import { test } from 'node:test';
import { World } from './support/check.ts';

const world = new World(`
  R1 train: A 08:00, B 09:00
  R2 bus: A 08:00, B 10:00
`);
const fares = [
  { id: 'ticket', route_types: [2], base_minor: 40 },
  { id: 'vehicle', route_types: [3], base_minor: 100, vehicle_capacity: 3 },
];

test('tickets are per passenger, vehicles per vehicle', () => {
  const question = { from: 'A', to: 'B', at: '08:00', fares };
  const train = (price: number) => `A 08:00 ~ R1 08:00→09:00 ~ B 09:00 for ${price}`;
  const bus = (price: number) => `A 08:00 ~ R2 08:00→10:00 ~ B 10:00 for ${price}`;
  world.priced(question, train(40));
  world.priced({ ...question, passengers: 3 }, train(120), bus(100));
  world.priced({ ...question, passengers: 4 }, train(160));
  world.priced({ ...question, passengers: 6 }, train(240), bus(200));
});
