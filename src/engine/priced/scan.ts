import { unitCall, unitHead } from '../fares/fareTable.ts';
import type { FareTable } from '../fares/fareTable.ts';
import type { FareScale } from '../fares/fareScale.ts';
import { NO_ALIGHTING, NO_BOARDING } from '../timetable/input.ts';
import { Instances, NONE } from '../routing/instances.ts';
import { NEVER } from '../routing/query.ts';
import type { PricedLabels } from './labels.ts';

/** What a scan asks of the search. */
export interface Visitor {
  /** Whether an arrival here, at these minutes and prices or worse, can lead to a new member of the front. */
  hopeful(stop: number, ready: number, price: number): boolean;
  alight(stop: number, ready: number, price: number, ride: Ride): void;
  /** Whether those who ride through here are of interest, and who they are. */
  calls(stop: number): boolean;
  pass(ride: OnBoard): void;
}

/** Someone on board of a unit. `price` and `metres` are those of boarding. */
export interface OnBoard {
  readonly unit: number;
  readonly call: number;
  readonly instance: number;
  readonly start: number;
  readonly run: number;
  readonly price: number;
  readonly metres: number;
  readonly parent: number;
  readonly board: number;
}

/** The ride of the moment: one object, written over. */
export interface Ride {
  parent: number;
  unit: number;
  instance: number;
  board: number;
  alight: number;
}

/** Labels that a round boards from: for stop s `list[from[s]]` to `list[to[s]]`, earliest and dearest first. */
export interface Fresh {
  list: Int32Array;
  readonly from: Int32Array;
  readonly to: Int32Array;
}

/**
 * Rides one unit, with everyone on board who may end up cheapest or first somewhere. Two on board are compared
 * only here, within one unit and so within one fare family: one makes the other useless when it sits in the same
 * instance or an earlier one and no alighting further on can cost it more, whatever the distance.
 */
export class UnitScan {
  private readonly table: FareTable;
  private readonly instances: Instances;
  private readonly labels: PricedLabels;
  private readonly fresh: Fresh;
  private readonly visitor: Visitor;
  private readonly ride: Ride = { parent: 0, unit: 0, instance: 0, board: 0, alight: 0 };
  private readonly dayStart: Int32Array;
  private count = 0;
  private instance = new Int32Array(256);
  private start = new Int32Array(256);
  private run = new Int32Array(256);
  private price = new Float64Array(256);
  private metres = new Int32Array(256);
  private parent = new Int32Array(256);
  private board = new Int32Array(256);

  constructor(table: FareTable, labels: PricedLabels, fresh: Fresh, visitor: Visitor) {
    this.table = table;
    this.labels = labels;
    this.fresh = fresh;
    this.visitor = visitor;
    this.instances = new Instances(table.image, table);
    this.dayStart = table.image.views.dayStart;
  }

  /**
   * From a call on, no further than `until`. `onward`: minutes needed at least from each stop, NEVER where it is no
   * use to alight;
   * `last`: minute by which the destination must be reached; `through`: who is on board
   * already, from which call.
   */
  scan(
    unit: number,
    from: number,
    until: number,
    scale: FareScale,
    boardWait: number,
    alightWait: number,
    onward: Int32Array,
    last: number,
    through: readonly OnBoard[],
  ): void {
    const { table, ride, visitor, fresh } = this;
    const { arrival } = table;
    const at = unit * unitHead.size;
    const first = table.head[at + unitHead.calls]! * unitCall.size;
    const end = Math.min(until, table.head[at + unitHead.length]! - 1);
    const runs = table.head[at + unitHead.runs]!;
    const times = table.head[at + unitHead.times]!;
    const family = table.head[at + unitHead.family]!;
    this.count = 0;
    ride.unit = unit;
    for (let call = from; call <= end; call++) {
      const packed = table.calls[first + call * unitCall.size + unitCall.stop]!;
      const stop = packed >> 2;
      if (this.count > 0 && !(packed & NO_ALIGHTING) && onward[stop]! < NEVER) {
        const latest = last - onward[stop]!;
        const column = times + call * runs;
        const metres = table.calls[first + call * unitCall.size + unitCall.metres]!;
        for (let x = 0; x < this.count; x++) {
          const ready = this.start[x]! + arrival[column + this.run[x]!]! + alightWait;
          if (ready > latest) continue;
          const price = this.price[x]! + scale.price(family, metres - this.metres[x]!);
          if (!visitor.hopeful(stop, ready, price)) continue;
          ride.parent = this.parent[x]!;
          ride.instance = this.instance[x]!;
          ride.board = this.board[x]!;
          ride.alight = call;
          visitor.alight(stop, ready, price, ride);
        }
      }
      for (const one of through)
        if (one.call === call)
          this.enter(
            scale,
            family,
            one.instance,
            one.start,
            one.run,
            one.price,
            one.metres,
            one.parent,
            one.board,
          );
      if (!(packed & NO_ALIGHTING) && visitor.calls(stop)) this.passAll(unit, call);
      if (fresh.to[stop]! > fresh.from[stop]! && call < end && !(packed & NO_BOARDING))
        this.boardAt(unit, call, stop, scale, boardWait, last);
    }
  }

