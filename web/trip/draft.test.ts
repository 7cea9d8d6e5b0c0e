import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dropDraft, keepDraft, keptDraft } from './draft.ts';

const trip = {
  origin: { id: '1', name: 'Noida', lat: 28.5, lng: 77.4 },
  destination: { id: '2', name: 'Patna', lat: 25.6, lng: 85.1 },
  date: '2026-12-04',
};

function memory() {
  const map = new Map<string, string>();
  return {
    getItem: (name: string) => map.get(name) ?? null,
    setItem: (name: string, value: string): void => void map.set(name, value),
    removeItem: (name: string): void => void map.delete(name),
  };
}

test('a draft waits for a day, with the key of its write', () => {
  const storage = memory();
  assert.equal(keptDraft(0, storage), null);
  assert.equal(keepDraft({ trip, key: 'k' }, 1000, storage), true);
  assert.deepEqual(keptDraft(86_400_999, storage), { trip, key: 'k' });
  assert.equal(keptDraft(86_401_000, storage), null);
  dropDraft(storage);
  assert.equal(keptDraft(1000, storage), null);
});

test('what else lies there is no draft, and a browser that keeps nothing says so', () => {
  for (const text of ['{', 'null', '7', '{}', '{"until":9e15}', '{"until":9e15,"key":"k"}']) {
    const storage = memory();
    storage.setItem('trip-draft', text);
    assert.equal(keptDraft(0, storage), null, text);
  }
  const full = {
    ...memory(),
    setItem: (): void => {
      throw new Error('full');
    },
  };
  assert.equal(keepDraft({ trip, key: 'k' }, 0, full), false);
});
