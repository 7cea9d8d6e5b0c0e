import { test } from 'node:test';
import { World } from './support/check.ts';

const world = new World(`
  R1 train Fri: A 08:00, B 09:00
`);

test('without a horizon every service day is looked at', () =>
  world.leaving({ from: 'A', to: 'B', at: '08:00' }, 'A 08:00+4 ~ R1 08:00+4→09:00+4 ~ B 09:00+4'));

test('what arrives behind the horizon is left out', () => {
  world.leaving(
    { from: 'A', to: 'B', at: '09:00+3', horizon: 1440 },
    'A 08:00+4 ~ R1 08:00+4→09:00+4 ~ B 09:00+4',
  );
  world.leaving({ from: 'A', to: 'B', at: '08:59+3', horizon: 1440 });
});

test('arriving by, what departs before it is left out', () => {
  world.arriving(
    { from: 'A', to: 'B', at: '08:00+5', horizon: 1440 },
    'A 08:00+4 ~ R1 08:00+4→09:00+4 ~ B 09:00+4',
  );
  world.arriving({ from: 'A', to: 'B', at: '08:01+5', horizon: 1440 });
});
