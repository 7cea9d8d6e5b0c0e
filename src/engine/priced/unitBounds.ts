import { unitCall, unitHead } from '../fares/fareTable.ts';
import type { FareTable } from '../fares/fareTable.ts';
import { NO_ALIGHTING } from '../timetable/input.ts';
import { NEVER } from '../routing/query.ts';
import { floorLines } from './bounds.ts';
import type { Bounds } from './bounds.ts';
import type { Goal } from './goal.ts';

/** What is asked about every unit of a round. */
export interface Asking {
  readonly goal: Goal;
  /** Rides with that on the unit, and how many may follow. */
  readonly ridden: number;
  readonly left: number;
  /** Minute by which the goal must be reached. */
  readonly last: number;
}

/**
 * How many minutes and how much money it takes at least from where one unit departs. Bounds are of stops, one for
 * each number of rides; riding the unit back over them gives those of its calls with one ride more. That is done
 * for the unit that is about to be scanned: of nine units in ten it shows that nobody need board.
 *
 * No member of the front is lost: whoever boards leaves no earlier and has paid no less than is supposed here, rides
 * on no quicker and for no less, and so arrives no earlier and no cheaper than a point that the front covers.
 */
export class UnitBounds {
  private readonly table: FareTable;
  private readonly bounds: Bounds;
  /** Per call of the table: 1 where someone may board. */
  private readonly boardable: Uint8Array;
  /** Per stop, side by side: when and for how much those who may board are there at best. */
  private readonly fresh: Float64Array;
  private asking!: Asking;
  /** Minutes and price left, side by side, from the boardable calls of the unit; and with how many further rides. */
  private readonly left: Float64Array;
  private known = 0;
  private boardWait = 0;
  private unit = 0;
  /** Rides at the goal, at the fewest. */
  private fewest = 0;
  /** At the goal nobody who boards the unit is earlier, and nobody has paid less. */
  private soonest = 0;
  private cheapest = 0;
  /** Per line of the family's floor: the least of price at alighting + rate × metres, over the calls seen. */
  private readonly lines: Float64Array;

  constructor(table: FareTable, bounds: Bounds, boardable: Uint8Array, fresh: Float64Array) {
    this.table = table;
    this.bounds = bounds;
    this.boardable = boardable;
    this.fresh = fresh;
    let longest = 0;
    for (let at = unitHead.length; at < table.head.length; at += unitHead.size)
      longest = Math.max(longest, table.head[at]!);
    this.left = new Float64Array(2 * longest);
    this.lines = floorLines(table);
  }

  begin(asking: Asking): void {
    this.asking = asking;
    this.known = Math.min(asking.left, this.bounds.rides);
  }

  /**
   * Whether anyone who boards the unit, at a boardable call from this one on, may make a new member of the front: the
   * best of all of them is hoped, even if it is of several. From now on `hopeful` is about this unit.
   */
  mayBoard(unit: number, from: number, boardWait: number): boolean {
    const { bounds, known } = this;
    const { goal, ridden, left, last } = this.asking;
    this.unit = unit;
    this.boardWait = boardWait;
    this.fewest = ridden + Math.min(known, bounds.ridesFrom[unit]! - 1);
    if (left > bounds.rides && !bounds.looksBeyond) return true;
    this.rideBack(from);
    if (
      left <= bounds.rides &&
      (this.soonest > last || goal.covers(this.fewest, this.soonest, this.cheapest))
    )
      return false;
    return this.keepHopeful(from);
  }

  /** Takes back the calls at which nobody need board; whether any is left. */
  private keepHopeful(from: number): boolean {
    const { table, boardable, fresh, boardWait } = this;
    const at = this.unit * unitHead.size;
    const first = table.head[at + unitHead.calls]!;
    let any = false;
    for (let call = from; call < table.head[at + unitHead.length]!; call++) {
      if (boardable[first + call] === 0) continue;
      const stop = table.calls[(first + call) * unitCall.size + unitCall.stop]! >> 2;
      if (this.hopeful(call, fresh[2 * stop]! + boardWait, fresh[2 * stop + 1]!)) any = true;
      else boardable[first + call] = 0;
    }
    return any;
  }

