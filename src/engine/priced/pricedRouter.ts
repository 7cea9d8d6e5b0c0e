import type { FareTable } from '../fares/fareTable.ts';
import { checkQuery } from '../routing/query.ts';
import { checkPricedQuery } from './query.ts';
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

/**
 * Answers what a journey costs, on one network with one set of fares. Its memory is used again by every query:
 * one per thread, one query at a time.
 */
export class PricedRouter {
  private readonly table: FareTable;
  private readonly search: PricedSearch;
  private readonly reconstruction: Reconstruction;

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
    const { members, prices, partial } = this.search.run(query);
    const journeys = members.map((member) =>
      this.reconstruction.journey(query, prices, this.search.labels, member),
    );
    return { journeys, partial };
  }
}
