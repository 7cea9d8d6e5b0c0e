import { z } from 'zod';
import { type ModeName, modeNames } from '../../engine/timetable/modes.ts';
import { type ConcessionRule, readConcessions } from '../concessions/index.ts';
import { type FareMode, type FareTables, readFareTables } from '../fares/index.ts';
import { cell, provenance, readTable } from '../rule-tables/index.ts';
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
  /** What rides cost, and what travellers save on them. */
  readonly fares: FareTables;
  readonly concessions: readonly ConcessionRule[];
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
    fares: readFareTables(folder),
    concessions: readConcessions(folder),
  };
}

/** Cable cars and the like are shown as trams. */
export const legModeOf = (mode: ModeName): LegMode => (mode === 'other' ? 'tram' : mode);

/** The same for what costs a fare: one never rides on foot. */
export const fareModeOf = (mode: ModeName): FareMode => (mode === 'other' ? 'tram' : mode);
