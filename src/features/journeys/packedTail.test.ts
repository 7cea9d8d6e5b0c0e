import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gunzipSync, createGunzip } from 'node:zlib';
import fc from 'fast-check';
import { PackedTail } from './packedTail.ts';

test('any beginning before any tail is one gzip member of both', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 5000 }),
      fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 4 }),
      async (tail, beginnings) => {
        const packed = await PackedTail.of(tail);
        for (const beginning of beginnings)
          assert.deepEqual(gunzipSync(packed.after(beginning)), Buffer.concat([beginning, tail]));
      },
    ),
    { numRuns: 200 },
  );
});

test('a long tail is packed; the longest beginning fits, a longer one is refused', async () => {
  const tail = Buffer.from('{"stop":"New Delhi"},'.repeat(20_000));
  const packed = await PackedTail.of(tail);
  assert.ok(packed.bytes < tail.length / 50);
  const beginning = Buffer.alloc(65_535, 'x');
  assert.deepEqual(gunzipSync(packed.after(beginning)), Buffer.concat([beginning, tail]));
  assert.throws(() => packed.after(Buffer.alloc(65_536)), RangeError);
});

test('a changed byte is found by the checksum, so that the checksum is the right one', async () => {
  const whole = (await PackedTail.of(Buffer.from('tail'))).after(Buffer.from('head'));
  for (const at of [16, whole.length - 8, whole.length - 4]) {
    const changed = Buffer.from(whole);
    changed[at]! ^= 1;
    assert.throws(() => gunzipSync(changed), /incorrect (data|length) check/);
  }
  // Nothing follows the member: readers that stop after one have everything.
  const reader = createGunzip();
  reader.end(whole);
  const [first] = await reader.toArray();
  assert.equal(String(first), 'headtail');
  assert.equal(reader.bytesWritten, whole.length);
});
