import assert from 'node:assert/strict';
import { test } from 'node:test';
import { languageOf } from './language.ts';

const spoken = (headers: Record<string, string>, query = ''): string =>
  languageOf(new Request(`http://localhost/auth/signin${query}`, { headers }));

test('the address goes before the cookie, the cookie before the browser', () => {
  const hindi = { cookie: 'a=1; lang=hi', 'accept-language': 'en' };
  assert.equal(spoken(hindi), 'hi');
  assert.equal(spoken(hindi, '?lang=en'), 'en');
  assert.equal(spoken(hindi, '?lang=fr'), 'hi');
  assert.equal(spoken({ cookie: 'xlang=hi; lang=fr' }), 'en');
});

test('a browser’s wishes are weighed', () => {
  for (const [header, language] of [
    ['hi-IN,hi;q=0.9,en;q=0.8', 'hi'],
    ['en-IN,en;q=0.9,hi;q=0.8', 'en'],
    ['mr;q=1, en;q=0.3, hi;q=0.7', 'hi'],
    ['hi;q=0, en;q=0.1', 'en'],
    ['fr, *', 'en'],
    ['hi;q=x', 'en'],
    ['', 'en'],
  ] as const)
    assert.equal(spoken({ 'accept-language': header }), language, header);
});