  /**
   * Whether someone who departs with the unit from a call can arrive in time at the price of a new member, by riding
   * it and at most `left` more. Of the price beyond the bounds known the best is hoped.
   *
   * The front is asked for the fewest rides: what has been found so far has hardly ever more.
   */
  hopeful(call: number, minute: number, price: number): boolean {
    const { bounds } = this;
    const { goal, ridden, left, last } = this.asking;
    if (left > bounds.rides) {
      if (!bounds.looksBeyond) return true;
      const beyond = minute + bounds.beyond[this.stopOf(call)]!;
      if (beyond > last) return false;
      if (!goal.covers(ridden + bounds.rides + 1, beyond, price)) return true;
    }
    const arrival = minute + this.left[2 * call]!;
    return arrival <= last && !goal.covers(this.fewest, arrival, price + this.left[2 * call + 1]!);
  }

  private stopOf(call: number): number {
    const first = this.table.head[this.unit * unitHead.size + unitHead.calls]!;
    return this.table.calls[(first + call) * unitCall.size + unitCall.stop]! >> 2;
  }

  /** From the last call of use to this one: the cheapest way on from where one may board, and the quickest. */
  private rideBack(from: number): void {
    const { table, bounds, known, unit, left, lines, boardable, fresh, boardWait } = this;
    const { calls, head } = table;
    const { floors, floorIntercept, floorRate, floorIsLeast, floorMinimum } = bounds.scale;
    const onward = bounds.onward[known]!;
    const at = unit * unitHead.size;
    const family = head[at + unitHead.family]!;
    const alightWait = bounds.alightWait[head[at + unitHead.mode]!]!;
    const firstLine = floors[family]!;
    const lineCount = floors[family + 1]! - firstLine;
    const least = floorIsLeast[family] === 1;
    const minimum = floorMinimum[family]!;
    const steepest = least ? firstLine : firstLine + lineCount - 1;
    let [minutes, price]: [number, number] = [NEVER, NEVER];
    let [soonest, cheapest]: [number, number] = [Infinity, Infinity];
    for (let line = 0; line < lineCount; line++) lines[line] = Infinity;
    const first = head[at + unitHead.calls]!;
    const end = known < bounds.rides ? bounds.lastCall[known]![unit]! : head[at + unitHead.length]! - 1;
    for (let call = end; call >= from; call--) {
      const packed = (first + call) * unitCall.size;
      const stop = calls[packed]! >> 2;
      const metres = calls[packed + unitCall.metres]!;
      if (boardable[first + call] === 1) {
        let fare = least ? Infinity : -Infinity;
        for (let line = 0; line < lineCount; line++) {
          const own =
            lines[line]! + floorIntercept[firstLine + line]! - floorRate[firstLine + line]! * metres;
          if (least ? own < fare : own > fare) fare = own;
        }
        if (fare < price + minimum) fare = price + minimum;
        fare = Math.ceil(fare - 1e-6);
        const further = minutes - calls[packed + unitCall.soonestDeparture]!;
        left[2 * call] = further;
        left[2 * call + 1] = fare;
        const arrival = fresh[2 * stop]! + further;
        if (arrival < soonest) soonest = arrival;
        const cost = fresh[2 * stop + 1]! + fare;
        if (cost < cheapest) cheapest = cost;
      }
      const further = onward[2 * stop]!;
      if (further === NEVER || calls[packed]! & NO_ALIGHTING) continue;
      const arriving = further + alightWait + calls[packed + unitCall.soonestArrival]!;
      if (arriving < minutes) minutes = arriving;
      const cost = onward[2 * stop + 1]!;
      // Where alighting is no cheaper along the steepest line, it is along none.
      if (cost + floorRate[steepest]! * metres >= lines[steepest - firstLine]!) continue;
      if (cost < price) price = cost;
      for (let line = 0; line < lineCount; line++) {
        const own = cost + floorRate[firstLine + line]! * metres;
        if (own < lines[line]!) lines[line] = own;
      }
    }
    this.soonest = soonest + boardWait;
    this.cheapest = cheapest;
  }
}
