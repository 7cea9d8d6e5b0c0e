import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dropClick, keepClick, pendingClick } from './clicks.ts';

function memory(text: string | null = null) {
  let kept = text;
  return {
    getItem: () => kept,
    setItem: (_: string, value: string) => {
      kept = value;
    },
  };
}
const click = { clickId: 'c1', platform: 'ConfirmTkt' };

test('a click is asked after on its leg alone, for 90 days, until it is answered', () => {
  const storage = memory();
  keepClick('t', 1, click, 0, storage);
  keepClick('t', 3, { ...click, clickId: 'c3' }, 5, storage);
  assert.deepEqual(pendingClick('t', 1, 1000, storage), click);
  assert.equal(pendingClick('t', 2, 1000, storage), null);
  assert.equal(pendingClick('u', 1, 1000, storage), null);
  assert.equal(pendingClick('t', 1, 90 * 86_400_000, storage), null);
  dropClick('t', 1, 1000, storage);
  assert.equal(pendingClick('t', 1, 1000, storage), null);
  assert.equal(pendingClick('t', 3, 1000, storage)?.clickId, 'c3');
});

test('the fifty newest are kept, and what else lies there is none', () => {
  const storage = memory();
  for (let at = 0; at < 60; at += 1) keepClick('t', at, click, at, storage);
  assert.equal(pendingClick('t', 8, 60, storage), null);
  assert.deepEqual(pendingClick('t', 59, 60, storage), click);
  for (const text of ['{', '7', 'null', '{"t 1":null}', '{"t 1":{"at":1}}', '[]'])
    assert.equal(pendingClick('t', 1, 2, memory(text)), null, text);
});
