import { unitCall, unitHead } from '../fares/fareTable.ts';
import type { FareTable } from '../fares/fareTable.ts';
import type { FareScale } from '../fares/fareScale.ts';
import { NO_ALIGHTING, NO_BOARDING } from '../timetable/input.ts';
import { modeBit, modeCount } from '../timetable/modes.ts';
import { NEVER } from '../routing/query.ts';
import type { Goal } from './goal.ts';
import type { Prices } from './prices.ts';
import type { PricedQuery } from './query.ts';

/** Of a unit nobody has asked for. */
const UNKNOWN = -1;

/**
 * How many minutes and how much money it takes at least from where a ride ends to the destination, with at most
 * 0, 1, 2 … more rides. Backward rounds over units, without clock or calendar: trains never wait and always run,
 * so the figures are lower bounds, and a label that cannot make a new member of the front with them is dropped
 * (the idea of Bounded McRAPTOR; Delling, Dibbelt, Pajor 2019).
 */
export class Bounds {
  /** `minutes[r][stop]` and `price[r][stop]` with at most r more rides, or NEVER. */
  readonly minutes: Int32Array[] = [];
  readonly price: Float64Array[] = [];
  /**
   * `onBoardMinutes[r][call]` and `onBoardPrice[r][call]`: what is left at least when a unit departs from one of its
   * calls (numbered as in the table), it and r - 1 more units being ridden, where round r brought news: before call
   * `newsTo[r][unit]`. Of the last r, one more than `rides`, each unit is computed when it is first asked for:
   * most never are. Until then its `newsTo` is `UNKNOWN`.
   */
  readonly onBoardMinutes: Int32Array[] = [];
  readonly onBoardPrice: Float64Array[] = [];
  readonly newsTo: Int32Array[] = [];
  /** Per unit: with how many rides, its own included, the destination can be reached at best; 255: more. */
  readonly ridesFrom: Uint8Array;
  /** Per unit: the last call from which no further ride is needed; only where `ridesFrom` is 1. */
  readonly lastCall: Uint16Array;
  /** Minutes left at least from each stop with any number of rides, or NEVER. */
  beyond!: Int32Array;
  /** Without vias `beyond` says nothing, and asking costs more than it spares. */
  private looksBeyond = false;
  private readonly table: FareTable;
  /** Per stop, side by side: minutes and price left at least once one departs, by any round so far. */
  private readonly board: Float64Array;
  private readonly egressMinutes: Int32Array;
  private readonly egressPrice: Float64Array;
  private readonly fromCall: Int32Array;
  private readonly queue: Int32Array;
  private readonly marked: Int32Array;
  private readonly isMarked: Uint8Array;
  /**
   * Per stop, side by side: minutes and price where the last round has changed them, else NEVER. Only there
   * alighting brings news.
   */
  private readonly news: Float64Array;
  private markedCount = 0;
  /** Bounds are there for 0 to so many more rides. */
  rides = 0;
  private readonly improved: Int32Array;
  private readonly isImproved: Uint8Array;
  private improvedCount = 0;
  private readonly boardWait = new Int32Array(modeCount);
  private readonly alightWait = new Int32Array(modeCount);
  private most = 0;
  private scale!: FareScale;
  /** Per slab: the least of price at alighting + rate × metres, over the calls seen. */
  private readonly lines: Float64Array;

  constructor(table: FareTable) {
    this.table = table;
    const { stopCount } = table.image;
    this.ridesFrom = new Uint8Array(table.unitCount);
    this.lastCall = new Uint16Array(table.unitCount);
    this.news = new Float64Array(2 * stopCount);
    this.board = new Float64Array(2 * stopCount);
    this.egressMinutes = new Int32Array(stopCount);
    this.egressPrice = new Float64Array(stopCount);
    this.fromCall = new Int32Array(table.unitCount).fill(-1);
    this.queue = new Int32Array(table.unitCount);
    this.marked = new Int32Array(stopCount);
    this.isMarked = new Uint8Array(stopCount);
    this.improved = new Int32Array(stopCount);
    this.isImproved = new Uint8Array(stopCount);
    this.lines = new Float64Array(Math.max(1, ...table.fares.families.map(({ slabs }) => slabs.length + 1)));
  }

