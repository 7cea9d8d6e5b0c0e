import { test } from 'node:test';
import { World } from './support/check.ts';

const fares = [{ id: 'all', route_types: [2, 3], base_minor: 10 }];
const question = { from: 'A', at: '20:00', fares, quiet: '23:00-05:00' };

test('nobody boards in the quiet hours, but rides on in them', () =>
  new World(`
    R1 train: A 22:00, B 23:30
    R2 train: B 23:40, C 25:00
    R3 train: B 28:59, C 29:30
    R4 train: B 29:00, C 30:00
  `).priced(
    { ...question, to: 'C', horizon: 700 },
    'A 22:00 ~ R1 22:00→23:30 ~ B ~ R4 05:00+1→06:00+1 ~ C 06:00+1 for 20',
  ));

test('the last of the trains that make the connection is one that leaves in time', () =>
  new World(`
    R1 train: A 22:00, B 23:30
    R2 train: A 23:30, B 24:30
    R4 bus: B 29:00, C 30:00
  `).priced(
    { ...question, to: 'C', horizon: 700 },
    'A 22:00 ~ R1 22:00→23:30 ~ B ~ R4 05:00+1→06:00+1 ~ C 06:00+1 for 20',
  ));
