import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { namesCell } from '../fares/index.ts';
import { cell, datedProvenance, listCell, readTable } from '../rule-tables/index.ts';
import {
  disabilities,
  genders,
  patientCategories,
  professions,
  purposes,
  travellerGroups,
} from './contract.ts';

const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  listCell.pipe(z.array(z.enum(values)));
const yesCell = z.enum(['yes', '']).transform((text) => text === 'yes');
const optionalText = z.string().transform((text) => (text === '' ? null : text));

export interface Percent {
  readonly low: number;
  readonly high: number;
}

const BENEFIT = /^(\*|[A-Z0-9]+):(\d+(?:\.\d+)?)(?:-(\d+(?:\.\d+)?))?$/;

/** `SL:50;3A:75`, `*:25` for every class, `*:6-10` for a range; blank: the size is not recorded. */
const benefitCell = z.string().transform((text, context) => {
  const percents = new Map<string, Percent>();
  for (const entry of text === '' ? [] : text.split(';')) {
    const [, code, first, second] = BENEFIT.exec(entry) ?? [];
    const [low, high] = [Number(first), Number(second ?? first)];
    if (code === undefined || low > high || high > 100)
      context.addIssue({ code: 'custom', message: `"${entry}" is not class:percent or class:low-high` });
    else percents.set(code, { low, high });
  }
  return percents;
});

const concessionRow = z.object({
  id: z.string().min(1),
  title: z.string().min(1),
  /** NOTE: states a fact, saves nothing. */
  kind: z.enum(['DISCOUNT', 'NOTE']),
  mode: z.enum(['train', 'bus', 'flight', 'metro']),
  /** Words of the line's name: whose rides it is about, and which of their services. */
  operators: namesCell,
  services: namesCell,
  /** Only for rides that begin and end in one of these. */
  states: listCell,
  /** Gazetteer cities of the boarding place. */
  cities: listCell,
  /** Train types of `rail-trains.csv`. */
  trains: namesCell,
  not_tatkal: yesCell,
  not_government_paid: yesCell,
  /** Who: every filled cell must fit. */
  professions: oneOf(professions),
  groups: oneOf(travellerGroups),
  genders: oneOf(genders),
  min_age: cell(0),
  min_age_female: z.string().transform((text) => (text === '' ? null : Number(text))),
  max_age: cell(Infinity),
  domicile: z.string(),
  disabilities: oneOf(disabilities),
  patients: oneOf(patientCategories),
  purposes: oneOf(purposes),
  benefit: benefitCell,
  escort: z.enum(['yes', 'unstated', '']),
  condition: optionalText,
  documents: optionalText,
  where_to_buy: optionalText,
  ...datedProvenance,
});
export type ConcessionRule = z.infer<typeof concessionRow>;

/**
 * Reads and checks `rules/concessions.csv` once. A rule that has ended stays in it and is shown as withdrawn; its
 * return is a row of its own. Throws `CONFIGURATION` naming file and row.
 */
export function readConcessions(folder?: string): readonly ConcessionRule[] {
  const rules = readTable('rules/concessions.csv', concessionRow, folder);
  const seen = new Set<string>();
  for (const { id, valid_from, valid_to } of rules) {
    if (seen.has(id)) throw new AppError('CONFIGURATION', `rules/concessions.csv: "${id}" is used twice`);
    if (valid_to !== null && valid_to < valid_from)
      throw new AppError('CONFIGURATION', `rules/concessions.csv: "${id}" ends before it begins`);
    seen.add(id);
  }
  return rules;
}
