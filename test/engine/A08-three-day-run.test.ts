import assert from 'node:assert/strict';
import { test } from 'node:test';
import { World } from './support/check.ts';

// Day 0 is a Monday; the express leaves on Saturdays and reaches F on Tuesday.
const world = new World(`
  express train Sat: A 06:00, B 20:00/20:10, C 33:00/33:10, D 50:00/50:10, E 57:30/57:40, F 75:00
  feeder bus: G 01:00, D 01:45
`);

test('boarded on its third day, where it began two days ago', () =>
  world.leaving({ from: 'D', to: 'E', at: '00:00+7' }, 'D 02:10+7 ~ express 02:10+7→09:30+7 ~ E 09:30+7'));

test('ridden to its fourth day', () =>
  world.leaving({ from: 'E', to: 'F', at: '09:00+7' }, 'E 09:40+7 ~ express 09:40+7→03:00+8 ~ F 03:00+8'));

test('reached by a run of another service day', () =>
  world.leaving(
    { from: 'G', to: 'F', at: '00:30+7' },
    'G 01:00+7 ~ feeder 01:00+7→01:45+7 ~ D ~ express 02:10+7→03:00+8 ~ F 03:00+8',
  ));

test('the network says how many days back a run may have begun', () =>
  assert.equal(world.image.stats().lookBackDays, 4));
