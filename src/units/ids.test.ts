import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { newId } from './ids.ts';

test('ids are cuids and do not repeat', () => {
  const ids = Array.from({ length: 20_000 }, () => newId());
  assert.equal(new Set(ids).size, ids.length);
  for (const id of ids.slice(0, 100)) assert.ok(z.cuid().safeParse(id).success && id.length === 25, id);
});
