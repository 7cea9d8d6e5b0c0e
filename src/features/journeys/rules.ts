import { z } from 'zod';
import { type ModeName, modeNames } from '../../engine/timetable/modes.ts';
import { cell, listCell, provenance, readTable } from '../rule-tables/index.ts';
import { legModes, type LegMode } from './contract.ts';

const accessRow = z.object({
  kind: z.enum(['station', 'airport', 'bus_stand', 'metro']),
  /** Great circle. */
  radius_km: cell(),
  /** So many nearest and so many busiest stops are tried. */
  nearest: cell(),
  busiest: cell(),
  minimum_per_day: cell(),
  ...provenance,
});
export type AccessRule = z.infer<typeof accessRow>;

const bufferRow = z.object({
  mode: z.enum(legModes),
  /** Minutes to be there before departure; from arrival to ready for the next ride; from arrival to the street. */
  board: cell(),
  alight: cell(),
  exit: cell(),
  /** More before departure where the stop is of a metropolis (city importance 1). */
  busy_airport_extra: cell(),
  ...provenance,
});

const points = (text: string): [number, number][] =>
  text === ''
    ? []
    : text.split(';').map((pair) => {
        const [km, minor] = pair.split(':').map(Number);
        return [km ?? NaN, minor ?? NaN];
      });
const pointsCell = z
  .string()
  .transform(points)
  .refine(
    (list) => list.every(([km, minor], index) => Number.isFinite(minor) && km > (list[index - 1]?.[0] ?? -1)),
    'must be km:minor pairs with rising km',
  );

const fareRow = z.object({
  id: z.string().min(1),
  mode: z.enum(legModes),
  /** Any of these in the folded name of line and operator; `~x`: none of x. Empty: every line. */
  line: listCell,
  /** Gazetteer cities of the boarding place. Empty: everywhere. */
  area: listCell,
  preference: z.enum(['', 'CHEAPEST']),
  max_km: cell(Infinity),
  class: z.string().min(1),
  minimum_km: cell(0),
  included_km: cell(0),
  base_minor: cell(0),
  /** Fare at km, linear between; `steps`: fare up to km. */
  points: pointsCell,
  steps: pointsCell,
  ratio: cell(1),
  per_km_minor: cell(0),
  per_minute_minor: cell(0),
  fee_minor: cell(0),
  tax_percent: cell(0),
  night_percent: cell(0),
  low_percent: cell(),
  high_percent: cell(),
  round_minor: cell(),
  /** Persons per vehicle; 0: the price is per person. */
  capacity: cell(0),
  basis: z.string().min(1),
  ...provenance,
});
export type FareRule = z.infer<typeof fareRow>;

const leadTimeRow = z.object({ min_days: cell(), factor: cell(), ...provenance });

export interface Buffers {
  /** By engine mode: `boardMinutes`, `alightMinutes` of a query, and minutes from arrival to the street. */
  readonly board: readonly number[];
  readonly alight: readonly number[];
  readonly exit: readonly number[];
  /** By engine mode: more before departure at a busy airport. */
  readonly busyExtra: readonly number[];
}

export interface JourneyRules {
  readonly access: readonly AccessRule[];
  readonly buffers: Buffers;
  /** In file order: the first that fits a ride prices it. */
  readonly fares: readonly FareRule[];
  /** Flight price factor by days to departure, farthest first. */
  readonly leadTimes: readonly { readonly min_days: number; readonly factor: number }[];
}

/** Reads and checks the tables of `data/rules`; throws `CONFIGURATION` naming file and row. */
export function readJourneyRules(folder?: string): JourneyRules {
  const rows = readTable('rules/buffers.csv', bufferRow, folder);
  const column = (name: 'board' | 'alight' | 'exit' | 'busy_airport_extra'): number[] =>
    modeNames.map((mode) => rows.find((row) => row.mode === legModeOf(mode))?.[name] ?? 0);
  return {
    access: readTable('rules/access.csv', accessRow, folder),
    buffers: {
      board: column('board'),
      alight: column('alight'),
      exit: column('exit'),
      busyExtra: column('busy_airport_extra'),
    },
    fares: readTable('rules/fares.csv', fareRow, folder),
    leadTimes: readTable('rules/flight-lead-times.csv', leadTimeRow, folder).toSorted(
      (a, b) => b.min_days - a.min_days,
    ),
  };
}

/** Cable cars and the like are shown as trams. */
export const legModeOf = (mode: ModeName): LegMode => (mode === 'other' ? 'tram' : mode);
