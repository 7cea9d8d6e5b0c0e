import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDate } from '../../src/units/time.ts';
import { checkDraft } from './check.ts';
import type { Draft } from './check.ts';
import { emptyQuery } from './query.ts';

const today = parseDate('2026-12-04')!;
const place = (text: string) => ({ text, picked: null });
const draft = (part: Partial<Draft>): Draft => ({
  ...emptyQuery,
  origin: place('Noida'),
  destination: place('Bangalore'),
  date: '2026-12-04',
  stops: [],
  noMode: false,
  ...part,
});

test('texts that were not picked from the list are enough', () => {
  assert.deepEqual(checkDraft(draft({}), today), {});
});

test('each fault is told at its field, in the order of the form', () => {
  const faults = (part: Partial<Draft>): string[] => Object.keys(checkDraft(draft(part), today));
  assert.deepEqual(faults({ origin: place(' ') }), ['origin']);
  assert.deepEqual(faults({ destination: place('') }), ['destination']);
  assert.deepEqual(faults({ destination: place('NOIDA ') }), ['destination']);
  assert.deepEqual(faults({ date: '2026-12-03' }), ['date']);
  assert.deepEqual(faults({ noMode: true }), ['modes']);
  const stops = [
    { key: 0, place: place('Agra'), dwellMinutes: 60 },
    { key: 1, place: place(' '), dwellMinutes: 60 },
  ];
  assert.deepEqual(faults({ origin: place(''), stops, date: '2026-12-01' }), ['origin', 'stop1', 'date']);
  // There and back over a stop is a journey.
  assert.deepEqual(faults({ destination: place('noida'), stops: stops.slice(0, 1) }), []);
});
