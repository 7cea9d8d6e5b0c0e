import { test } from 'node:test';
import { World } from './support/check.ts';

const world = new World(`
  night train Mon: A 22:00, B 25:30/25:40, C 30:15
  owl bus Mon: C 30:30, D 31:00
`);

test('a run past midnight belongs to the day it began', () =>
  world.leaving({ from: 'A', to: 'C', at: '20:00' }, 'A 22:00 ~ night 22:00→06:15+1 ~ C 06:15+1'));

test('boarded after midnight', () =>
  world.leaving({ from: 'B', to: 'C', at: '01:00+1' }, 'B 01:40+1 ~ night 01:40+1→06:15+1 ~ C 06:15+1'));

test('a run whose service day was yesterday from its very first stop', () =>
  world.leaving({ from: 'C', to: 'D', at: '06:20+1' }, 'C 06:30+1 ~ owl 06:30+1→07:00+1 ~ D 07:00+1'));

test('both, with a change', () =>
  world.leaving(
    { from: 'B', to: 'D', at: '00:00+1', change: 15 },
    'B 01:40+1 ~ night 01:40+1→06:15+1 ~ C ~ owl 06:30+1→07:00+1 ~ D 07:00+1',
  ));
