import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readProblem, readRetryAt } from './client.ts';

test('a problem document is read with its code, request and facts', () => {
  assert.deepEqual(
    readProblem({
      type: 'about:blank',
      title: 'No such place is known',
      status: 422,
      code: 'PLACE_NOT_FOUND',
      detail: 'No place is known as "Atlantis"',
      requestId: 'r1',
      facts: { field: 'origin', suggestions: ['Attili', 7] },
    }),
    {
      title: 'No such place is known',
      code: 'PLACE_NOT_FOUND',
      detail: 'No place is known as "Atlantis"',
      requestId: 'r1',
      field: 'origin',
      suggestions: ['Attili'],
    },
  );
});

test('what a proxy answers is no problem document', () => {
  for (const body of [null, 'Bad Gateway', { error: 'x' }, { title: 7 }])
    assert.equal(readProblem(body), null);
});

const at = (value?: string) =>
  readRetryAt({ headers: new Headers(value === undefined ? {} : { 'retry-after': value }) }, 1000);

test('Retry-After is read as seconds or as a date', () => {
  assert.equal(at('34'), 35_000);
  assert.equal(at('Wed, 02 Dec 2026 00:00:00 GMT'), Date.parse('2026-12-02T00:00:00Z'));
  assert.equal(at('soon'), null);
  assert.equal(at(), null);
});
