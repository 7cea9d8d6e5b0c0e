import { readdirSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { type RuleTable, ruleTableSummarySchema, type RuleTableSummary } from './contract.ts';
import { datedProvenance } from './dated.ts';
import { dataFolder, readTable } from './readTable.ts';

/** What each table says; a table that is not here stops the test of this list. */
const titles: Readonly<Record<string, string>> = {
  access: 'How far from each end stations, airports and stops are looked for',
  'air-ceilings': 'Highest base fares by air',
  'air-fares': 'Model of air fares by distance',
  'booking-windows': 'When booking, Tatkal and charts happen',
  buffers: 'Minutes before departures and after arrivals',
  'bus-surcharges': 'Surcharges of buses on busy days',
  'change-minimum': 'Least minutes before a departure',
  comfort: 'What is hard on travellers, and how hard',
  concessions: 'Concessions in force and withdrawn',
  'flight-lead-times': 'How air fares grow towards the day',
  fog: 'Fog of winter',
  'hill-roads': 'Roads to towns in the hills',
  holidays: 'Holidays that change fares',
  meters: 'Meters and app estimates of autos and taxis',
  'metro-discounts': 'Discounts of the metros',
  'metro-fares': 'Metro fares by distance',
  'metro-pairs': 'Metro fares between two stations',
  platforms: 'Platforms that sell tickets, and the form of their links',
  'rail-children': 'Fares of children by rail',
  'rail-classes': 'Fees and tax by class of rail',
  'rail-fares': 'Fare tables by kind of train and class',
  'rail-points': 'Points of the rail fare tables',
  'rail-quotas': 'Tatkal',
  'rail-refunds': 'What comes back of a rail ticket',
  'rail-revisions': 'Revisions of rail fares',
  'rail-trains': 'Kinds of trains',
  'road-fares': 'Bus fares by operator and kind',
  'station-changes': 'Ways between the stations of a city',
  'train-delays': 'How late trains are',
  vehicles: 'Passengers a vehicle takes',
};

/** Some tables have no end of validity. */
const row = z.looseObject({ ...datedProvenance, valid_to: datedProvenance.valid_to.default(null) });

let own: readonly RuleTable[] | undefined;

/**
 * Every rule table with every row and where it is from; the product's own are read once. Throws `CONFIGURATION` for a
 * row without source or date.
 */
export const aboutData = (folder: string = dataFolder): readonly RuleTable[] =>
  folder === dataFolder ? (own ??= readTables(folder)) : readTables(folder);

const readTables = (folder: string): RuleTable[] =>
  readdirSync(path.join(folder, 'rules'))
    .filter((file) => file.endsWith('.csv'))
    .toSorted()
    .map((file) => tableOf(file.slice(0, -'.csv'.length), folder));

/** The same without the rows. */
export const ruleTableSummaries = (): RuleTableSummary[] =>
  aboutData().map((table) => ruleTableSummarySchema.parse(table));

/** One of them. Throws `NOT_FOUND`. */
export function ruleTable(name: string, folder: string = dataFolder): RuleTable {
  const table = aboutData(folder).find((one) => one.name === name);
  if (!table) throw new AppError('NOT_FOUND', `There is no rule table "${name}".`);
  return table;
}

function tableOf(name: string, folder: string): RuleTable {
  const title = titles[name];
  if (title === undefined)
    throw new AppError('CONFIGURATION', `data/rules/${name}.csv has no title in the data page`);
  const rows = readTable(`rules/${name}.csv`, row, folder).map(
    ({ source, valid_from, valid_to, verified_on, certainty, ...figures }, index) => ({
      line: index + 2,
      figures: figures as Record<string, string>,
      source,
      validFrom: valid_from,
      validTo: valid_to,
      verifiedOn: verified_on,
      certainty,
    }),
  );
  const certainties = { A: 0, B: 0, C: 0, D: 0 };
  for (const { certainty } of rows) certainties[certainty]++;
  const verifiedFrom = rows.map(({ verifiedOn }) => verifiedOn).toSorted()[0] ?? '';
  return { name, title, rowCount: rows.length, certainties, verifiedFrom, rows };
}
