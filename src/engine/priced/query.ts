import type { NetworkImage } from '../timetable/image.ts';
import type { StopIndex } from '../timetable/indexes.ts';
import { NEVER } from '../routing/query.ts';
import type { Query } from '../routing/query.ts';

/**
 * A question that counts money. `access` and `egress` may have a party price. `horizon` (default `HORIZON`)
 * bounds the arrival; change time is needed between two rides, not before the first.
 */
export interface PricedQuery extends Query {
  readonly passengers: number;
  /** Places to visit on the way, in this order. */
  readonly vias?: readonly Via[];
  /**
   * Minor units: for every journey of the exact answer one is given that is no later, has no more rides and is at
   * most so much dearer. Default 0, exact. Time is never relaxed: a minute lost may be a train missed.
   */
  readonly relax?: number;
}

/**
 * A stop-over: a leg ends at one of the stops and the journey goes on from it at least `dwell` minutes later, in
 * which the change time is counted. With a dwell of 0 a run that calls there on the way has been there, too.
 *
 * `maxDwell`: so many minutes at most lie between being ready there, after alighting, and leaving: the departure of
 * the run boarded there, or setting out on a link. A traveller may wait anywhere else: for a later run to the via,
 * before a link to it, after a link from it. Who rides through has not stayed at all.
 */
export interface Via {
  readonly stops: readonly StopIndex[];
  readonly dwell: number;
  readonly maxDwell?: number;
}

/** Three days: the longest Indian train, and one change to another. */
export const HORIZON = 4320;

/** Throws `RangeError` for what `checkQuery` does not know of. */
export function checkPricedQuery(image: NetworkImage, { passengers, relax, vias }: PricedQuery): void {
  if (!Number.isInteger(passengers) || passengers < 1 || passengers > 1000)
    throw new RangeError(`${passengers} is not a number of passengers`);
  if (relax !== undefined && (!Number.isInteger(relax) || relax < 0 || relax > 1_000_000_000))
    throw new RangeError(`${relax} is not a relaxation in minor units`);
  for (const { stops, dwell, maxDwell } of vias ?? []) {
    for (const stop of stops)
      if (!Number.isInteger(stop) || stop < 0 || stop >= image.stopCount)
        throw new RangeError(`Stop ${stop} is not in this network`);
    if (!Number.isInteger(dwell) || dwell < 0 || dwell >= NEVER / 4)
      throw new RangeError(`${dwell} is not a number of minutes to stay`);
    if (maxDwell !== undefined && (!Number.isInteger(maxDwell) || maxDwell < dwell || maxDwell >= NEVER / 4))
      throw new RangeError(
        `${maxDwell} is not a longest stay, in minutes, beside a shortest one of ${dwell}`,
      );
  }
}
