import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseRupees, rupeesText } from './rupees.ts';

test('an amount as people type it', () => {
  for (const [text, minor] of [
    ['1250', 125_000],
    [' ₹ 1,23,456.5 ', 12_345_650],
    ['0.05', 5],
    ['9999999.99', 999_999_999],
  ] as const)
    assert.equal(parseRupees(text), minor, text);
  for (const text of ['', '12.345', '-5', '1e3', 'free', '12345678', '1.2.3', '.5'])
    assert.equal(parseRupees(text), null, text);
});

test('is written back as it was typed', () => {
  for (const minor of [0, 5, 125_000, 125_050, 12_345_650])
    assert.equal(parseRupees(rupeesText(minor)), minor);
  assert.equal(rupeesText(125_050), '1250.50');
});
