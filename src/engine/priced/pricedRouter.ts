import type { FareTable } from '../fares/fareTable.ts';
import { checkQuery } from '../routing/query.ts';
import { Router } from '../routing/router.ts';
import { latestDepartures, range } from './departures.ts';
import { arrivalOverVias } from './earliestOverVias.ts';
import { checkPricedQuery, HORIZON } from './query.ts';
import type { PricedQuery } from './query.ts';
import { Reconstruction } from './reconstruct.ts';
import type { PricedJourney } from './reconstruct.ts';
import { PricedSearch } from './search.ts';

export interface PricedAnswer {
  /** By rides, then by arrival. */
  readonly journeys: readonly PricedJourney[];
  /** The time ran out: more or better journeys may exist. */
  readonly partial: boolean;
}

const LONGEST_WINDOW = 14 * 1440;
/** Minutes beyond the guess, which does not heed longest stays and lines without a price. */
const FIRST_MORE = 720;
const MOST_MORE = 5760;

/**
 * Answers what a journey costs, on one network with one set of fares. Its memory is used again by every query:
 * one per thread, one query at a time.
 */
export class PricedRouter {
  private readonly table: FareTable;
  private readonly search: PricedSearch;
  private readonly reconstruction: Reconstruction;
  private stages: Router | undefined;

  constructor(table: FareTable) {
    this.table = table;
    this.search = new PricedSearch(table);
    this.reconstruction = new Reconstruction(table);
  }

  /**
   * Leaving at `query.time` or later: all non-dominated journeys by arrival, rides and party price; of equal ones
   * the first found. Journeys on lines without a price are left out.
   */
  pareto(query: PricedQuery): PricedAnswer {
    checkQuery(this.table.image, query);
    checkPricedQuery(this.table.image, query);
    const { members, partial } = this.search.run(query);
    const journeys = members.map((member) => this.reconstruction.journey(query, this.search.labels, member));
    return { journeys, partial };
  }

  /**
   * Leaving at `query.time` or later, over the vias: the journey that arrives first, of those the one with the fewest
   * rides, of those the last to leave; none when the destination cannot be reached. Price is no criterion: a table of
   * `freeFares` is quickest, and leaves no line out. Stage by stage some arrival is found in milliseconds, and the
   * search over the whole chain then looks no further.
   */
  earliestArrival(query: PricedQuery): PricedAnswer {
    checkQuery(this.table.image, query);
    checkPricedQuery(this.table.image, query);
    const { horizon = HORIZON } = query;
    const stages = (this.stages ??= new Router(this.table.image));
    const guess = arrivalOverVias((stage) => stages.earliestArrival(stage), { ...query, horizon });
    if (guess !== undefined)
      // A little further each time: within a narrow horizon there is little to search.
      for (let more = 0; more <= MOST_MORE; more = more === 0 ? FIRST_MORE : 2 * more) {
        const within = guess + more - query.time;
        if (within >= horizon) break;
        const answer = this.pareto({ ...query, horizon: within });
        if (answer.partial || answer.journeys.length > 0) return first(answer);
      }
    return first(this.pareto(query));
  }

  /**
   * Arriving at `query.time` or earlier, over the vias: the non-dominated journeys by departure and rides, fewest
   * rides first, so the last departs latest. Price is no criterion: a table of `freeFares` is quickest, and leaves
   * no line out. `query.horizon` (default `HORIZON`) bounds how long before `time` one may leave.
   */
  latestDepartures(query: PricedQuery): PricedAnswer {
    return latestDepartures((asked) => this.pareto(asked), query);
  }

  /**
   * Leaving within `window` minutes from `query.time`, over the vias: the journeys by departure, arrival and rides
   * that none beats, be it one that leaves after the window; the last to leave first, with at least one ride. Price
   * is no criterion, as above.
   */
  range(query: PricedQuery, window: number): PricedAnswer {
    if (!Number.isInteger(window) || window < 0 || window > LONGEST_WINDOW)
      throw new RangeError(`${window} is not a window of 0 to ${LONGEST_WINDOW} minutes`);
    return range((asked) => this.pareto(asked), query, window);
  }
}

function first({ journeys, partial }: PricedAnswer): PricedAnswer {
  const sorted = journeys.toSorted(
    (a, b) => a.arrival - b.arrival || a.rides - b.rides || b.departure - a.departure,
  );
  return { journeys: sorted.slice(0, 1), partial };
}
