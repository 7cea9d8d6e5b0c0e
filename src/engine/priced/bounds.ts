import { unitCall, unitHead } from '../fares/fareTable.ts';
import type { FareTable } from '../fares/fareTable.ts';
import type { FareScale } from '../fares/fareScale.ts';
import { NO_ALIGHTING, NO_BOARDING } from '../timetable/input.ts';
import { modeBit, modeCount } from '../timetable/modes.ts';
import { NEVER } from '../routing/query.ts';
import type { Prices } from './prices.ts';
import type { PricedQuery } from './query.ts';
import { UnitQueue } from './unitQueue.ts';

/** Room for a number per line of any family's floor. */
export const floorLines = ({ fares }: FareTable): Float64Array =>
  new Float64Array(
    Math.max(1, ...fares.families.map(({ slabs, steps }) => Math.max(slabs.length + 1, steps.length))),
  );

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
  /** `minutes[r]` and `price[r]` once more, side by side by stop. */
  readonly onward: Float64Array[] = [];
  /** Per unit: with how many rides, its own included, the destination can be reached at best; 255: more. */
  readonly ridesFrom: Uint8Array;
  /** `lastCall[r][unit]`: from before this call the destination can be reached with at most r further rides; 0: never. */
  readonly lastCall: Uint16Array[] = [];
  /** Minutes left at least from each stop with any number of rides, or NEVER. */
  beyond!: Int32Array;
  /** Without vias `beyond` says nothing, and asking costs more than it spares. */
  looksBeyond = false;
  private readonly table: FareTable;
  /** Per stop, side by side: minutes and price left at least once one departs, by any round so far. */
  private readonly board: Float64Array;
  private readonly egressMinutes: Int32Array;
  private readonly egressPrice: Float64Array;
  private readonly queue: UnitQueue;
  private readonly marked: Int32Array;
  private readonly isMarked: Uint8Array;
  private markedCount = 0;
  /** Side by side by stop, minutes and price where the last round has changed them, else NEVER. */
  private readonly news: Float64Array;
  /** Bounds are there for 0 to so many more rides. */
  rides = 0;
  private readonly improved: Int32Array;
  private readonly isImproved: Uint8Array;
  private improvedCount = 0;
  private readonly boardWait = new Int32Array(modeCount);
  readonly alightWait = new Int32Array(modeCount);
  private most = 0;
  scale!: FareScale;
  /** Per line of the family's floor: the least of price at alighting + rate × metres, over the calls seen. */
  private readonly lines: Float64Array;

  constructor(table: FareTable) {
    this.table = table;
    const { stopCount } = table.image;
    this.ridesFrom = new Uint8Array(table.unitCount);
    this.news = new Float64Array(2 * stopCount);
    this.board = new Float64Array(2 * stopCount);
    this.egressMinutes = new Int32Array(stopCount);
    this.egressPrice = new Float64Array(stopCount);
    this.queue = new UnitQueue(table.unitCount);
    this.marked = new Int32Array(stopCount);
    this.isMarked = new Uint8Array(stopCount);
    this.improved = new Int32Array(stopCount);
    this.isImproved = new Uint8Array(stopCount);
    this.lines = floorLines(table);
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
    for (let mode = 0; mode < modeCount; mode++) {
      this.boardWait[mode] = Math.max(query.changeMinutes, query.boardMinutes?.[mode] ?? 0);
      this.alightWait[mode] = query.alightMinutes?.[mode] ?? 0;
    }
    this.start(query, prices);
    for (let round = 1; round <= rides; round++) {
      this.minutes[round]!.set(this.minutes[round - 1]!);
      this.price[round]!.set(this.price[round - 1]!);
      this.ride(query.modes, round);
      this.settle(query, prices, round);
    }
    this.tellNews(rides);
    this.unmark();
    for (const { stop } of query.egress) this.egressMinutes[stop] = this.egressPrice[stop] = NEVER;
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
    while (this.minutes.length <= rides) {
      this.minutes.push(new Int32Array(stopCount));
      this.price.push(new Float64Array(stopCount));
      this.onward.push(new Float64Array(2 * stopCount));
      this.lastCall.push(new Uint16Array(this.table.unitCount));
    }
  }

  /** What a round has changed is marked. */
  private tellNews(round: number): void {
    const { news } = this;
    const [minutes, price, onward] = [this.minutes[round]!, this.price[round]!, this.onward[round]!];
    if (round === 0) onward.fill(NEVER);
    else onward.set(this.onward[round - 1]!);
    news.fill(NEVER);
    for (let m = 0; m < this.markedCount; m++) {
      const stop = this.marked[m]!;
      onward[2 * stop] = news[2 * stop] = minutes[stop]!;
      onward[2 * stop + 1] = news[2 * stop + 1] = price[stop]!;
    }
  }

  private ride(modes: number, round: number): void {
    const { table, queue, ridesFrom, marked } = this;
    const lastCall = this.lastCall[round - 1]!;
    if (round === 1) lastCall.fill(0);
    else lastCall.set(this.lastCall[round - 2]!);
    const { alightings, alightingUnit, alightingPosition, head } = table;
    for (let m = 0; m < this.markedCount; m++) {
      const stop = marked[m]!;
      for (let a = alightings[stop]!; a < alightings[stop + 1]!; a++) {
        const unit = alightingUnit[a]!;
        const call = alightingPosition[a]!;
        const known = queue.entryOf(unit);
        if (known < 0 && !(modes & modeBit(head[unit * unitHead.size + unitHead.mode]!))) continue;
        if (call > known) queue.enter(unit, call);
      }
    }
    queue.order();
    this.tellNews(round - 1);
    this.unmark();
    for (let q = 0; q < queue.count; q++) {
      const unit = queue.units[q]!;
      const from = queue.take(unit);
      if (ridesFrom[unit]! > round) ridesFrom[unit] = round;
      if (from > lastCall[unit]!) lastCall[unit] = from;
      this.rideBack(unit, from);
    }
    queue.empty();
  }

  /**
   * Rides a unit back from a call with the news, and lowers the bounds of the stops where it can be boarded. Further
   * back a ride costs no less, so a price is worked out only where the one before it, or that of alighting since, is
   * less than what the stop has.
   */
  private rideBack(unit: number, from: number): void {
    const { table, board, news, lines, improved, isImproved } = this;
    const { calls, head } = table;
    const { floors, floorIntercept, floorRate, floorIsLeast, floorMinimum } = this.scale;
    const at = unit * unitHead.size;
    const family = head[at + unitHead.family]!;
    const boardWait = this.boardWait[head[at + unitHead.mode]!]!;
    const alightWait = this.alightWait[head[at + unitHead.mode]!]!;
    const firstLine = floors[family]!;
    const lineCount = floors[family + 1]! - firstLine;
    const least = floorIsLeast[family] === 1;
    const steepest = least ? firstLine : firstLine + lineCount - 1;
    const minimum = floorMinimum[family]!;
    let [soonest, cheapest, atLeast]: [number, number, number] = [NEVER, NEVER, NEVER];
    for (let line = 0; line < lineCount; line++) lines[line] = Infinity;
    const first = head[at + unitHead.calls]!;
    for (let call = (first + from) * unitCall.size; call >= first * unitCall.size; call -= unitCall.size) {
      const packed = calls[call]!;
      const stop = packed >> 2;
      const metres = calls[call + unitCall.metres]!;
      const minutes = soonest - calls[call + unitCall.soonestDeparture]! + boardWait;
      const quicker = minutes < board[2 * stop]!;
      if ((quicker || atLeast < board[2 * stop + 1]!) && minutes <= this.most && !(packed & NO_BOARDING)) {
        if (atLeast < board[2 * stop + 1]!) {
          let price = least ? Infinity : -Infinity;
          for (let line = 0; line < lineCount; line++) {
            const fare =
              lines[line]! + floorIntercept[firstLine + line]! - floorRate[firstLine + line]! * metres;
            if (least ? fare < price : fare > price) price = fare;
          }
          atLeast = Math.ceil(Math.max(price, cheapest + minimum) - 1e-6);
        }
        const cheaper = atLeast < board[2 * stop + 1]!;
        if (quicker) board[2 * stop] = minutes;
        if (cheaper) board[2 * stop + 1] = atLeast;
        if ((quicker || cheaper) && isImproved[stop] === 0) {
          isImproved[stop] = 1;
          improved[this.improvedCount++] = stop;
        }
      }
      const onward = news[2 * stop]!;
      if (onward === NEVER || packed & NO_ALIGHTING) continue;
      const arriving = onward + alightWait + calls[call + unitCall.soonestArrival]!;
      if (arriving < soonest) soonest = arriving;
      const price = news[2 * stop + 1]!;
      // Where alighting is no cheaper along the steepest line, it is along none.
      if (price + floorRate[steepest]! * metres >= lines[steepest - firstLine]!) continue;
      if (price < cheapest) cheapest = price;
      if (price + minimum < atLeast) atLeast = price + minimum;
      for (let line = 0; line < lineCount; line++) {
        const cost = price + floorRate[firstLine + line]! * metres;
        if (cost < lines[line]!) lines[line] = cost;
      }
    }
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