  /** Bounds for 0 to `rides` more rides, within so many minutes; `beyond` is for those with more. */
  compute(query: PricedQuery, prices: Prices, rides: number, beyond: Int32Array, within: number): void {
    this.allocate(rides);
    this.most = within;
    this.scale = prices.scale;
    this.beyond = beyond;
    this.looksBeyond = (query.vias?.length ?? 0) > 0;
    this.rides = rides;
    this.ridesFrom.fill(255);
    this.board.fill(NEVER);
    this.news.fill(NEVER);
    for (let mode = 0; mode < modeCount; mode++) {
      this.boardWait[mode] = Math.max(query.changeMinutes, query.boardMinutes?.[mode] ?? 0);
      this.alightWait[mode] = query.alightMinutes?.[mode] ?? 0;
    }
    this.start(query, prices);
    for (let round = 1; round <= rides; round++) {
      this.minutes[round]!.set(this.minutes[round - 1]!);
      this.price[round]!.set(this.price[round - 1]!);
      this.newsTo[round]!.fill(0);
      this.ride(query.modes, round);
      this.settle(query, prices, round);
    }
    this.tellNews(rides);
    this.unmark();
    this.newsTo[rides + 1]!.fill(UNKNOWN);
    for (const { stop } of query.egress) this.egressMinutes[stop] = this.egressPrice[stop] = NEVER;
  }

  /**
   * Whether someone who departs with a unit from a call can arrive in time at the price of a new member, by riding it
   * and at most `left` more; `ridden` with it. Of the price beyond the bounds known the best is hoped.
   */
  hopeful(
    goal: Goal,
    unit: number,
    call: number,
    minute: number,
    price: number,
    ridden: number,
    left: number,
    last: number,
  ): boolean {
    const at = this.table.head[unit * unitHead.size + unitHead.calls]! + call;
    let known = left;
    if (left > this.rides) {
      if (!this.looksBeyond) return true;
      known = this.rides;
      const arrival = minute + this.beyond[this.table.calls[at * unitCall.size + unitCall.stop]! >> 2]!;
      if (arrival > last) return false;
      if (!goal.covers(ridden + this.rides + 1, arrival, price)) return true;
    }
    if (known === this.rides && this.newsTo[known + 1]![unit] === UNKNOWN)
      this.newsTo[known + 1]![unit] = this.rideBack(unit, this.lengthOf(unit) - 1, known + 1);
    for (let more = known; more >= 0; more--) {
      if (this.newsTo[more + 1]![unit]! <= call) continue;
      const arrival = minute + this.onBoardMinutes[more + 1]![at]!;
      if (arrival <= last && !goal.covers(ridden + more, arrival, price + this.onBoardPrice[more + 1]![at]!))
        return true;
    }
    return false;
  }

  private start(query: PricedQuery, prices: Prices): void {
    const { egressMinutes, egressPrice } = this;
    egressMinutes.fill(NEVER);
    egressPrice.fill(NEVER);
    this.minutes[0]!.fill(NEVER);
    this.price[0]!.fill(NEVER);
    for (const { stop, minutes, price = 0 } of query.egress) {
      if (minutes < egressMinutes[stop]!) egressMinutes[stop] = minutes;
      if (price < egressPrice[stop]!) egressPrice[stop] = price;
    }
    for (const { stop } of query.egress)
      this.reach(query, prices, 0, stop, egressMinutes[stop]!, egressPrice[stop]!);
  }

