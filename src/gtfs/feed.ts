import type { CallColumns } from './calls.ts';
import type { FeedExtras } from './extras.ts';

/**
 * One feed, read and checked: every reference resolves to an index, every row that stands here is usable.
 * Days are days since 1970-01-01; times are minutes from service-day start and may exceed 1440.
 */
export interface Feed {
  /** Short name that scopes ids when a network is made of several feeds. */
  readonly name: string;
  /** IANA zone of the agencies; all times of the feed are in it. */
  readonly zone: string;
  readonly agencies: readonly Agency[];
  readonly stops: readonly Stop[];
  readonly routes: readonly Route[];
  readonly services: readonly Service[];
  readonly trips: readonly Trip[];
  readonly calls: CallColumns;
  readonly frequencies: readonly Frequency[];
  /** Trips whose times are only a pattern for `frequencies`; they do not run by themselves. */
  readonly patternTrips: ReadonlySet<number>;
  readonly transfers: readonly Transfer[];
  readonly info: FeedInfo | null;
  /** What the feed gives beyond times; absent in feeds that were not read from files. */
  readonly extras?: FeedExtras;
  /** Runs that `trips.txt` named, and those of them that had to be left out. */
  readonly runsRead: number;
  readonly runsDropped: number;
}

export interface Agency {
  readonly id: string;
  readonly name: string;
  readonly zone: string;
}

export interface Stop {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  /** NaN when the feed gives no position, or (0, 0). */
  readonly lat: number;
  readonly lng: number;
  /** Zone shown to travellers at this stop, when it differs from the feed's; else ''. */
  readonly zone: string;
  readonly isStation: boolean;
  /** Index of the station, or -1. */
  readonly parent: number;
}

export interface Route {
  readonly id: string;
  /** Index into `agencies`, or -1. */
  readonly agency: number;
  readonly shortName: string;
  readonly longName: string;
  readonly type: number;
  /** `#rrggbb` or ''. */
  readonly color: string;
}

/** When runs of one `service_id` run. */
export interface Service {
  readonly id: string;
  readonly periods: WeeklyPeriod[];
  /** `calendar_dates.txt`: true = added, false = removed. */
  readonly exceptions: Map<number, boolean>;
}

interface WeeklyPeriod {
  /** Bit 0 = Monday … bit 6 = Sunday. */
  readonly weekdays: number;
  readonly from: number;
  readonly to: number;
}

export interface Trip {
  readonly id: string;
  readonly route: number;
  readonly service: number;
  readonly shortName: string;
  readonly headsign: string;
}

export interface Frequency {
  readonly trip: number;
  /** Seconds from service-day start. */
  readonly from: number;
  readonly to: number;
  readonly headway: number;
  /** Departures are exact, not only evenly spread. */
  readonly exact: boolean;
}

export interface Transfer {
  readonly from: number;
  readonly to: number;
  /** 0 recommended, 1 timed, 2 needs `seconds`, 3 not possible. */
  readonly type: 0 | 1 | 2 | 3;
  readonly seconds: number;
}

export interface FeedInfo {
  readonly publisher: string;
  readonly version: string;
  /** BCP 47 language of the texts of the feed, or ''. */
  readonly language?: string;
  /** Address of the publisher, https or http; '' when none is given. */
  readonly url?: string;
  /** The days for which the publisher vouches, as days since 1970-01-01. */
  readonly startDay?: number;
  readonly endDay?: number;
}
