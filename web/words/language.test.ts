import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changeLanguage, inLanguage, languageReady } from './language.ts';
import { dayName, durationText, kilometres, modeSentence, priceRange } from './say.ts';

Object.assign(globalThis, { document: { documentElement: { lang: 'en-IN' } } });

test('words of another language take their place, of later parts too, and go again', async () => {
  const early = inLanguage({ yes: 'Yes', deep: { no: 'No' } }, async () => ({
    words: { yes: 'हाँ', deep: { no: 'नहीं' } },
  }));
  assert.equal(early.yes, 'Yes');
  await changeLanguage('hi');
  assert.deepEqual(early, { yes: 'हाँ', deep: { no: 'नहीं' } });
  assert.equal(document.documentElement.lang, 'hi-IN');
  const late = inLanguage({ more: 'More' }, async () => ({ words: { more: 'और' } }));
  assert.equal(late.more, 'More');
  await languageReady();
  assert.equal(late.more, 'और');
  await changeLanguage('en');
  assert.deepEqual([early.yes, late.more], ['Yes', 'More']);
});

test('what cannot be loaded stays English', async () => {
  const words = inLanguage({ yes: 'Yes' }, () => Promise.reject(new TypeError('Failed to fetch')));
  await changeLanguage('hi');
  assert.equal(words.yes, 'Yes');
  await changeLanguage('en');
});

test('values are said in Hindi: days by Intl, digits grouped as in India', async () => {
  await changeLanguage('hi');
  assert.equal(dayName('2026-12-05'), 'शनि 5 दिस॰');
  assert.equal(durationText(975), '16\u00A0घं\u00A015\u00A0मि');
  assert.equal(modeSentence(['auto', 'train', 'metro']), 'ऑटो, ट्रेन और मेट्रो');
  assert.equal(priceRange({ lowMinor: 12_345_600, highMinor: 12_399_950 }), '₹1,23,456–1,24,000');
  assert.equal(kilometres(123_456), '1,23,456');
  await changeLanguage('en');
});