  /** From this stop it takes so much: so does it from where a ride ends here, or one link away. */
  private reach(
    query: PricedQuery,
    prices: Prices,
    round: number,
    stop: number,
    minutes: number,
    price: number,
  ): void {
    this.lower(round, stop, minutes, price);
    if (!query.links) return;
    const { linksBack, linkIndexBack, linkFrom, linkMinutes } = this.table.image.views;
    for (let l = linksBack[stop]!; l < linksBack[stop + 1]!; l++) {
      const link = linkIndexBack[l]!;
      this.lower(round, linkFrom[link]!, minutes + linkMinutes[link]!, price + prices.ofLink(link));
    }
  }

  private lower(round: number, stop: number, minutes: number, price: number): void {
    const [known, cost] = [this.minutes[round]!, this.price[round]!];
    if (minutes >= known[stop]! && price >= cost[stop]!) return;
    if (minutes < known[stop]!) known[stop] = minutes;
    if (price < cost[stop]!) cost[stop] = price;
    if (this.isMarked[stop]) return;
    this.isMarked[stop] = 1;
    this.marked[this.markedCount++] = stop;
  }

  private unmark(): void {
    for (let m = 0; m < this.markedCount; m++) this.isMarked[this.marked[m]!] = 0;
    this.markedCount = 0;
  }

  private allocate(rides: number): void {
    const { stopCount } = this.table.image;
    const calls = this.table.calls.length / unitCall.size;
    while (this.minutes.length <= rides) {
      this.minutes.push(new Int32Array(stopCount));
      this.price.push(new Float64Array(stopCount));
    }
    while (this.onBoardMinutes.length <= rides + 1) {
      this.onBoardMinutes.push(new Int32Array(calls));
      this.onBoardPrice.push(new Float64Array(calls));
      this.newsTo.push(new Int32Array(this.table.unitCount));
    }
  }

  /** Writes `news` anew: what a round has changed is marked. */
  private tellNews(round: number): void {
    const { news, marked } = this;
    const [minutes, price] = [this.minutes[round]!, this.price[round]!];
    news.fill(NEVER);
    for (let m = 0; m < this.markedCount; m++) {
      const stop = marked[m]!;
      news[2 * stop] = minutes[stop]!;
      news[2 * stop + 1] = price[stop]!;
    }
  }

  private ride(modes: number, round: number): void {
    const { table, fromCall, queue, ridesFrom, marked } = this;
    const { alightings, alightingUnit, alightingPosition, head } = table;
    let queued = 0;
    for (let m = 0; m < this.markedCount; m++) {
      const stop = marked[m]!;
      for (let a = alightings[stop]!; a < alightings[stop + 1]!; a++) {
        const unit = alightingUnit[a]!;
        const known = fromCall[unit]!;
        if (known < 0) {
          if (!(modes & modeBit(head[unit * unitHead.size + unitHead.mode]!))) continue;
          queue[queued++] = unit;
          fromCall[unit] = alightingPosition[a]!;
        } else if (alightingPosition[a]! > known) fromCall[unit] = alightingPosition[a]!;
      }
    }
    this.tellNews(round - 1);
    this.unmark();
    for (let q = 0; q < queued; q++) {
      const unit = queue[q]!;
      if (ridesFrom[unit]! > round) ridesFrom[unit] = round;
      if (round === 1) this.lastCall[unit] = fromCall[unit]!;
      this.newsTo[round]![unit] = this.rideBack(unit, fromCall[unit]!, round);
      this.improve(unit, fromCall[unit]!, round);
      fromCall[unit] = -1;
    }
  }

