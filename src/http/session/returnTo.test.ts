import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ownPage } from './returnTo.ts';

test('pages of ours stay as they are', () => {
  for (const path of [
    '/',
    '/trips',
    '/trips/c1?tab=legs#leg-2',
    '/?origin=Noida&destination=Bangalore',
    '/a//b',
  ])
    assert.equal(ownPage(path), path);
  assert.equal(ownPage('/?q=नोएडा'), '/?q=%E0%A4%A8%E0%A5%8B%E0%A4%8F%E0%A4%A1%E0%A4%BE');
});

test('everything that leads elsewhere becomes the first page', () => {
  for (const text of [
    undefined,
    null,
    42,
    '',
    'trips',
    'https://evil.example',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '\t//evil.example',
    ' //evil.example',
    '/.//evil.example',
    '/..//evil.example',
    '/%2e%2e//evil.example',
    '/x/..//evil.example',
    '/x/%2E%2E//evil.example',
    'javascript:alert(1)',
    'data:text/html,x',
    '/auth/signout',
    '/auth',
    '/%61uth/signout',
    '/x/../auth/confirm',
    '/api/v1/me',
    '/out/c123',
    '/%6fut/c123',
    '/%E0%A4%A',
    `/${'x'.repeat(2000)}`,
    '/\u0000',
    '/x\r\nSet-Cookie: a=b',
  ])
    assert.equal(ownPage(text), '/', String(text));
});
