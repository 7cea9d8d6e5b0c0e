/** Every word in every language, with the same blanks, and no English left in Hindi. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

/** Written in Latin letters in Hindi too: names, codes and abbreviations. */
const latin = new Set(['RouteStitch', 'HTTP', 'PNR', 'SMS', 'ics', 'json', 'A', 'E', 'CC', 'EC', 'SL', 'S']);

/** Larger than any count that is said otherwise, and none equal to another. */
const blanks = [7001, 7002, 7003, 7004, 7005, 7006] as const;

type Said = { readonly path: string; readonly texts: readonly string[]; readonly arity: number };

/** Every text of a tree of words; functions are asked with blanks, and with zero and one for their plurals. */
function saidIn(words: unknown, at: string): Said[] {
  if (typeof words === 'string') return [{ path: at, texts: [words], arity: 0 }];
  if (typeof words === 'function') {
    const ask = words as (...values: unknown[]) => unknown;
    // Numbers do for most; what treats its blank as a text or as a list of them is asked so.
    const asked = (values: readonly number[]): string => {
      const texts = values.map(String);
      for (const ways of [values, texts, [texts]])
        try {
          return String(ask(...ways));
        } catch {
          continue;
        }
      return assert.fail(`${at} cannot be asked`);
    };
    const zeros = blanks.map(() => 0);
    const ones = blanks.map(() => 1);
    return [{ path: at, texts: [asked(blanks), asked(zeros), asked(ones)], arity: words.length }];
  }
  assert.ok(typeof words === 'object' && words !== null, `${at} holds ${String(words)}`);
  return Object.entries(words).flatMap(([name, value]) => saidIn(value, `${at}.${name}`));
}

const blanksIn = (text: string): string => blanks.filter((blank) => text.includes(String(blank))).join(' ');

/** One line a fault. */
function faultsBetween(english: unknown, hindi: unknown): string[] {
  const [ours, theirs] = [saidIn(english, ''), saidIn(hindi, '')];
  const theirPaths = new Map(theirs.map((said) => [said.path, said]));
  const faults = theirs
    .filter(({ path }) => !ours.some((said) => said.path === path))
    .map(({ path }) => `${path}: only in Hindi`);
  for (const said of ours) {
    const other = theirPaths.get(said.path);
    if (!other) {
      faults.push(`${said.path}: not in Hindi`);
      continue;
    }
    if (blanksIn(said.texts[0]!) !== blanksIn(other.texts[0]!))
      faults.push(`${said.path}: blanks ${blanksIn(said.texts[0]!)}, in Hindi ${blanksIn(other.texts[0]!)}`);
    for (const text of other.texts) {
      if (text.trim() === '' && said.texts[0]!.trim() !== '') faults.push(`${said.path}: empty in Hindi`);
      const left = (text.match(/[A-Za-z]+/g) ?? []).filter((word) => !latin.has(word));
      if (left.length > 0) faults.push(`${said.path}: Latin left in Hindi: ${left.join(' ')}`);
    }
  }
  return faults;
}

const folder = (language: string): string => path.join(import.meta.dirname, language);
const filesOf = (language: string): string[] =>
  readdirSync(folder(language))
    .filter((name) => name.endsWith('.ts'))
    .toSorted();
const wordsOf = async (language: string, file: string): Promise<unknown> =>
  ((await import(path.join(folder(language), file))) as { words: unknown }).words;

test('both languages have the same files', () => {
  assert.ok(filesOf('en').length > 0);
  assert.deepEqual(filesOf('hi'), filesOf('en'));
});

for (const file of filesOf('en'))
  test(`${file}: every word is in Hindi, with the same blanks and nothing left in English`, async () => {
    const [english, hindi] = await Promise.all([wordsOf('en', file), wordsOf('hi', file)]);
    assert.ok(saidIn(english, '').length > 5);
    assert.deepEqual(faultsBetween(english, hindi), []);
  });

test('every concession has a Hindi title', async () => {
  const { rules } = (await import('./hi/details.ts')) as { rules: Readonly<Record<string, string>> };
  const table = readFileSync(path.join(import.meta.dirname, '../../data/rules/concessions.csv'), 'utf8');
  const ids = table
    .split('\n')
    .slice(1)
    .map((line) => line.split(',')[0]!)
    .filter(Boolean);
  assert.ok(ids.length > 40);
  assert.deepEqual(
    ids.filter((id) => rules[id] === undefined),
    [],
  );
  assert.deepEqual(
    Object.entries(rules).filter(([, title]) => /[A-Za-z]/.test(title)),
    [],
  );
});

test('planted faults are seen', () => {
  const english = { a: 'Yes', b: (n: number, place: string) => `${n} to ${place}`, c: { d: 'No' } };
  const hindi = { a: 'हाँ', b: (n: number) => `${n} तक`, c: { d: 'नहीं' } };
  assert.deepEqual(faultsBetween(english, { ...hindi, b: english.b }), [
    '.b: Latin left in Hindi: to',
    '.b: Latin left in Hindi: to',
    '.b: Latin left in Hindi: to',
  ]);
  assert.deepEqual(faultsBetween(english, hindi), ['.b: blanks 7001 7002, in Hindi 7001']);
  const right = { ...hindi, b: (n: number, place: string) => `${place} तक ${n}` };
  assert.deepEqual(faultsBetween(english, right), []);
  assert.deepEqual(faultsBetween(english, { ...right, c: {} }), ['.c.d: not in Hindi']);
  assert.deepEqual(faultsBetween(english, { ...right, e: 'और' }), ['.e: only in Hindi']);
  assert.deepEqual(faultsBetween(english, { ...right, a: '' }), ['.a: empty in Hindi']);
});
