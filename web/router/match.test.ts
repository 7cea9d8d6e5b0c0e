import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matchPath } from './match.ts';

test('a path is matched part by part', () => {
  assert.deepEqual(matchPath('/', '/'), {});
  assert.deepEqual(matchPath('/trips', '/trips/'), {});
  assert.deepEqual(matchPath('/trips/$tripId', '/trips/c1%20x'), { tripId: 'c1 x' });
  assert.deepEqual(matchPath('/trips/$tripId', '/trips/%E0'), { tripId: '%E0' });
});

test('another path is none of it', () => {
  for (const path of ['/trip', '/trips/a/b', '/', '/trips/'])
    assert.equal(matchPath('/trips/$tripId', path), null, path);
});
