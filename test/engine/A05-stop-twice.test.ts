import { test } from 'node:test';
import { World } from './support/check.ts';

const ring = new World(`
  ring bus: A 08:00, B 08:10/08:11, C 08:20, B 08:30/08:31, D 08:40
`);

test('the second visit is boarded when the first is missed', () =>
  ring.leaving({ from: 'B', to: 'D', at: '08:12' }, 'B 08:31 ~ ring 08:31→08:40 ~ D 08:40'));

test('the first visit leads to what lies in between', () =>
  ring.leaving({ from: 'B', to: 'C', at: '08:00' }, 'B 08:11 ~ ring 08:11→08:20 ~ C 08:20'));

test('of two visits the first is alighted at', () =>
  ring.leaving({ from: 'A', to: 'B', at: '08:00' }, 'A 08:00 ~ ring 08:00→08:10 ~ B 08:10'));

test('late for the loop, one leaves at the later visit', () =>
  ring.leaving({ from: 'B', to: 'D', at: '08:00' }, 'B 08:31 ~ ring 08:31→08:40 ~ D 08:40'));

test('a circle is ridden through its first stop', () =>
  new World(`
    circle metro: A 08:00, B 08:10, C 08:20, A 08:30/08:32, B 08:42
  `).leaving({ from: 'C', to: 'B', at: '08:00' }, 'C 08:20 ~ circle 08:20→08:42 ~ B 08:42'));
