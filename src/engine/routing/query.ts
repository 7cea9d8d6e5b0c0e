import type { StopIndex } from '../timetable/indexes.ts';
import type { NetworkImage } from '../timetable/image.ts';

/** Minutes between the traveller's origin or destination and a stop, by whatever means. */
export interface Endpoint {
  readonly stop: StopIndex;
  readonly minutes: number;
  /** For the whole party, in minor units; only searches by price heed it. Default 0. */
  readonly price?: number;
}

/**
 * One question to the router.
 *
 * Boarding needs `ready + max(change, board) ≤ departure`, where `change` is `changeMinutes` when a ride came
 * before (also when a link lies between) and 0 for the first ride, and `board` is `boardMinutes[mode]`.
 * Alighting makes ready at `arrival + alightMinutes[mode]`. A link may precede the first ride, lie between two
 * and follow the last; two links in a row are not joined (the network lists every link worth taking).
 */
export interface Query {
  readonly access: readonly Endpoint[];
  readonly egress: readonly Endpoint[];
  /** Timeline minute: earliest departure from the origin, or latest arrival at the destination. */
  readonly time: number;
  readonly maxRides: number;
  readonly changeMinutes: number;
  /** Mask of permitted modes, see `modes.ts`. */
  readonly modes: number;
  readonly links: boolean;
  /** By mode: minutes to be there before departure (check-in). Default 0. */
  readonly boardMinutes?: readonly number[];
  /** By mode: minutes from arrival to being ready to go on (baggage, the way out). Default 0. */
  readonly alightMinutes?: readonly number[];
  /** 1 leaves out an answer that is only a link. Default 0. */
  readonly minRides?: 0 | 1;
  /** Answers that end (start, when arriving by) more than so many minutes from `time` are left out. */
  readonly horizon?: number;
  /**
   * Nobody boards a ride in these hours, the first one included; times of the stop boarded at, see `QuietHours`.
   * Riding on and alighting stay permitted: were alighting forbidden, an earlier instance of a pattern would no
   * longer be as good as a later one at every stop, on which the searches rest.
   */
  readonly quietHours?: QuietSpan;
  /** Asked now and then within a search; true ends it with what has been found. */
  readonly expired?: () => boolean;
}

/** Minutes of the local day, 0–1439: from `from` to the minute before `to`, over midnight when `to` is the smaller. */
export interface QuietSpan {
  readonly from: number;
  readonly to: number;
}

/** No label: later than every timeline minute. */
export const NEVER = 0x3fffffff;

/** Throws `RangeError` when the query names stops that the network does not have, or no whole minutes. */
export function checkQuery(image: NetworkImage, query: Query): void {
  for (const { stop, minutes, price = 0 } of [...query.access, ...query.egress]) {
    if (!Number.isInteger(stop) || stop < 0 || stop >= image.stopCount)
      throw new RangeError(`Stop ${stop} is not in this network`);
    if (!isMinutes(minutes)) throw new RangeError(`${minutes} is not a number of minutes to a stop`);
    if (!isMinutes(price)) throw new RangeError(`${price} is not a price in minor units`);
  }
  if (!Number.isInteger(query.time) || Math.abs(query.time) >= NEVER / 2)
    throw new RangeError(`${query.time} is not a timeline minute`);
  if (!Number.isInteger(query.maxRides) || query.maxRides < 0)
    throw new RangeError(`${query.maxRides} is not a number of rides`);
  for (const minutes of [query.changeMinutes, ...(query.boardMinutes ?? []), ...(query.alightMinutes ?? [])])
    if (!isMinutes(minutes)) throw new RangeError(`${minutes} is not a number of minutes`);
  if (query.horizon !== undefined && !isMinutes(query.horizon))
    throw new RangeError(`${query.horizon} is not a horizon in minutes`);
  if (query.quietHours !== undefined) checkQuietSpan(query.quietHours);
}

function checkQuietSpan({ from, to }: QuietSpan): void {
  for (const minute of [from, to])
    if (!Number.isInteger(minute) || minute < 0 || minute >= 1440)
      throw new RangeError(`${minute} is not a minute of the day`);
  if (from === to) throw new RangeError(`Quiet hours from ${from} to ${to} are none, or the whole day`);
}

const isMinutes = (value: number): boolean => Number.isInteger(value) && value >= 0 && value < NEVER / 4;
