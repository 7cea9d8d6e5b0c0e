import { test } from 'node:test';
import { World } from './support/check.ts';

const world = new World(`
  R1 train: A1 08:30, B1 10:00
  R2 train: A2 08:20, B2 09:50
  R3 train: A2 08:10, B1 10:05
`);

test('the best pair of stations is found, with the way to and from them', () =>
  world.leaving(
    { from: 'A1 10, A2 25', to: 'B1 5, B2 30', at: '08:00' },
    'A1 08:20 ~ R1 08:30→10:00 ~ B1 10:05',
  ));

test('access time can make a run impossible', () =>
  world.leaving(
    { from: 'A1 31, A2 20', to: 'B1 5, B2 30', at: '08:00' },
    'A2 08:00 ~ R2 08:20→09:50 ~ B2 10:20',
  ));

test('a stop given twice counts by its shorter way', () =>
  world.leaving(
    { from: 'A1 40, A1 10', to: 'B1 50, B1 5', at: '08:00' },
    'A1 08:20 ~ R1 08:30→10:00 ~ B1 10:05',
  ));

test('arriving by', () =>
  world.arriving(
    { from: 'A1 10, A2 25', to: 'B1 5, B2 30', at: '10:05' },
    'A1 08:20 ~ R1 08:30→10:00 ~ B1 10:05',
  ));

test('where origin and destination share a stop, one still rides', () =>
  new World(`
    R1 bus: A 08:10, B 08:30
  `).leaving({ from: 'A 5, B 30', to: 'A 30, B 5', at: '08:00' }, 'A 08:05 ~ R1 08:10→08:30 ~ B 08:35'));
