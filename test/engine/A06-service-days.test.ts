import { test } from 'node:test';
import { World } from './support/check.ts';

// Day 0 is a Monday.
const world = new World(`
  week train Wed Sat: A 08:00, B 09:00
  once train days 9: A 07:00, B 08:00
`);

test('the next day of service is waited for', () => {
  world.leaving({ from: 'A', to: 'B', at: '00:00' }, 'A 08:00+2 ~ week 08:00+2→09:00+2 ~ B 09:00+2');
  world.leaving({ from: 'A', to: 'B', at: '08:01+2' }, 'A 08:00+5 ~ week 08:00+5→09:00+5 ~ B 09:00+5');
});

test('a single day of service among others', () =>
  world.leaving({ from: 'A', to: 'B', at: '06:00+9' }, 'A 07:00+9 ~ once 07:00+9→08:00+9 ~ B 08:00+9'));

test('after the last day nothing runs', () => world.leaving({ from: 'A', to: 'B', at: '08:01+12' }));

test('before the first day one waits for it', () =>
  world.leaving({ from: 'A', to: 'B', at: '10:00-3' }, 'A 08:00+2 ~ week 08:00+2→09:00+2 ~ B 09:00+2'));

test('runs of one pattern with different days', () => {
  const mixed = new World(`
    early train Tue: A 08:00, B 09:00
    noon train Mon: A 12:00, B 13:00
    never train days 99: A 08:10, B 08:20
  `);
  mixed.leaving({ from: 'A', to: 'B', at: '07:00' }, 'A 12:00 ~ noon 12:00→13:00 ~ B 13:00');
  mixed.leaving({ from: 'A', to: 'B', at: '12:01' }, 'A 08:00+1 ~ early 08:00+1→09:00+1 ~ B 09:00+1');
  mixed.leaving({ from: 'A', to: 'B', at: '08:01+1' }, 'A 12:00+7 ~ noon 12:00+7→13:00+7 ~ B 13:00+7');
  mixed.arriving({ from: 'A', to: 'B', at: '12:00+7' }, 'A 08:00+1 ~ early 08:00+1→09:00+1 ~ B 09:00+1');
});
