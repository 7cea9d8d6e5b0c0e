import assert from 'node:assert/strict';
import { test } from 'node:test';
import { World } from './support/check.ts';

const world = new World(`
  slow train: A 08:00, B 09:00, C 12:00
  fast train: A 08:30, B 09:10, C 10:00
  late train: A 09:00, B 10:30, C 12:30
`);

test('a later train that overtakes is taken', () =>
  world.leaving({ from: 'A', to: 'C', at: '08:00' }, 'A 08:30 ~ fast 08:30→10:00 ~ C 10:00'));

test('before it overtakes, the earlier train is better', () =>
  world.leaving({ from: 'A', to: 'B', at: '08:00' }, 'A 08:00 ~ slow 08:00→09:00 ~ B 09:00'));

test('trains that overtake one another do not share a pattern', () =>
  assert.equal(world.image.stats().patterns, 2));

test('a train of today does not share a pattern with one of tomorrow that overtakes it', () => {
  const days = new World(`
    crawl train: A 08:00, B 40:00
    dash train: A 09:00, B 10:00
  `);
  assert.equal(days.image.stats().patterns, 2);
  days.leaving({ from: 'A', to: 'B', at: '07:00' }, 'A 09:00 ~ dash 09:00→10:00 ~ B 10:00');
  // Here the order of departure is that of arrival, yet tomorrow's `first` overtakes today's `last`.
  const spread = new World(`
    first train: A 01:00, B 02:00
    last train: A 20:00, B 26:30
  `);
  assert.equal(spread.image.stats().patterns, 2);
  spread.leaving({ from: 'A', to: 'B', at: '19:00' }, 'A 01:00+1 ~ first 01:00+1→02:00+1 ~ B 02:00+1');
});
