import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hostileAddresses, hostilePaths } from '../../../test/support/hostileAddresses.ts';
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
    ...hostileAddresses('www.journeys.example'),
    ...hostilePaths,
    `/${'x'.repeat(2000)}`,
  ])
    assert.equal(ownPage(text), '/', String(text));
});
