import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withFlatConditions } from './flatConditions.ts';

test('chains of one operator are flat, however deep', () => {
  for (const same of [
    'CHECK ((((a >= 1) AND (a <= 2)) AND ((b >= 3) AND (b <= 4))));',
    'CHECK (((a >= 1) AND (a <= 2) AND ((b >= 3) AND (b <= 4))));',
    'CHECK (((a >= 1) AND ((a <= 2) AND (b >= 3)) AND (b <= 4)));',
  ])
    assert.equal(withFlatConditions(same), 'CHECK (((a >= 1) AND (a <= 2) AND (b >= 3) AND (b <= 4)));');
});

test('what means something else stays something else', () => {
  for (const line of [
    'CHECK ((((a) OR (b)) AND (c)));',
    'CHECK (((a) OR ((b) AND (c))));',
    'CHECK ((NOT ((a) AND (b)) AND (c)));',
    `CHECK ((x = '(a) AND ((b) AND (c))'));`,
    'CHECK (f((a) AND (b)) AND (c));',
    'BEGIN (',
    ') unbalanced',
  ])
    assert.equal(withFlatConditions(line), line);
});
