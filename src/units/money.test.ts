import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatRupees } from './money.ts';

test('rupees are grouped the Indian way, paise shown only when there are any', () => {
  assert.deepEqual([12_345_600, 245_050, 0].map(formatRupees), ['₹1,23,456', '₹2,450.50', '₹0']);
});
