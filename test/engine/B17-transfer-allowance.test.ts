import { test } from 'node:test';
import { World } from './support/check.ts';

const bus = (transfer: object) => ({ id: 'bus', route_types: [3], base_minor: 50, transfer });

test('a ride boarded in time after a paid one costs what the allowance says, once', () => {
  const world = new World(`
    R1 bus: A 08:00, B 08:20
    R2 bus: B 09:00, C 09:30
    R3 bus: C 09:40, D 10:00
  `);
  const question = { from: 'A', at: '08:00' };
  const fares = (minutes: number, count: number) => [bus({ minutes, price_minor: 5, count })];
  const line = 'A 08:00 ~ R1 08:00→08:20 ~ B ~ R2 09:00→09:30 ~ C 09:30 for';
  world.priced({ ...question, to: 'C', fares: fares(60, 1) }, `${line} 55`);
  world.priced({ ...question, to: 'C', fares: fares(59, 1) }, `${line} 100`);
  const further = 'A 08:00 ~ R1 08:00→08:20 ~ B ~ R2 09:00→09:30 ~ C ~ R3 09:40→10:00 ~ D 10:00 for';
  // Counted from the first ride, not from the one before.
  world.priced({ ...question, to: 'D', fares: fares(90, 2) }, `${further} 105`);
  world.priced({ ...question, to: 'D', fares: fares(100, 1) }, `${further} 105`);
  world.priced({ ...question, to: 'D', fares: fares(100, 2) }, `${further} 60`);
});

test('dearer so far, with a ticket that saves more', () =>
  new World(`
    taxi train: A 08:00, B 08:30
    R1 bus: A 08:00, B 08:30
    R2 bus: B 08:40, C 09:00
  `).priced(
    {
      from: 'A',
      to: 'C',
      at: '08:00',
      fares: [bus({ minutes: 60 }), { id: 'train', route_types: [2], base_minor: 30 }],
    },
    'A 08:00 ~ R1 08:00→08:30 ~ B ~ R2 08:40→09:00 ~ C 09:00 for 50',
  ));

test('a ticket bought later still runs', () =>
  new World(`
    R1 bus: A 08:00, B 08:20
    R2 bus: A 09:00, B 09:20
    R3 bus: B 09:30, C 10:00
  `).priced(
    { from: 'A', to: 'C', at: '08:00', fares: [bus({ minutes: 45 })] },
    'A 09:00 ~ R2 09:00→09:20 ~ B ~ R3 09:30→10:00 ~ C 10:00 for 50',
  ));

test('a dear ride is worth the ticket more than a cheap one', () =>
  new World(`
    R1 bus: A 08:00, B 08:10
    R2 bus: B 08:20, C 08:30
    R3 bus: C 08:40, D 08:50, E 09:00, F 09:10
  `).priced(
    {
      from: 'A',
      to: 'F',
      at: '08:00',
      fares: [
        { id: 'bus', route_types: [3], slabs: [{ minor_per_km: 10 }], transfer: { minutes: 60, count: 1 } },
      ],
    },
    'A 08:00 ~ R1 08:00→08:10 ~ B ~ R2 08:20→08:30 ~ C ~ R3 08:40→09:10 ~ F 09:10 for 200',
  ));
