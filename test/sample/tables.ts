import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { distanceKm, type Position } from '../../src/units/geo.ts';

/** One CSV row: column name → text. Absent columns read as `undefined`. */
export type Row = Readonly<Record<string, string | undefined>>;

const dataFolder = path.resolve(import.meta.dirname, '../../data');

/** Rows of a CSV below `data/`, as `sample/buses.csv`. Throws when a row has too many or too few fields. */
export function readTable(file: string): Row[] {
  return parse(readFileSync(path.join(dataFolder, file), 'utf8'), { columns: true });
}

export const text = (row: Row, column: string): string => row[column] ?? '';
/** `NaN` when the field is empty or not a number, so that every range check on it fails. */
export const number = (row: Row, column: string): number =>
  text(row, column).trim() === '' ? Number.NaN : Number(row[column]);
export const list = (field: string): string[] =>
  field === '' ? [] : field.split(';').map((item) => item.trim());
export const positionOf = (row: Row): Position => ({ lat: number(row, 'lat'), lng: number(row, 'lng') });
export const byColumn = (rows: readonly Row[], column: string): Map<string, Row> =>
  new Map(rows.map((row) => [text(row, column), row]));

/** Great-circle kilometres along a chain of positions. */
export function chainKm(chain: readonly Position[]): number {
  let total = 0;
  for (const [i, position] of chain.entries()) if (i > 0) total += distanceKm(chain[i - 1]!, position);
  return total;
}

/** A box around India with Andaman, Lakshadweep and Ladakh; false for NaN and for swapped coordinates. */
export const insideIndia = ({ lat, lng }: Position): boolean =>
  lat >= 6 && lat <= 37.6 && lng >= 68 && lng <= 97.6;

// A vowel sign or a nukta stands on a consonant, and a virama has one on both sides.
const BROKEN_DEVANAGARI =
  /(?<![\p{L}\p{M}])\p{M}|[\u093e-\u094c\u0962\u0963][\u093c\u093e-\u094d]|\u094d(?!\p{L})|[\u0904-\u0914][\u093e-\u094d]/u;

/** A name in Devanagari throughout: no letter of another script, none that stands where it cannot be read. */
export const isHindi = (name: string): boolean =>
  /^[\p{Script=Devanagari}0-9 .()–-]+$/u.test(name) &&
  /\p{Script=Devanagari}/u.test(name) &&
  !BROKEN_DEVANAGARI.test(name) &&
  name === name.normalize('NFC').trim();

export const isClock = (clock: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(clock);
