import { z } from 'zod';
import { cell, dataFolder, listCell, readTable } from '../../rule-tables/index.ts';
import { MINUTES_PER_DAY, parseClock } from '../../../units/time.ts';

/** The sample's own short notations (data/README.md), read into minutes. */
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const EVERY_DAY = 0b1111111;
/** A single time in the middle of a train's calls is its arrival. */
const USUAL_STOP_MINUTES = 2;

export interface SampleCall {
  readonly code: string;
  /** Minutes from midnight of the first day. */
  readonly arrival: number;
  readonly departure: number;
}

function parsed<T>(read: (text: string) => T | null, what: string) {
  return z.string().transform((text, context) => {
    const value = read(text);
    if (value !== null) return value;
    context.addIssue({ code: 'custom', message: `"${text.slice(0, 60)}" is not ${what}` });
    return z.NEVER;
  });
}

/** `daily` or `Mon Wed Fri`; bit 0 = Monday. */
export function readDays(text: string): number | null {
  if (text === 'daily') return EVERY_DAY;
  let mask = 0;
  for (const name of text.split(/\s+/)) {
    const day = WEEKDAYS.indexOf(name);
    if (day === -1) return null;
    mask |= 1 << day;
  }
  return mask;
}

/** `NDLS 16:55 > CNB 21:30/21:35 > MMCT 08:15`; a smaller time than the one before is on the next day. */
export function readCalls(text: string): SampleCall[] | null {
  const calls: SampleCall[] = [];
  const parts = text.split('>').map((part) => part.trim());
  let last = 0;
  for (const [index, part] of parts.entries()) {
    const match = /^(\S+) (\d\d:\d\d)(?:\/(\d\d:\d\d))?$/.exec(part);
    const first = match && parseClock(match[2]!);
    const second = match?.[3] === undefined ? null : parseClock(match[3]);
    if (!match || first === null || (match[3] !== undefined && second === null)) return null;
    const arrival = index === 0 ? first : notBefore(first, last);
    const between = index > 0 && index < parts.length - 1;
    const departure =
      second === null ? arrival + (between ? USUAL_STOP_MINUTES : 0) : notBefore(second, arrival);
    calls.push({ code: match[1]!, arrival, departure });
    last = departure;
  }
  return calls.length >= 2 ? calls : null;
}

const notBefore = (clock: number, earliest: number): number =>
  clock + Math.ceil(Math.max(0, earliest - clock) / MINUTES_PER_DAY) * MINUTES_PER_DAY;

/** `06:00;08:00` or `every 60 05:00-23:00`, both ends included. */
export function readDepartures(text: string): number[] | null {
  const every = /^every (\d+) (\d\d:\d\d)-(\d\d:\d\d)$/.exec(text);
  if (every) {
    const [step, from, to] = [Number(every[1]), parseClock(every[2]!), parseClock(every[3]!)];
    if (from === null || to === null || step < 1 || to < from) return null;
    return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => from + i * step);
  }
  const times = text.split(';').map((time) => parseClock(time.trim()));
  return times.every((time) => time !== null) ? times : null;
}

/** `BS-AGRA-ISBT+95;…`: stands on the way with minutes after departure. */
function readVias(text: string): { code: string; minutes: number }[] | null {
  const parts = text.split(';').filter(Boolean);
  const vias = parts.map((part) => /^(\S+)\+(\d+)$/.exec(part.trim()));
  return vias.every((via) => via !== null)
    ? vias.map((via) => ({ code: via[1]!, minutes: Number(via[2]) }))
    : null;
}

/** `IndiGo 06:05; Air India 09:10`. */
function readFlights(text: string): { airline: string; departure: number }[] | null {
  const flights = text
    .split(';')
    .map((part) => /^(.+) (\d\d:\d\d)$/.exec(part.trim()))
    .map((match) => match && { airline: match[1]!, departure: parseClock(match[2]!) });
  return flights.every((flight) => flight !== null && flight.departure !== null)
    ? (flights as { airline: string; departure: number }[])
    : null;
}

const clock = parsed(parseClock, 'a time (HH:MM)');
const minutes = cell().refine((value) => value > 0, 'must be above 0');

const trainRow = z.object({
  number: z.string().regex(/^\d{5}$/),
  name: z.string().min(1),
  type: z.string().min(1),
  days: parsed(readDays, 'daily or weekdays (Mon Wed Fri)'),
  calls: parsed(readCalls, 'a list of calls (NDLS 16:55 > CNB 21:30/21:35 > MMCT 08:15)'),
});
const flightRow = z.object({
  from: z.string().min(1),
  to: z.string().min(1),
  minutes,
  flights: parsed(readFlights, 'a list of flights (IndiGo 06:05; Air India 09:10)'),
});
const busRow = z.object({
  from: z.string().min(1),
  to: z.string().min(1),
  operator: z.string().min(1),
  type: z.string().min(1),
  km: minutes,
  minutes,
  departures: parsed(readDepartures, 'times (06:00;08:00) or every MINUTES HH:MM-HH:MM'),
  via: parsed(readVias, 'a list of stands (CODE+95;CODE+180)'),
  oneway: z.string(),
});
const metroStationRow = z.object({
  code: z.string().min(1),
  city: z.string().min(1),
  name: z.string().min(1),
  lat: cell(),
  lng: cell(),
  hindi: z.string().min(1),
});
const metroLineRow = z.object({
  city: z.string().min(1),
  line: z.string().min(1),
  color: z.string().regex(/^#[0-9a-f]{6}$/),
  first: clock,
  last: clock,
  headway: minutes,
  minutes,
  stations: listCell,
});

export type SampleTrain = z.infer<typeof trainRow>;
export type SampleFlights = z.infer<typeof flightRow>;
export type SampleBus = z.infer<typeof busRow>;
type SampleMetroStation = z.infer<typeof metroStationRow>;
export type SampleMetroLine = z.infer<typeof metroLineRow>;

export interface SampleTables {
  readonly trains: readonly SampleTrain[];
  readonly flights: readonly SampleFlights[];
  readonly buses: readonly SampleBus[];
  readonly metroStations: readonly SampleMetroStation[];
  readonly metroLines: readonly SampleMetroLine[];
}

/** Files that make up the sample network, below `data/`. */
export const sampleFiles = [
  'sample/trains.csv',
  'sample/flights.csv',
  'sample/buses.csv',
  'sample/metro_stations.csv',
  'sample/metro_lines.csv',
] as const;

/** Throws `CONFIGURATION` naming file and row. */
export function readSampleTables(folder: string = dataFolder): SampleTables {
  return {
    trains: readTable('sample/trains.csv', trainRow, folder),
    flights: readTable('sample/flights.csv', flightRow, folder),
    buses: readTable('sample/buses.csv', busRow, folder),
    metroStations: readTable('sample/metro_stations.csv', metroStationRow, folder),
    metroLines: readTable('sample/metro_lines.csv', metroLineRow, folder),
  };
}
