import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limitIdentifiers } from './limitIdentifiers.ts';

const names = (address: string | undefined, user?: string): string[] =>
  limitIdentifiers(address, user).map(({ identifier }) => identifier);

test('an IPv4 address is counted for itself, in IPv6 clothes too', () => {
  assert.deepEqual(names('192.0.2.7'), ['ip4:192.0.2.7']);
  for (const mapped of [
    '::ffff:192.0.2.7',
    '::FFFF:c000:207',
    '[::ffff:192.0.2.7]',
    '0:0:0:0:0:ffff:c000:0207',
  ])
    assert.deepEqual(names(mapped), ['ip4:192.0.2.7']);
});

test('an IPv6 address is counted for its /64 and its /48', () => {
  assert.deepEqual(names('2001:db8:1:2:aaaa:bbbb:cccc:dddd'), ['ip6-64:2001:db8:1:2', 'ip6-48:2001:db8:1']);
  assert.deepEqual(names('2001:0DB8:0001:0002::1'), ['ip6-64:2001:db8:1:2', 'ip6-48:2001:db8:1']);
  assert.deepEqual(names('2001:db8::1'), ['ip6-64:2001:db8:0:0', 'ip6-48:2001:db8:0']);
  assert.deepEqual(names('fe80::1%eth0'), ['ip6-64:fe80:0:0:0', 'ip6-48:fe80:0:0']);
  assert.deepEqual(names('::1'), ['ip6-64:0:0:0:0', 'ip6-48:0:0:0']);
  assert.deepEqual(names('64:ff9b::192.0.2.7'), ['ip6-64:64:ff9b:0:0', 'ip6-48:64:ff9b:0']);
});

test('changing the host part of an IPv6 address gains nothing', () => {
  assert.deepEqual(names('2001:db8:1:2::1'), names('2001:db8:1:2:ffff:ffff:ffff:fffe'));
});

test('a /48 has room for several households', () => {
  assert.deepEqual(
    limitIdentifiers('2001:db8::1').map(({ factor }) => factor),
    [1, 8],
  );
});

test('the user is counted too, first', () => {
  assert.deepEqual(names('192.0.2.7', 'u1'), ['user:u1', 'ip4:192.0.2.7']);
});

test('what is no address shares one count', () => {
  for (const text of [
    undefined,
    '',
    'localhost',
    '1.2.3',
    '999.1.1.1',
    '1.2.3.4, 5.6.7.8',
    "'; DROP TABLE rate_limits",
  ])
    assert.deepEqual(names(text), ['address:unknown']);
});