  /**
   * Rides a unit back from a call with the news: what is left at least once it departs from each of its calls.
   * Returns before which call that is known.
   */
  private rideBack(unit: number, from: number, round: number): number {
    const { table, news, lines, scale } = this;
    const { calls } = table;
    const { floorIntercept, floorRate } = scale;
    const onBoardMinutes = this.onBoardMinutes[round]!;
    const onBoardPrice = this.onBoardPrice[round]!;
    const at = unit * unitHead.size;
    const family = table.head[at + unitHead.family]!;
    const mode = table.head[at + unitHead.mode]!;
    const alightWait = this.alightWait[mode]!;
    const most = this.most - this.boardWait[mode]!;
    const firstLine = scale.floors[family]!;
    const lineCount = scale.floors[family + 1]! - firstLine;
    const least = scale.floorIsLeast[family] === 1;
    const minimum = scale.floorMinimum[family]!;
    let soonest: number = NEVER;
    let cheapest: number = NEVER;
    for (let line = 0; line < lineCount; line++) lines[line] = Infinity;
    const first = table.head[at + unitHead.calls]!;
    for (let number = first + from; number >= first; number--) {
      const call = number * unitCall.size;
      const stop = calls[call]! >> 2;
      const metres = calls[call + 1]!;
      const minutes = soonest - calls[call + 3]!;
      onBoardMinutes[number] = NEVER;
      if (minutes <= most && !(calls[call]! & NO_BOARDING)) {
        let price = least ? Infinity : -Infinity;
        for (let line = 0; line < lineCount; line++) {
          const own = lines[line]! + floorIntercept[firstLine + line]! - floorRate[firstLine + line]! * metres;
          if (least ? own < price : own > price) price = own;
        }
        if (price < cheapest + minimum) price = cheapest + minimum;
        onBoardMinutes[number] = minutes;
        onBoardPrice[number] = Math.ceil(price - 1e-6);
      }
      const onward = news[2 * stop]!;
      if (onward === NEVER || calls[call]! & NO_ALIGHTING) continue;
      const arriving = onward + alightWait + calls[call + 2]!;
      if (arriving < soonest) soonest = arriving;
      const price = news[2 * stop + 1]!;
      if (price < cheapest) cheapest = price;
      for (let line = 0; line < lineCount; line++) {
        const own = price + floorRate[firstLine + line]! * metres;
        if (own < lines[line]!) lines[line] = own;
      }
    }
    return from;
  }

  /** Lowers the bounds of the stops at which a unit can be boarded. */
  private improve(unit: number, from: number, round: number): void {
    const { table, board, improved, isImproved } = this;
    const { calls } = table;
    const onBoardMinutes = this.onBoardMinutes[round]!;
    const onBoardPrice = this.onBoardPrice[round]!;
    const boardWait = this.boardWait[table.head[unit * unitHead.size + unitHead.mode]!]!;
    const first = table.head[unit * unitHead.size + unitHead.calls]!;
    for (let number = first; number < first + from; number++) {
      const minutes = onBoardMinutes[number]! + boardWait;
      if (minutes >= NEVER) continue;
      const price = onBoardPrice[number]!;
      const stop = calls[number * unitCall.size]! >> 2;
      const quicker = minutes < board[2 * stop]!;
      const cheaper = price < board[2 * stop + 1]!;
      if (!quicker && !cheaper) continue;
      if (quicker) board[2 * stop] = minutes;
      if (cheaper) board[2 * stop + 1] = price;
      if (isImproved[stop] === 1) continue;
      isImproved[stop] = 1;
      improved[this.improvedCount++] = stop;
    }
  }

  private lengthOf(unit: number): number {
    return this.table.head[unit * unitHead.size + unitHead.length]!;
  }

  private settle(query: PricedQuery, prices: Prices, round: number): void {
    for (let i = 0; i < this.improvedCount; i++) {
      const stop = this.improved[i]!;
      this.isImproved[stop] = 0;
      const minutes = Math.min(this.board[2 * stop]!, this.egressMinutes[stop]!);
      const price = Math.min(this.board[2 * stop + 1]!, this.egressPrice[stop]!);
      this.reach(query, prices, round, stop, minutes, price);
    }
    this.improvedCount = 0;
  }
}
