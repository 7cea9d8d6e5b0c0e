import type { Fares } from '../engine/fares/family.ts';

/** What a feed gives beyond its timetable. */
export interface FeedExtras {
  readonly shapes: readonly Shape[];
  /** Index into `shapes` by trip, or -1. */
  readonly tripShapes: Int32Array;
  /** Flat fares by line, ids as in the feed; `null` when the feed gives none that fit. */
  readonly fares: Fares | null;
  readonly translations: readonly Translation[];
  readonly attributions: readonly Attribution[];
}

/** The way of a trip on the map, thinned for drawing. */
export interface Shape {
  readonly id: string;
  /** lat, lng, lat, lng, … in degrees. */
  readonly points: Float32Array;
}

/** A name in another language. */
export interface Translation {
  readonly table: 'agency' | 'stops' | 'routes';
  /** Index into the table of the feed. */
  readonly index: number;
  readonly field: string;
  /** BCP 47, as the feed writes it. */
  readonly language: string;
  readonly text: string;
}

/** Who has to be named beside the data. */
export interface Attribution {
  readonly organization: string;
  readonly url: string;
  readonly email: string;
  readonly roles: readonly ('producer' | 'operator' | 'authority')[];
  /** Indexes into the feed's tables; -1 each when it holds for the whole feed. */
  readonly agency: number;
  readonly route: number;
  readonly trip: number;
}
