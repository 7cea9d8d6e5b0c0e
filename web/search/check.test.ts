import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDate } from '../../src/units/time.ts';
import { checkDraft } from './check.ts';
import type { Draft } from './check.ts';
import { emptyQuery } from './query.ts';

const today = parseDate('2026-11-22')!;
const draft: Draft = {
  ...emptyQuery,
  origin: { text: 'Noida', picked: null },
  destination: { text: 'Bangalore', picked: null },
  date: '2026-11-22',
  noMode: false,
};

const wrong = (part: Partial<Draft>) => Object.keys(checkDraft({ ...draft, ...part }, today));
const at = (text: string) => ({ text, picked: null });

test('texts that were not picked from the list are enough', () => {
  assert.deepEqual(checkDraft(draft, today), {});
});

test('each fault is told at its field', () => {
  assert.deepEqual(wrong({ origin: at(' ') }), ['origin']);
  assert.deepEqual(wrong({ destination: at('') }), ['destination']);
  assert.deepEqual(wrong({ destination: at(' noida ') }), ['destination']);
  assert.deepEqual(wrong({ date: '2026-11-21' }), ['date']);
  assert.deepEqual(wrong({ date: '' }), ['date']);
  assert.deepEqual(wrong({ noMode: true }), ['modes']);
});
