import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import { readConcessions } from '../concessions/index.ts';
import { readJourneyRules } from '../journeys/rules.ts';
import { dataFolder } from '../rule-tables/index.ts';
import { readFareTables } from './tables.ts';

const folder = path.join(dataFolder, 'rules');
const csvFiles = readdirSync(folder).filter((name) => name.endsWith('.csv'));

test('every row of every rule table has a source, its dates and a certainty', () => {
  assert.ok(csvFiles.length >= 20);
  for (const name of csvFiles) {
    const rows: Record<string, string>[] = parse(readFileSync(path.join(folder, name)), { columns: true });
    assert.ok(rows.length > 0, name);
    rows.forEach((row, index) => {
      const where = `${name}, row ${index + 2}`;
      assert.ok(row['source']!.length >= 8, `${where}: source`);
      assert.match(row['valid_from'] ?? '', /^20\d\d-\d\d-\d\d$/, where);
      assert.match(row['verified_on'] ?? '', /^20\d\d-\d\d-\d\d$/, where);
      assert.match(row['certainty'] ?? '', /^[ABCD]$/, where);
      if (row['valid_to']) assert.ok(row['valid_to'] >= row['valid_from']!, where);
    });
  }
});

/** Reads all tables from a copy of `data/` with one file changed. */
function readChanged(name: string, change: (text: string) => string): void {
  const copy = mkdtempSync(path.join(tmpdir(), 'rules-'));
  try {
    cpSync(folder, path.join(copy, 'rules'), { recursive: true });
    const text = readFileSync(path.join(folder, name), 'utf8');
    const changed = change(text);
    assert.notEqual(changed, text, 'nothing was planted');
    writeFileSync(path.join(copy, 'rules', name), changed);
    readFareTables(copy);
    readConcessions(copy);
    readJourneyRules(copy);
  } finally {
    rmSync(copy, { recursive: true });
  }
}

/** Empties one cell of the first row. */
function blank(text: string, column: string): string {
  const [head = '', row = '', ...rest] = text.split('\n');
  const at = head.split(',').indexOf(column);
  const cells: string[] = parse(row)[0] ?? [];
  const shown = cells.map((cell, index) => (index === at ? '' : `"${cell.replaceAll('"', '""')}"`));
  return [head, shown.join(','), ...rest].join('\n');
}

/** The tables of fares and concessions; those of other parts are tested where they are read. */
const own = csvFiles.filter((name) =>
  /^(rail-(?!refunds)|road-|bus-|air-|metro-|meters|flight-|holidays|concessions)/.test(name),
);

test('a row without source, date or certainty stops the process and names file and row', () => {
  assert.equal(own.length, 18);
  for (const name of own)
    for (const column of ['source', 'valid_from', 'verified_on', 'certainty'])
      assert.throws(() => readChanged(name, (text) => blank(text, column)), {
        code: 'CONFIGURATION',
        message: new RegExp(`${name.replaceAll('.', '\\.')}, row 2: ${column}`),
      });
});

test('a wrong cell stops the process and names file and row', () => {
  for (const [name, from, to, message] of [
    ['rail-points.csv', 'sleeper,300,', 'sleeper,100,', /km of "sleeper" must rise, 100/],
    ['rail-fares.csv', 'SL,sleeper', 'SL,sleepr', /no points of table "sleepr"/],
    ['metro-fares.csv', '2:1100;5:2100', '5:1100;2:2100', /row 2: steps/],
    ['meters.csv', '23:00', '25:00', /meters\.csv, row 2: night_from/],
    ['metro-discounts.csv', '00:00-08:00', '08:00-00:00', /row 3: windows/],
    ['rail-quotas.csv', 'TATKAL', 'TATKL', /rail-quotas\.csv, row 5: quota/],
    ['holidays.csv', 'NATIONAL', 'STATE', /holidays\.csv, row 2: kind/],
    ['concessions.csv', '2S:50;SL:50', '2S:50-20;SL:50', /concessions\.csv, row 2: benefit/],
    ['concessions.csv', 'rail-student-sc-st', 'rail-student', /"rail-student" is used twice/],
    ['concessions.csv', '2018-12-08,2020-03-19', '2018-12-08,2017-03-19', /"rail-senior" ends before/],
  ] as const)
    assert.throws(() => readChanged(name, (text) => text.replace(from, to)), {
      code: 'CONFIGURATION',
      message,
    });
});
