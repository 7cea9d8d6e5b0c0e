import { test } from 'node:test';
import { World } from './support/check.ts';

test('leaving earlier to arrive earlier by less than the change time is worth it', () =>
  new World(`
    R1 train: A 08:00, B 09:00
    bus bus: B 09:10, C 11:55
    R2 train: A 09:00, B 10:00
    R3 train: B 10:10, C 12:00
  `).ranging(
    { from: 'A', to: 'C', at: '08:00', change: 10 },
    120,
    'A 09:00 ~ R2 09:00→10:00 ~ B ~ R3 10:10→12:00 ~ C 12:00',
    'A 08:00 ~ R1 08:00→09:00 ~ B ~ bus 09:10→11:55 ~ C 11:55',
  ));

test('being earlier at a change catches what has left a minute before', () =>
  new World(`
    R1 train: A 08:00, B 09:00
    R2 train: A 09:00, B 10:00
    bus bus: B 09:59, C 11:50
    R3 train: B 10:00, C 12:00
  `).ranging(
    { from: 'A', to: 'C', at: '08:00' },
    120,
    'A 09:00 ~ R2 09:00→10:00 ~ B ~ R3 10:00→12:00 ~ C 12:00',
    'A 08:00 ~ R1 08:00→09:00 ~ B ~ bus 09:59→11:50 ~ C 11:50',
  ));

test('of one pattern, too, and when only a later part of it is boarded', () =>
  new World(`
    R1 train: A 08:00, B 09:00
    R2 train: A 09:00, B 10:00
    R3 bus: X 09:29, B 09:59, C 11:50
    R4 bus: X 09:30, B 10:00, C 12:00
  `).ranging(
    { from: 'A', to: 'C', at: '08:00' },
    120,
    'A 09:00 ~ R2 09:00→10:00 ~ B ~ R4 10:00→12:00 ~ C 12:00',
    'A 08:00 ~ R1 08:00→09:00 ~ B ~ R3 09:59→11:50 ~ C 11:50',
  ));