  private boardAt(
    unit: number,
    call: number,
    stop: number,
    scale: FareScale,
    boardWait: number,
    last: number,
  ): void {
    const { table, labels, fresh, dayStart } = this;
    const at = unit * unitHead.size;
    const runs = table.head[at + unitHead.runs]!;
    const firstRun = table.head[at + unitHead.firstRun]!;
    const zone = table.head[at + unitHead.zone]!;
    const family = table.head[at + unitHead.family]!;
    const column = table.head[at + unitHead.times]! + call * runs;
    const first = table.head[at + unitHead.calls]!;
    const metres = table.calls[(first + call) * unitCall.size + unitCall.metres]!;
    let before = NONE;
    // The cheapest first: an earlier, dearer one is of use only where it catches an earlier instance.
    for (let f = fresh.to[stop]! - 1; f >= fresh.from[stop]!; f--) {
      const label = fresh.list[f]!;
      const caught = this.instances.departing(column, runs, firstRun, zone, labels.ready[label]! + boardWait);
      if (caught === NONE || caught === before) continue;
      before = caught;
      const run = runs === 1 ? 0 : caught % runs;
      const start = dayStart[zone + (caught - run) / runs]!;
      if (start + table.departure[column + run]! > last) continue;
      this.enter(scale, family, caught, start, run, labels.price[label]!, metres, label, call);
    }
  }

  private passAll(unit: number, call: number): void {
    for (let x = 0; x < this.count; x++)
      this.visitor.pass({
        unit,
        call,
        instance: this.instance[x]!,
        start: this.start[x]!,
        run: this.run[x]!,
        price: this.price[x]!,
        metres: this.metres[x]!,
        parent: this.parent[x]!,
        board: this.board[x]!,
      });
  }

  private enter(
    scale: FareScale,
    family: number,
    instance: number,
    start: number,
    run: number,
    price: number,
    metres: number,
    parent: number,
    board: number,
  ): void {
    let kept = 0;
    for (let x = 0; x < this.count; x++) {
      const ahead = this.instance[x]!;
      const more = metres - this.metres[x]!;
      const other = this.price[x]!;
      if (ahead <= instance && price >= other && price >= other + scale.mostIncrease(family, more)) return;
      if (instance <= ahead && price <= other) continue;
      if (kept < x) this.move(x, kept);
      kept++;
    }
    this.count = kept;
    if (kept === this.instance.length) this.grow();
    this.count = kept + 1;
    this.instance[kept] = instance;
    this.start[kept] = start;
    this.run[kept] = run;
    this.price[kept] = price;
    this.metres[kept] = metres;
    this.parent[kept] = parent;
    this.board[kept] = board;
  }

  private move(from: number, to: number): void {
    this.instance[to] = this.instance[from]!;
    this.start[to] = this.start[from]!;
    this.run[to] = this.run[from]!;
    this.price[to] = this.price[from]!;
    this.metres[to] = this.metres[from]!;
    this.parent[to] = this.parent[from]!;
    this.board[to] = this.board[from]!;
  }

  private grow(): void {
    for (const name of ['instance', 'start', 'run', 'metres', 'parent', 'board'] as const) {
      const longer = new Int32Array(2 * this[name].length);
      longer.set(this[name]);
      this[name] = longer;
    }
    const price = new Float64Array(2 * this.price.length);
    price.set(this.price);
    this.price = price;
  }
}
