import { test } from 'node:test';
import { World } from './support/check.ts';

const world = new World(`
  long train: A 08:00, B 09:00/09:10, C 10:00, D 11:00, E 12:00
  hop bus: A 08:00, B 08:30
`);

test('boarding early may cost more at the next stop and less at the last', () => {
  // Telescoping: two who sit in the same train are compared by what they will have paid, not by what they have.
  const fares = [
    { id: 'rail', route_types: [2], slabs: [{ up_to_km: 30, minor_per_km: 10 }, { minor_per_km: 1 }] },
    { id: 'bus', route_types: [3], base_minor: 60 },
  ];
  const question = { from: 'A', at: '08:00', fares };
  world.priced(
    { ...question, to: 'C' },
    'A 08:00 ~ long 08:00→10:00 ~ C 10:00 for 200',
    'A 08:00 ~ hop 08:00→08:30 ~ B ~ long 09:10→10:00 ~ C 10:00 for 160',
  );
  world.priced({ ...question, to: 'E' }, 'A 08:00 ~ long 08:00→12:00 ~ E 12:00 for 310');
});

test('a ticket bought anew on the way may be cheaper', () =>
  world.priced(
    {
      from: 'A',
      to: 'C',
      at: '08:00',
      fares: [
        { id: 'rail', route_types: [2], slabs: [{ up_to_km: 10, minor_per_km: 1 }, { minor_per_km: 9 }] },
      ],
    },
    'A 08:00 ~ long 08:00→10:00 ~ C 10:00 for 100',
    'A 08:00 ~ long 08:00→09:00 ~ B ~ long 09:10→10:00 ~ C 10:00 for 20',
  ));

test('who boards later has paid more so far and pays less in the end', () =>
  new World(`
    near bus: O 07:00, A 07:30
    far bus: O 07:00, C 08:30
    rail train: A 08:00, C 09:00, E 10:00
  `).priced(
    {
      from: 'O',
      to: 'E',
      at: '07:00',
      fares: [
        { id: 'near', route_ids: ['line near'], base_minor: 10 },
        { id: 'far', route_ids: ['line far'], base_minor: 40 },
        { id: 'rail', route_types: [2], slabs: [{ minor_per_km: 10 }] },
      ],
    },
    'O 07:00 ~ far 07:00→08:30 ~ C ~ rail 09:00→10:00 ~ E 10:00 for 140',
  ));
