import { unitCall, unitHead } from '../fares/fareTable.ts';
import type { FareTable } from '../fares/fareTable.ts';
import { NO_ALIGHTING } from '../timetable/input.ts';
import { NEVER } from '../routing/query.ts';
import { floorLines } from './bounds.ts';
import type { Bounds } from './bounds.ts';
import type { Goal } from './goal.ts';

/**
 * How many minutes and how much money it takes at least from where one unit departs. Bounds are of stops, one for each
 * number of rides; riding the unit back over them gives those of its calls with one ride more. That is done for
 * the unit that is about to be scanned, and only with the numbers of rides that are asked for: of nine units in ten
 * it shows that nobody need board.
 */
export class UnitBounds {
  private readonly table: FareTable;
  private readonly bounds: Bounds;
  /** Per call of the table: 1 where someone wants to board. */
  private readonly boardable: Uint8Array;
  /** By rides from here on, the unit's own included: minutes and price, side by side, call by call. */
  private readonly left: Float64Array[] = [];
  /** By rides alike: the asking for which `left` holds. */
  private readonly heldFor: number[] = [];
  private asking = 0;
  private unit = 0;
  private from = 0;
  private readonly longest: number;
  /** Per line of the family's floor: the least of price at alighting + rate × metres, over the calls seen. */
  private readonly lines: Float64Array;

  constructor(table: FareTable, bounds: Bounds, boardable: Uint8Array) {
    this.table = table;
    this.bounds = bounds;
    this.boardable = boardable;
    let longest = 0;
    for (let at = unitHead.length; at < table.head.length; at += unitHead.size)
      longest = Math.max(longest, table.head[at]!);
    this.longest = longest;
    this.lines = floorLines(table);
  }

  /** From now on a unit is asked about, at its boardable calls from this one on. */
  ask(unit: number, from: number): void {
    this.asking++;
    this.unit = unit;
    this.from = from;
  }

  /**
   * Whether someone who departs with the unit from a call can arrive in time at the price of a new member, by riding
   * it and at most `left` more; `ridden` with it. Of the price beyond the bounds known the best is hoped.
   */
  hopeful(
    goal: Goal,
    call: number,
    minute: number,
    price: number,
    ridden: number,
    left: number,
    last: number,
  ): boolean {
    const { bounds, unit } = this;
    const { rides, newsTo } = bounds;
    let known = left;
    if (left > rides) {
      if (!bounds.looksBeyond) return true;
      known = rides;
      const arrival = minute + bounds.beyond[this.stopOf(call)]!;
      if (arrival > last) return false;
      if (!goal.covers(ridden + rides + 1, arrival, price)) return true;
    }
    for (let more = known; more >= 0; more--) {
      if (more < rides && newsTo[more + 1]![unit]! <= call) continue;
      if (this.heldFor[more + 1] !== this.asking) this.rideBack(more + 1);
      const own = this.left[more + 1]!;
      const arrival = minute + own[2 * call]!;
      if (arrival <= last && !goal.covers(ridden + more, arrival, price + own[2 * call + 1]!)) return true;
    }
    return false;
  }

  private stopOf(call: number): number {
    const first = this.table.head[this.unit * unitHead.size + unitHead.calls]!;
    return this.table.calls[(first + call) * unitCall.size + unitCall.stop]! >> 2;
  }

  /** The cheapest way on from the calls asked about, and the quickest, in so many rides and not in fewer. */
  private rideBack(rides: number): void {
    const { table, bounds, unit, lines, boardable } = this;
    const { calls, head } = table;
    const { floors, floorIntercept, floorRate, floorIsLeast, floorMinimum } = bounds.scale;
    while (this.left.length <= rides) this.left.push(new Float64Array(2 * this.longest));
    const own = this.left[rides]!;
    this.heldFor[rides] = this.asking;
    const news = bounds.news[rides - 1]!;
    const at = unit * unitHead.size;
    const family = head[at + unitHead.family]!;
    const alightWait = bounds.alightWait[head[at + unitHead.mode]!]!;
    const firstLine = floors[family]!;
    const lineCount = floors[family + 1]! - firstLine;
    const least = floorIsLeast[family] === 1;
    const minimum = floorMinimum[family]!;
    let [soonest, cheapest]: [number, number] = [NEVER, NEVER];
    for (let line = 0; line < lineCount; line++) lines[line] = Infinity;
    const first = head[at + unitHead.calls]!;
    const end = rides <= bounds.rides ? bounds.newsTo[rides]![unit]! : head[at + unitHead.length]! - 1;
    for (let call = end; call >= this.from; call--) {
      const packed = (first + call) * unitCall.size;
      if (boardable[first + call] === 1) {
        const metres = calls[packed + unitCall.metres]!;
        let price = least ? Infinity : -Infinity;
        for (let line = 0; line < lineCount; line++) {
          const fare =
            lines[line]! + floorIntercept[firstLine + line]! - floorRate[firstLine + line]! * metres;
          if (least ? fare < price : fare > price) price = fare;
        }
        own[2 * call] = soonest - calls[packed + unitCall.soonestDeparture]!;
        own[2 * call + 1] = Math.ceil(Math.max(price, cheapest + minimum) - 1e-6);
      }
      const stop = calls[packed]! >> 2;
      const onward = news[2 * stop]!;
      if (onward === NEVER || calls[packed]! & NO_ALIGHTING) continue;
      const minutes = onward + alightWait + calls[packed + unitCall.soonestArrival]!;
      if (minutes < soonest) soonest = minutes;
      const price = news[2 * stop + 1]!;
      if (price < cheapest) cheapest = price;
      const metres = calls[packed + unitCall.metres]!;
      for (let line = 0; line < lineCount; line++) {
        const cost = price + floorRate[firstLine + line]! * metres;
        if (cost < lines[line]!) lines[line] = cost;
      }
    }
  }
}
