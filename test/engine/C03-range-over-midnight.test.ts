import { test } from 'node:test';
import { World } from './support/check.ts';

test('a window over midnight has trains of both days, and one that began the day before', () =>
  new World(`
    late train: A 23:30, B 24:30
    over train: X 20:00, A 24:10, B 25:10
    early train: A 00:20, B 01:20
  `).ranging(
    { from: 'A', to: 'B', at: '23:00' },
    90,
    'A 00:20+1 ~ early 00:20+1→01:20+1 ~ B 01:20+1',
    'A 00:10+1 ~ over 00:10+1→01:10+1 ~ B 01:10+1',
    'A 23:30 ~ late 23:30→00:30+1 ~ B 00:30+1',
  ));
