/**
 * What the engine needs to know of a timetable, before it is compiled: plain columns, no files, no names of
 * files. `src/gtfs` makes it from feeds; tests make it from four lines of text.
 *
 * Engine time is whole minutes. A run's times count from the start of its service day and may exceed 1440;
 * "timeline" minutes count from 00:00 UTC of `firstDay`, one axis for every zone.
 */
export interface TimetableInput {
  /** Service day 0, in days since 1970-01-01. */
  readonly firstDay: number;
  /** Number of service days covered. */
  readonly dayCount: number;
  readonly zones: readonly ZoneInput[];
  readonly stops: readonly StopInput[];
  readonly lines: readonly LineInput[];
  readonly services: readonly ServiceInput[];
  readonly runs: readonly RunInput[];
  readonly stopTimes: StopTimeColumns;
  readonly links: readonly LinkInput[];
}

export interface ZoneInput {
  /** IANA name. */
  readonly name: string;
  /** Per service day: the timeline minute of noon minus 12 hours local time. Length `dayCount`. */
  readonly dayStart: Int32Array;
}

export interface StopInput {
  /** Unique over the whole network (feed-scoped when there are several feeds). */
  readonly id: string;
  readonly name: string;
  /** The code passengers know (NDLS, DEL), or ''. */
  readonly code: string;
  readonly lat: number;
  readonly lng: number;
  /** Index into `zones`. */
  readonly zone: number;
  /** Index of the station this platform belongs to, or -1. */
  readonly parent: number;
}

export interface LineInput {
  readonly id: string;
  readonly shortName: string;
  readonly longName: string;
  readonly operator: string;
  /** GTFS route_type, extended types included. */
  readonly routeType: number;
  /** `#rrggbb`, or ''. */
  readonly color: string;
}

export interface ServiceInput {
  readonly zone: number;
  /** 1 where the service runs. Length `dayCount`. */
  readonly days: Uint8Array;
}

export interface RunInput {
  readonly id: string;
  /** Index into `lines`. */
  readonly line: number;
  /** Index into `services`. */
  readonly service: number;
  /** Train number or similar, or ''. */
  readonly number: string;
  readonly headsign: string;
  /** Minutes between departures when the run stands for a frequency, else 0. */
  readonly headway: number;
}

/** One row per call of a run at a stop; rows of a run are contiguous and in travel order. */
export interface StopTimeColumns {
  /** Row range of run r: `offsets[r]` to `offsets[r + 1]`. Length runs + 1. */
  readonly offsets: Uint32Array;
  readonly stop: Uint32Array;
  /** Minutes from service-day start. */
  readonly arrival: Int32Array;
  readonly departure: Int32Array;
  /** Kilometres from the run's first stop. */
  readonly distance: Float32Array;
  /** Bit 1: no boarding here. Bit 2: no alighting here. Bit 3: the time is an estimate. */
  readonly flags: Uint8Array;
}

export const NO_BOARDING = 1;
export const NO_ALIGHTING = 2;
/** Of no matter to a search; told with the leg. */
export const ESTIMATED = 4;

/** A way from one stop to another without a timetable. Directed: give both directions. */
export interface LinkInput {
  readonly from: number;
  readonly to: number;
  readonly minutes: number;
  readonly kind: LinkKind;
  /** Minor units, per vehicle when it has a capacity, else per passenger. Default 0. */
  readonly priceMinor?: number;
  /** Passengers one vehicle takes. */
  readonly vehicleCapacity?: number;
}

export const linkKinds = ['walk', 'auto', 'taxi'] as const;
export type LinkKind = (typeof linkKinds)[number];
