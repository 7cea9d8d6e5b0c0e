import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { csvLine } from './csv.ts';

const cell = (value: Parameters<typeof csvLine>[0][number]): string => csvLine([value]).slice(0, -2);

test('numbers, dates and plain texts stay as they are; absent is empty', () => {
  assert.equal(
    csvLine(['Noida', 12, -3.5, true, new Date(0), null, undefined]),
    'Noida,12,-3.5,true,1970-01-01T00:00:00.000Z,,\r\n',
  );
  for (const text of ['नई दिल्ली', '2026-12-15', 'a-b', 'x=1', 'NDLS@5', '-5', '+919812345678', '-1.5e3'])
    assert.equal(cell(text), text);
});

test('what would part a cell is quoted', () => {
  assert.equal(cell('Agra, Fort'), '"Agra, Fort"');
  assert.equal(cell('a "b"'), '"a ""b"""');
  for (const text of ['a;b', 'a|b', 'a\tb', 'a\nb', ' a', 'a ']) assert.equal(cell(text), `"${text}"`);
});

test('what would begin a formula is text', () => {
  for (const sign of '=+-@＝＋－＠') {
    assert.equal(cell(`${sign}cmd`), `'${sign}cmd`);
    assert.equal(cell(`a,${sign}cmd`), `"a,'${sign}cmd"`);
    assert.equal(cell(`a; "${sign}cmd`), `"a; ""'${sign}cmd"`);
    for (const unseen of ['\u200b', '\u{e0001}'])
      assert.equal(cell(`${unseen}${sign}cmd`), `${unseen}'${sign}cmd`);
  }
  assert.equal(cell('-5+cmd'), `'-5+cmd`);
  assert.equal(cell('\tcmd'), `"'\tcmd"`);
  assert.equal(cell('\rcmd'), `"'\rcmd"`);
});

test('JSON means the same, and begins none either', () => {
  const value = { name: 'a,=cmd', list: [1, -2, -3e-9, '-x', '@y', '+1'], deep: { '=k': [-1] } };
  const [[read]] = parse(csvLine([value])) as [[string]];
  assert.deepEqual(JSON.parse(read), value);
  assert.doesNotMatch(read, /[,;|][\s"]*[=@]/);
});

test('any values come back as they were, but for the apostrophes', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'grapheme', maxLength: 30 }), { minLength: 1, maxLength: 4 }),
      (texts) => {
        const [read] = parse(csvLine([...texts, 'end']), { relax_column_count: true }) as [string[]];
        assert.equal(read.length, texts.length + 1);
        read.slice(0, -1).forEach((text, index) => {
          const plain = (one: string): string => one.replaceAll("'", '');
          assert.equal(plain(text), plain(texts[index]!));
        });
      },
    ),
  );
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      if (typeof value !== 'object' || value === null) return;
      const [[read]] = parse(csvLine([value])) as [[string]];
      assert.deepEqual(JSON.parse(read), JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('a long cell takes no longer than its length', () => {
  const milliseconds = (text: string): number => {
    const start = performance.now();
    cell(text);
    return performance.now() - start;
  };
  for (const part of ['\t', ' ', '"', ',-', '-1', ';+9 ', '=,']) {
    const text = part.repeat(200_000 / part.length);
    assert.ok(milliseconds(text) < 1000, JSON.stringify(part));
  }
});
