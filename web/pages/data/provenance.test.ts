import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ruleTableSummaries } from '../../../src/features/rule-tables/index.ts';
import { words as english } from '../../words/en/data.ts';
import { placed, tableGroups } from './groups.ts';
import { blocksOf, cellText, columnName } from './provenance.ts';

const line = (at: number, figures: Record<string, string>, source = 'Gazette') => ({
  line: at,
  figures,
  source,
  validFrom: '2026-01-01',
  validTo: null,
  verifiedOn: '2026-11-22',
  certainty: 'A' as const,
});

test('lines from one source stand together; columns that say nothing there are left out', () => {
  const blocks = blocksOf([
    line(2, { km: '5', minor: '1000', note: '' }),
    line(3, { km: '12', minor: '', note: '' }, 'Press'),
    line(4, { km: '20', minor: '2150', note: '' }),
  ]);
  assert.deepEqual(
    blocks.map(({ from, rows, columns }) => [from.source, rows.map((row) => row.line), columns]),
    [
      ['Gazette', [2, 4], ['km', 'minor']],
      ['Press', [3], ['km']],
    ],
  );
});

test('columns are said in words, paise in rupees, lists with room to break', () => {
  assert.deepEqual(['per_km_minor', 'minor', 'charges_low_minor', 'base_minor', 'up_to_km'].map(columnName), [
    'per km ₹',
    '₹',
    'charges low ₹',
    'base ₹',
    'up to km',
  ]);
  assert.equal(cellText('per_km_minor', '125.5'), '1.255');
  assert.equal(cellText('minor', '2100'), '21');
  assert.equal(cellText('benefit', '2S:50;SL:50'), '2S:50; SL:50');
  assert.equal(cellText('base_minor', 'see stage'), 'see stage');
});

test('every table has its place and its name on the page, called as the server calls it', () => {
  const tables = ruleTableSummaries();
  assert.deepEqual(Object.keys(placed).toSorted(), tables.map(({ name }) => name).toSorted());
  assert.deepEqual(Object.fromEntries(tables.map(({ name, title }) => [name, title])), english.titles);
  const groups = tableGroups([...tables, { ...tables[0]!, name: 'new-table' }]);
  assert.equal(
    groups.reduce((all, { tables: ofGroup }) => all + ofGroup.length, 0),
    tables.length + 1,
  );
  assert.deepEqual(groups.at(-1)!.group, 'other');
  assert.deepEqual(groups[0]!.tables[0]!.name, 'rail-trains');
});
