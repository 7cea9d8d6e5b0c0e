import { test } from 'node:test';
import { World } from './support/check.ts';

const world = new World(`
  R1 train: A 08:00, B 09:00
  R2 bus: C 09:10, D 10:00
  R3 bus: C 09:30, D 10:20
  links B C walk 8
  link C E auto 5
`);

test('a link joins two rides', () =>
  world.leaving(
    { from: 'A', to: 'D', at: '08:00' },
    'A 08:00 ~ R1 08:00→09:00 ~ B ~ walk 8 ~ C ~ R2 09:10→10:00 ~ D 10:00',
  ));

test('change time counts also after a link', () =>
  world.leaving(
    { from: 'A', to: 'D', at: '08:00', change: 3 },
    'A 08:00 ~ R1 08:00→09:00 ~ B ~ walk 8 ~ C ~ R3 09:30→10:20 ~ D 10:20',
  ));

test('two links are not joined', () => world.leaving({ from: 'A', to: 'E', at: '08:00' }));

test('without links there is no way', () => world.leaving({ from: 'A', to: 'D', at: '08:00', links: false }));

test('a stop reached sooner by link can still be left by a link from the later ride', () =>
  new World(`
    R1 bus: A 08:00, B 08:30
    R2 bus: A 08:00, C 08:45
    link B C walk 10
    link C D walk 20
  `).leaving({ from: 'A', to: 'D', at: '08:00' }, 'A 08:00 ~ R2 08:00→08:45 ~ C ~ walk 20 ~ D 09:05'));
