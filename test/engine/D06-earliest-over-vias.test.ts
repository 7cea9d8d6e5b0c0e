import { test } from 'node:test';
import { World } from './support/check.ts';

const world = new World(`
  R1 train: A 08:00, B 09:00
  R2 train: A 10:00, B 11:00
  R3 bus: B 09:30, X 10:00
  R4 bus: X 10:10, C 12:00
  R5 bus: B 12:00, C 14:00
`);
const over = (dwell: number, maxDwell?: number) => ({
  from: 'A',
  to: 'C',
  at: '08:00',
  links: false,
  vias: [{ stop: 'B', dwell, ...(maxDwell === undefined ? {} : { maxDwell }) }],
});

test('the first to arrive has as many rides as that takes', () =>
  world.overVias(over(30), 'A 08:00 ~ R1 08:00→09:00 ~ B ~ R3 09:30→10:00 ~ X ~ R4 10:10→12:00 ~ C 12:00'));

test('with fewer rides permitted it is another one', () =>
  world.overVias({ ...over(30), maxRides: 2 }, 'A 10:00 ~ R2 10:00→11:00 ~ B ~ R5 12:00→14:00 ~ C 14:00'));

test('who must not stay long reaches the stop-over later', () =>
  world.overVias(over(45, 60), 'A 10:00 ~ R2 10:00→11:00 ~ B ~ R5 12:00→14:00 ~ C 14:00'));

test('where a stage leads nowhere there is none', () => world.overVias({ ...over(600), horizon: 900 }));

test('the last minute of the horizon is one of them, with no minute to spare on the way', () =>
  new World(`
    R1 train: A 08:00, B 09:00
    R2 train: B 09:30, C 10:00
  `).overVias({ ...over(30), horizon: 120 }, 'A 08:00 ~ R1 08:00→09:00 ~ B ~ R2 09:30→10:00 ~ C 10:00'));

test('who alights at the stop-over too late to join a run there does not beat who rides through', () =>
  new World(`
    first train: A 08:00, B 08:58
    feeder bus: A 08:00, X 08:20
    through train: X 08:40, B 09:00, C 10:00
    next train: B 09:10, C 11:00
  `).overVias(
    { ...over(0), change: 10 },
    'A 08:00 ~ feeder 08:00→08:20 ~ X ~ through 08:40→10:00 ~ C 10:00',
  ));

test('who rides through a stop has been there twice where it is to be visited twice', () =>
  new World(`
    first train: A 08:00, D 08:05, B 08:10
    through train: D 08:20, B 08:30, C 08:40
  `).overVias(
    {
      ...over(0),
      vias: [
        { stop: 'B', dwell: 0 },
        { stop: 'B', dwell: 0 },
      ],
    },
    'A 08:00 ~ first 08:00→08:05 ~ D ~ through 08:20→08:40 ~ C 08:40',
  ));
