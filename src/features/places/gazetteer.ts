import { z } from 'zod';
import { cell, dataFolder, listCell, readTable } from '../rule-tables/index.ts';

/** A city of the bundled gazetteer. */
export interface City {
  /** Slug, as `bengaluru`. */
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly lat: number;
  readonly lng: number;
  /** 1 metropolis … 4 town. */
  readonly importance: number;
  /** Old, English and local names. */
  readonly aliases: readonly string[];
  readonly hindi: string;
}

export const hubKinds = ['station', 'airport', 'bus_stand'] as const;
export type HubKind = (typeof hubKinds)[number];

/** A station, airport or bus stand of the gazetteer. */
export interface Hub {
  /** Station code, IATA code or `BS-CITY-NAME`. A station and an airport may share one (GWL). */
  readonly code: string;
  readonly kind: HubKind;
  readonly name: string;
  /** `City.id`. */
  readonly city: string;
  readonly lat: number;
  readonly lng: number;
  readonly aliases: readonly string[];
  readonly hindi: string;
}

export interface Gazetteer {
  readonly cities: readonly City[];
  readonly hubs: readonly Hub[];
}

const position = { lat: cell(), lng: cell() };
const cityRow = z.object({
  id: z.string().regex(/^[a-z_]+$/),
  name: z.string().min(1),
  state: z.string().min(1),
  ...position,
  importance: cell(4),
  aliases: listCell,
  hindi: z.string(),
});
const hubRow = z.object({
  code: z.string().min(1),
  kind: z.enum(hubKinds),
  name: z.string().min(1),
  city: z.string().min(1),
  ...position,
  aliases: listCell,
  hindi: z.string(),
});

/** Reads `data/gazetteer/*.csv`; a file that does not fit its format throws `CONFIGURATION`. */
export function readGazetteer(folder: string = dataFolder): Gazetteer {
  return {
    cities: readTable('gazetteer/cities.csv', cityRow, folder),
    hubs: readTable('gazetteer/hubs.csv', hubRow, folder),
  };
}
