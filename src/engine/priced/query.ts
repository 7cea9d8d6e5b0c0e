import type { Query } from '../routing/query.ts';

/**
 * A question that counts money. `access` and `egress` may have a party price. `horizon` (default `HORIZON`)
 * bounds the arrival; change time is needed between two rides, not before the first.
 */
export interface PricedQuery extends Query {
  readonly passengers: number;
  /**
   * Minor units: for every journey of the exact answer one is given that is no later, has no more rides and is at
   * most so much dearer. Default 0, exact. Time is never relaxed: a minute lost may be a train missed.
   */
  readonly relax?: number;
  /** Asked now and then within the scan; true ends it with what has been found. */
  readonly expired?: () => boolean;
}

/** Three days: the longest Indian train, and one change to another. */
export const HORIZON = 4320;

/** Throws `RangeError` for what `checkQuery` does not know of. */
export function checkPricedQuery({ passengers, relax }: PricedQuery): void {
  if (!Number.isInteger(passengers) || passengers < 1 || passengers > 1000)
    throw new RangeError(`${passengers} is not a number of passengers`);
  if (relax !== undefined && (!Number.isInteger(relax) || relax < 0 || relax > 1_000_000_000))
    throw new RangeError(`${relax} is not a relaxation in minor units`);
}
