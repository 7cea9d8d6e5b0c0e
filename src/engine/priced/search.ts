import type { FareTable } from '../fares/fareTable.ts';
import { FIRST, STAY } from '../routing/labels.ts';
import { NEVER } from '../routing/query.ts';
import { Bounds } from './bounds.ts';
import type { Member } from './front.ts';
import { Goal } from './goal.ts';
import { PricedLabels } from './labels.ts';
import { Prices } from './prices.ts';
import { HORIZON } from './query.ts';
import type { PricedQuery, Via } from './query.ts';
import { Rounds } from './rounds.ts';
import type { Seed } from './layer.ts';
import { StopSet } from './stopSet.ts';
import { NO_TICKET, Tickets } from './tickets.ts';
import { Windows } from './windows.ts';

/** With more rides left than this, only minutes are bounded: each further bound costs a round over the network. */
const MOST_BOUND_RIDES = 4;
/** Where rides cost nothing, minutes alone tell nearly as much. */
const MOST_FREE_BOUND_RIDES = 2;

/**
 * The front by arrival, rides and price, over any number of vias: each via ends a layer, and every member that it
 * has found, not only the first to arrive, begins the next one. So the chain is optimal as a whole.
 */
export class PricedSearch {
  readonly labels: PricedLabels;
  private readonly table: FareTable;
  private readonly tickets: Tickets;
  private readonly bounds: Bounds;
  private readonly goal: Goal;
  private readonly rounds: Rounds;
  private readonly late: StopSet;
  private readonly windows: Windows;

  constructor(table: FareTable) {
    this.table = table;
    this.tickets = new Tickets(table);
    this.labels = new PricedLabels(this.tickets);
    this.bounds = new Bounds(table);
    this.goal = new Goal(table, this.labels, this.tickets);
    this.rounds = new Rounds(table, this.labels, this.tickets, this.bounds);
    this.late = new StopSet(table.image.stopCount);
    this.windows = new Windows(table.image);
  }

  /** The front, and whether the time ran out before it was complete. `labels` holds the chains. */
  run(query: PricedQuery): { members: Member[]; partial: boolean } {
    const { goal, bounds, labels, late } = this;
    const prices = new Prices(this.table, query.passengers);
    const vias = query.vias ?? [];
    this.tickets.begin(prices.scale);
    labels.clear(this.tickets.any || vias.some(({ maxDwell }) => maxDwell !== undefined));
    this.rounds.begin();
    const horizon = query.horizon ?? HORIZON;
    const windows = this.windows.compute(query, query.time + horizon);
    const most = prices.ridesAreFree && vias.length > 0 ? MOST_FREE_BOUND_RIDES : MOST_BOUND_RIDES;
    const slack = Math.floor((query.relax ?? 0) / Math.max(1, query.maxRides - 1));
    let seeds = seedsAtOrigin(query);
    for (let layer = 0; ; layer++) {
      const via = vias[layer];
      const { targets: egress, last, maxRides, onward } = windows[layer]!;
      goal.open({ query, via, next: vias[layer + 1], targets: egress, last, free: prices.ridesAreFree });
      const bounded = Math.min(most, Math.max(0, maxRides - 2));
      const begin = seeds.reduce((least, { ready }) => Math.min(least, ready), this.rounds.boardedFrom());
      bounds.compute({ ...query, egress }, prices, bounded, onward, Math.max(0, last - begin));
      this.findLate(vias, layer);
      const layerOf = { query, prices, goal, bounds, last, maxRides, late, slack };
      const partial = this.rounds.run(layerOf, seeds);
      if (!via || partial)
        // What a search that was cut off has found: nothing before its last layer.
        return { members: via ? [] : goal.members(query.maxRides), partial };
      seeds = this.seedsAfter(query, via, layer);
    }
  }

  /** Stops at which those on board in this layer may have to begin a stay that is not as long as they like. */
  private findLate(vias: readonly Via[], from: number): void {
    this.late.clear();
    for (let layer = from; layer < vias.length; layer++) {
      const { stops, dwell, maxDwell } = vias[layer]!;
      if (maxDwell !== undefined) for (const stop of stops) this.late.add(stop);
      if (dwell > 0) return;
    }
  }

  /** The labels with which the next layer begins: everyone who has stayed at the via. */
  private seedsAfter(query: PricedQuery, { dwell }: Via, layer: number): Seed[] {
    const { labels, goal } = this;
    return goal.members(query.maxRides).map(({ rides, label, price }): Seed => {
      const stay = Math.max(0, dwell - (rides > 0 ? query.changeMinutes : 0));
      return {
        rides,
        stop: labels.stop[label]!,
        ready: labels.ready[label]! + stay,
        setOut: labels.ready[label]! + dwell,
        price,
        parent: label,
        how: STAY,
        origin: layer,
        ticket: labels.ticket[label]!,
        until: goal.lastDeparture(label),
      };
    });
  }
}

const seedsAtOrigin = (query: PricedQuery): Seed[] =>
  query.access.map(({ stop, minutes, price = 0 }, origin) => ({
    rides: 0,
    stop,
    ready: query.time + minutes,
    setOut: query.time + minutes,
    price,
    parent: -1,
    how: FIRST,
    origin,
    ticket: NO_TICKET,
    until: NEVER,
  }));
