import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { AppError } from '../errors.ts';
import { type CsvOptions, readCsv } from './csv.ts';

interface SeenRecord {
  readonly line: number;
  readonly fields: readonly string[];
  readonly bad: boolean;
  readonly damage: string | null;
}

async function read(bytes: string | Buffer, size = 1 << 16, options: CsvOptions = {}): Promise<SeenRecord[]> {
  const buffer = Buffer.from(bytes);
  async function* chunks(): AsyncGenerator<Buffer> {
    for (let at = 0; at < buffer.length; at += size) yield buffer.subarray(at, at + size);
  }
  const records: SeenRecord[] = [];
  const onRecord: Parameters<typeof readCsv>[2] = (record) => {
    const fields = Array.from({ length: record.width }, (_, i) => record.text(i));
    records.push({ line: record.line, fields, bad: record.badQuotes, damage: record.damage });
  };
  await readCsv(chunks(), 'x.txt', onRecord, options);
  return records;
}

const fieldsOf = (records: readonly SeenRecord[]): (readonly string[])[] =>
  records.map(({ fields }) => fields);

const refused = (line: number) => (error: unknown) =>
  error instanceof AppError &&
  error.code === 'FEED_UNREADABLE' &&
  error.message.startsWith(`x.txt line ${line}:`);

describe('readCsv', () => {
  test('equals csv-parse on random tables, whatever the chunks', async () => {
    const field = fc.oneof(
      fc.string({ unit: fc.constantFrom('a', 'é', '日', ' ', '1'), maxLength: 6 }).map((text) => text.trim()),
      fc
        .string({ unit: fc.constantFrom('a', ',', '"', '\n', 'ü', '\r\n', ' '), maxLength: 8 })
        .map((text) => `"${text.replaceAll('"', '""')}"`),
    );
    const table = fc.array(fc.array(field, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        fc.integer({ min: 1, max: 40 }),
        async (rows, lineEnd, finalEnd, size) => {
          const text = rows.map((row) => row.join(',')).join(lineEnd) + (finalEnd ? lineEnd : '');
          const expected: string[][] = parse(text, {
            relax_column_count: true,
            record_delimiter: lineEnd,
          });
          assert.deepEqual(fieldsOf(await read(text, size)), expected);
        },
      ),
      { numRuns: 400, seed: 20260105 },
    );
  });

  test('tells the line of each record, with quoted line ends and blank lines between', async () => {
    const records = await read('h,i\n"a\nb",1\n\nc,2\n"d"\r\n');
    assert.deepEqual(
      records.map(({ line, fields }) => [line, ...fields]),
      [
        [1, 'h', 'i'],
        [2, 'a\nb', '1'],
        [5, 'c', '2'],
        [6, 'd'],
      ],
    );
  });

  test('drops the byte order mark and outer blanks', async () => {
    assert.deepEqual(fieldsOf(await read('\uFEFFa, b ,"  c "\n')), [['a', 'b', '  c ']]);
  });

  test('reads lines that end with a bare carriage return, and says so', async () => {
    let said = 0;
    const records = await read('a,b\r1,2\r3,4', 3, { onLoneCarriageReturn: () => said++ });
    assert.deepEqual(fieldsOf(records), [
      ['a', 'b'],
      ['1', '2'],
      ['3', '4'],
    ]);
    assert.equal(said, 1);
  });

  test('marks text after a closing quote, NUL and bytes that are not UTF-8', async () => {
    const bytes = Buffer.concat([
      Buffer.from('"a"x,1\nb\0,2\nc'),
      Buffer.from([0xff]),
      Buffer.from(',3\nd,4\n'),
    ]);
    const marks = (await read(bytes)).map(({ bad, damage }) => [bad, damage]);
    assert.deepEqual(marks, [
      [true, null],
      [false, 'nul'],
      [false, 'utf8'],
      [false, null],
    ]);
  });

  test('keeps a quote inside an unquoted field', async () => {
    assert.deepEqual(fieldsOf(await read('5" pipe,x\n')), [['5" pipe', 'x']]);
  });

  test('refuses a quote that never closes, naming its line', async () => {
    await assert.rejects(read('a,b\n"c,d\n1,2\n'), refused(2));
  });

  test('refuses an endless record before it fills the memory', async () => {
    const options = { maxRecord: 1000 };
    await assert.rejects(read(`a,b\n"${'x'.repeat(5000)}`, 100, options), refused(2));
    await assert.rejects(read(`a,b\n${'x'.repeat(5000)}`, 100, options), refused(2));
  });

  test('refuses UTF-16', async () => {
    for (const text of [Buffer.from('\uFEFFa,b\n', 'utf16le'), Buffer.from('stop_id,b\n', 'utf16le')])
      await assert.rejects(read(text), /UTF-16/);
  });
});
