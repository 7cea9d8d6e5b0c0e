import type { Bounds } from './bounds.ts';
import type { Goal } from './goal.ts';
import type { OnBoard } from './onBoard.ts';
import type { Prices } from './prices.ts';
import type { PricedQuery } from './query.ts';
import type { StopSet } from './stopSet.ts';

/** A label that a layer begins with, once so many rides have been ridden. */
export interface Seed {
  readonly rides: number;
  readonly stop: number;
  /** For a ride, before the change time is added; and for a link. */
  readonly ready: number;
  readonly setOut: number;
  readonly price: number;
  readonly parent: number;
  readonly how: number;
  /** Number of the endpoint in `query.access`; after a stay that of the via. */
  readonly origin: number;
  readonly ticket: number;
  /** Last departure; `NEVER` where one may stay. */
  readonly until: number;
}

/** Someone on board who rides through a via, on the ride of this number. */
export interface Through extends OnBoard {
  readonly rides: number;
}

/** What a layer has to know of its question. */
export interface Layer {
  readonly query: PricedQuery;
  readonly prices: Prices;
  readonly goal: Goal;
  readonly bounds: Bounds;
  readonly last: number;
  /** Rides, those of the layers before included; the query has more where later layers need some. */
  readonly maxRides: number;
  /** Stops of vias that are next for those on board, where each instance may be of use. */
  readonly late: StopSet;
  /** By how much a label may be dearer than is said at every change. */
  readonly slack: number;
}
