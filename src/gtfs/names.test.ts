import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cleanName, harmless, hasUnseen, LONGEST_NAME } from './names.ts';

test('whatever the text, a clean name is one visible line of bounded length, and clean already', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => {
      const { text: name } = cleanName(text);
      assert.ok(name.length <= LONGEST_NAME && !hasUnseen(name));
      assert.ok(name.isWellFormed());
      assert.deepEqual(cleanName(name), { text: name, cleaned: false, cut: false });
    }),
    { numRuns: 2000 },
  );
});

test('names of India and elsewhere stay as they are', () => {
  for (const name of [
    'नई दिल्ली',
    'श्री\u200Dराम',
    'ക്\u200Dഷ',
    'مغل سرائے',
    "Fès–Meknès (O'Neill) №1",
    '東京',
  ]) {
    assert.deepEqual(cleanName(name), { text: name, cleaned: false, cut: false });
    assert.equal(harmless(name), name);
  }
});

test('what is taken out leaves no gap, what separates becomes one blank', () => {
  assert.equal(cleanName('a\u202Eb\r\n\t c\u200B').text, 'ab c');
  assert.equal(harmless('a\u202Eb\nc'), 'a·b·c');
});
