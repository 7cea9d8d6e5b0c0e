import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { parse } from 'csv-parse/sync';
import { aboutData, ruleTable } from './aboutData.ts';
import { dataFolder } from './readTable.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'routestitch-tables-'));
cpSync(path.join(dataFolder, 'rules'), path.join(folder, 'rules'), { recursive: true });
after(() => rmSync(folder, { recursive: true }));

test('every figure is traceable to a line of a file, with source, date and certainty', () => {
  for (const table of aboutData()) {
    const lines = readFileSync(path.join(dataFolder, 'rules', `${table.name}.csv`), 'utf8');
    const records: Record<string, string>[] = parse(lines, { columns: true, bom: true, trim: true });
    assert.equal(table.rows.length, records.length, table.name);
    assert.ok(table.rowCount > 0, `${table.name} is empty`);
    for (const [index, row] of table.rows.entries()) {
      assert.equal(row.line, index + 2);
      const record = records[index]!;
      for (const [column, value] of Object.entries(row.figures)) assert.equal(value, record[column]);
      assert.equal(row.source, record['source']);
      assert.ok(
        row.validFrom <= (row.validTo ?? '9999'),
        `${table.name}, line ${row.line}: ends before it begins`,
      );
    }
  }
});

for (const [column, value] of [
  ['source', ''],
  ['valid_from', 'lately'],
  ['verified_on', ''],
  ['certainty', 'E'],
] as const)
  test(`a row without a proper ${column} is refused with its file and row`, () => {
    const file = path.join(folder, 'rules/fog.csv');
    const whole = readFileSync(file, 'utf8');
    const [header = '', first = ''] = whole.split('\n');
    const records: Record<string, string>[] = parse(whole, { columns: true });
    const broken = { ...records[0], [column]: value };
    const cells = header.split(',').map((name) => `"${(broken as Record<string, string>)[name]}"`);
    writeFileSync(file, `${header}\n${first}\n${cells.join(',')}\n`);
    assert.throws(() => aboutData(folder), new RegExp(`fog\\.csv, row 3: ${column}`));
    writeFileSync(file, whole);
  });

test('a table without a title, and one that is not there', () => {
  writeFileSync(path.join(folder, 'rules/new-table.csv'), 'source,valid_from,verified_on,certainty\n');
  assert.throws(() => aboutData(folder), /new-table\.csv has no title/);
  assert.throws(() => ruleTable('passwords'), { code: 'NOT_FOUND' });
});
