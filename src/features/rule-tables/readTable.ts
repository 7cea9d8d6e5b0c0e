import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { AppError } from '../../errors.ts';

/** Folder of the tables that come with the product: `gazetteer/`, `rules/`, `sample/`. */
export const dataFolder = path.resolve(import.meta.dirname, '../../../data');

/** Where a figure comes from. A official … D working assumption (see docs). Part of every rule table. */
export const provenance = {
  source: z.string().min(1),
  valid_from: z.iso.date(),
  verified_on: z.iso.date(),
  certainty: z.enum(['A', 'B', 'C', 'D']),
};

/** A number cell; blank is `fallback` when one is given. */
export const cell = (fallback?: number): z.ZodType<number> =>
  z.string().transform((text, context) => {
    if (text === '' && fallback !== undefined) return fallback;
    const value = text === '' ? NaN : Number(text);
    if (!Number.isFinite(value)) context.addIssue({ code: 'custom', message: `"${text}" is not a number` });
    return value;
  });

/** A cell that lists several values, separated by `;`. */
export const listCell = z.string().transform((text) =>
  text
    .split(';')
    .map((item) => item.trim())
    .filter(Boolean),
);

/**
 * Reads one CSV table below `data/`, validating every row. Throws `CONFIGURATION` naming file and line, so
 * that a wrong edit stops the process at start and not a traveller's search.
 */
export function readTable<Row extends z.ZodObject>(
  name: string,
  row: Row,
  folder: string = dataFolder,
): z.infer<Row>[] {
  const file = path.join(folder, name);
  let records: unknown[];
  try {
    records = parse(readFileSync(file), { columns: true, bom: true, trim: true, skip_empty_lines: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppError('CONFIGURATION', `${file} cannot be read: ${reason}`, { cause: error });
  }
  return records.map((record, index) => {
    const result = row.safeParse(record);
    if (result.success) return result.data;
    const faults = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new AppError('CONFIGURATION', `${file}, row ${index + 2}: ${faults.join('; ')}`);
  });
}
