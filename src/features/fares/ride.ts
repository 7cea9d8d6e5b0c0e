import type { FareMode, RailQuota } from './contract.ts';
import type { Party } from './party.ts';

/** One ride to price, in words of the timetable. */
export interface FareRide {
  readonly mode: FareMode;
  /** Folded name of line and operator. */
  readonly line: string;
  /** Five-digit train number, or null. */
  readonly number: string | null;
  /** What the timetable calls the kind of train (`RAJ`, `MEMU`), where it says so. */
  readonly kind?: string | null;
  /** Gazetteer city of the boarding place. */
  readonly cityId: string | null;
  /** Folded names of the stops where one boards and alights: some metros price pairs of stations. */
  readonly from: string;
  readonly to: string;
  readonly km: number;
  readonly minutes: number;
  /** Minutes of the local day at departure. */
  readonly clock: number;
  /** Local date of departure, `YYYY-MM-DD`. */
  readonly travelDate: string;
  /** A taxi taken at an airport or a station. */
  readonly pickedUpAtHub?: boolean;
  /** Price for one person that the timetable itself states; it wins over every model. */
  readonly feedFare?: FeedFare | null;
}

export interface FeedFare {
  readonly minor: number;
  readonly source: string;
  readonly asOf: string;
}

export interface FareQuestion {
  /** The rail fares of the booking date hold, and the days to departure price a flight; `YYYY-MM-DD`. */
  readonly bookingDate: string;
  readonly party: Party;
  readonly preference: 'FASTEST' | 'CHEAPEST' | 'BALANCED';
  /** Class the traveller asked for (`SL`); without it the preference decides. */
  readonly classCode?: string;
  /** Classes wished for, the one wanted most first: where a ride has none of them the preference decides. */
  readonly wished?: readonly string[];
  readonly quota?: RailQuota;
}
