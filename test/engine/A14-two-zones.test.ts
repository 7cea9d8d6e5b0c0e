import { test } from 'node:test';
import { World } from './support/check.ts';

// Dubai is 90 minutes behind India.
const world = new World(`
  zone Asia/Dubai: DXB, AUH
  out flight: DEL 10:00, DXB 13:30
  bus bus: DXB 12:30, AUH 14:00
  back flight: DXB 16:00, DEL 19:00
`);

test('a run keeps the clock of where it starts; each stop shows its own', () =>
  world.leaving({ from: 'DEL', to: 'DXB', at: '09:00' }, 'DEL 10:00 ~ out 10:00→12:00 ~ DXB 12:00'));

test('a change between runs of two zones', () =>
  world.leaving(
    { from: 'DEL', to: 'AUH', at: '09:00', change: 30 },
    'DEL 10:00 ~ out 10:00→12:00 ~ DXB ~ bus 12:30→14:00 ~ AUH 14:00',
  ));

test('and back', () =>
  world.leaving({ from: 'DXB', to: 'DEL', at: '15:00' }, 'DXB 16:00 ~ back 16:00→20:30 ~ DEL 20:30'));
