import assert from 'node:assert/strict';
import { test } from 'node:test';
import { truncatedAddress, truncatedUserAgent, visitorHash } from './visitor.ts';

test('an address is cut to its network', () => {
  assert.equal(truncatedAddress('203.0.113.77'), '203.0.113');
  assert.equal(truncatedAddress('::ffff:203.0.113.77'), '203.0.113');
  assert.equal(truncatedAddress('2001:db8:1:2:3:4:5:6'), '2001:db8:1');
  assert.equal(truncatedAddress('unknown'), null);
  assert.equal(truncatedAddress(''), null);
});

test('the hash is one for a network and a day, another on the next day and under another secret', () => {
  const noon = new Date('2026-12-01T12:00Z');
  const hash = visitorHash('secret', '203.0.113.77', noon);
  assert.match(hash!, /^[A-Za-z0-9_-]{43}$/);
  assert.equal(visitorHash('secret', '203.0.113.200', new Date('2026-12-01T23:59Z')), hash);
  assert.notEqual(visitorHash('secret', '203.0.113.77', new Date('2026-12-02T00:00Z')), hash);
  assert.notEqual(visitorHash('other', '203.0.113.77', noon), hash);
  assert.notEqual(visitorHash('secret', '203.0.114.77', noon), hash);
});

test('a user agent is one line of at most 120 characters', () => {
  assert.equal(truncatedUserAgent('Mozilla/5.0\r\n  (X11)\u0000'), 'Mozilla/5.0 (X11)');
  assert.equal(truncatedUserAgent('x'.repeat(300))?.length, 120);
  assert.equal(truncatedUserAgent(`${'x'.repeat(119)}😀`)?.isWellFormed(), true);
  assert.equal(truncatedUserAgent(' \n'), null);
});
