import { unitCall, unitHead } from '../fares/fareTable.ts';
import type { FareTable } from '../fares/fareTable.ts';
import type { FareScale } from '../fares/fareScale.ts';
import { NO_ALIGHTING } from '../timetable/input.ts';
import { Instances, NONE } from '../routing/instances.ts';
import { NEVER } from '../routing/query.ts';
import type { QuietHours } from '../routing/quietHours.ts';
import type { PricedLabels } from './labels.ts';
import { Passengers } from './onBoard.ts';
import type { OnBoard } from './onBoard.ts';
import type { StopSet } from './stopSet.ts';
import { NO_TICKET } from './tickets.ts';
import type { Tickets } from './tickets.ts';

/** What a scan asks of the search. */
export interface Visitor {
  /** Whether someone who departs on the unit being scanned, having paid so much before, can make a new member of the front. */
  boards(call: number, minute: number, price: number): boolean;
  /** Whether an arrival here, at these minutes and prices or worse, can lead to a new member of the front. */
  hopeful(stop: number, ready: number, price: number): boolean;
  alight(stop: number, ready: number, price: number, ride: Ride): void;
  /** Whether those who ride through here are of interest, and who they are. */
  calls(stop: number): boolean;
  pass(ride: OnBoard): void;
}

/** The ride of the moment: one object, written over. */
export interface Ride {
  parent: number;
  unit: number;
  instance: number;
  board: number;
  alight: number;
  ticket: number;
}

/** Labels that a round boards from: for stop s `list[from[s]]` to `list[to[s]]`, earliest first. */
export interface Fresh {
  list: Int32Array;
  readonly from: Int32Array;
  readonly to: Int32Array;
}

/** What is the same for all units of a round. */
export interface Round {
  readonly scale: FareScale;
  /** Rides that may follow on this one. */
  readonly ridesLeft: number;
  /** Minutes needed at least from each stop, `NEVER` where it is no use to alight. */
  readonly onward: Int32Array;
  /** Minute by which the destination must be reached. */
  readonly last: number;
  readonly quiet: QuietHours | null;
  /** Stops at which one must not stay as long as one likes: each instance that calls there may be the one. */
  readonly late: StopSet;
}

/** Rides one unit: lets those on board alight, and those on who catch it. */
export class UnitScan {
  private readonly table: FareTable;
  private readonly instances: Instances;
  private readonly labels: PricedLabels;
  private readonly tickets: Tickets;
  private readonly fresh: Fresh;
  private readonly visitor: Visitor;
  private readonly passengers: Passengers;
  private readonly ride: Ride = { parent: 0, unit: 0, instance: 0, board: 0, alight: 0, ticket: 0 };
  private readonly dayStart: Int32Array;
  /** Per call of the table: 1 where someone is fresh and may board; taken back when the unit is scanned. */
  private readonly boardable: Uint8Array;
  private round!: Round;
  /** Whether every instance that can be caught may be of use, not only the first. */
  private each = false;

  constructor(
    table: FareTable,
    labels: PricedLabels,
    tickets: Tickets,
    fresh: Fresh,
    boardable: Uint8Array,
    visitor: Visitor,
  ) {
    this.table = table;
    this.labels = labels;
    this.tickets = tickets;
    this.fresh = fresh;
    this.visitor = visitor;
    this.passengers = new Passengers(tickets);
    this.instances = new Instances(table.image, table);
    this.boardable = boardable;
    this.dayStart = table.image.views.dayStart;
  }

  begin(round: Round): void {
    this.round = round;
  }

  /** From a call on, no further than `until`; `through`: who is on board already, from which call. */
  scan(
    unit: number,
    from: number,
    until: number,
    boardWait: number,
    alightWait: number,
    through: readonly OnBoard[] | undefined,
  ): void {
    const { table, ride, visitor, boardable, passengers } = this;
    const { scale, onward, last } = this.round;
    const { arrival } = table;
    const at = unit * unitHead.size;
    const firstCall = table.head[at + unitHead.calls]!;
    const first = firstCall * unitCall.size;
    const length = table.head[at + unitHead.length]!;
    const end = Math.min(until, length - 1);
    const runs = table.head[at + unitHead.runs]!;
    const times = table.head[at + unitHead.times]!;
    const family = table.head[at + unitHead.family]!;
    const late = this.round.late.count > 0 && this.callsLate(first, from, end);
    this.each = late || (scale.transferCount[family]! > 0 && this.round.ridesLeft > 0);
    const metresInAll = table.calls[first + (length - 1) * unitCall.size + unitCall.metres]!;
    passengers.begin(scale, family, metresInAll, this.round.ridesLeft, late);
    ride.unit = unit;
    for (let call = from; call <= end; call++) {
      // In most units nobody sits at most calls.
      if (passengers.count === 0 && through === undefined && boardable[firstCall + call] === 0) continue;
      const packed = table.calls[first + call * unitCall.size + unitCall.stop]!;
      const stop = packed >> 2;
      if (passengers.count > 0 && !(packed & NO_ALIGHTING) && onward[stop]! < NEVER) {
        const latest = last - onward[stop]!;
        const column = times + call * runs;
        const metres = table.calls[first + call * unitCall.size + unitCall.metres]!;
        for (let x = 0; x < passengers.count; x++) {
          const ready = passengers.start[x]! + arrival[column + passengers.run[x]!]! + alightWait;
          if (ready > latest) continue;
          const fare = passengers.paid[x] === 1 ? 0 : scale.price(family, metres - passengers.metres[x]!);
          const price = passengers.price[x]! + fare;
          if (!visitor.hopeful(stop, ready, price)) continue;
          ride.parent = passengers.parent[x]!;
          ride.instance = passengers.instance[x]!;
          ride.board = passengers.board[x]!;
          ride.alight = call;
          ride.ticket = passengers.ticket[x]!;
          visitor.alight(stop, ready, price, ride);
        }
      }
      if (through !== undefined) this.enterThrough(through, call);
      if (passengers.count > 0 && !(packed & NO_ALIGHTING) && visitor.calls(stop)) this.passAll(unit, call);
      if (boardable[firstCall + call] === 0) continue;
      this.boardAt(unit, call, stop, boardWait);
      boardable[firstCall + call] = 0;
    }
  }

  private callsLate(first: number, from: number, end: number): boolean {
    for (let call = from + 1; call <= end; call++)
      if (this.round.late.has(this.table.calls[first + call * unitCall.size + unitCall.stop]! >> 2))
        return true;
    return false;
  }

  private boardAt(unit: number, call: number, stop: number, boardWait: number): void {
    const { table, labels, fresh, dayStart, visitor } = this;
    const at = unit * unitHead.size;
    const runs = table.head[at + unitHead.runs]!;
    const firstRun = table.head[at + unitHead.firstRun]!;
    const zone = table.head[at + unitHead.zone]!;
    const column = table.head[at + unitHead.times]! + call * runs;
    const first = table.head[at + unitHead.calls]!;
    const metres = table.calls[(first + call) * unitCall.size + unitCall.metres]!;
    const plain = !this.each && !labels.withState && this.round.quiet === null;
    let before = NONE;
    // The cheapest first: an earlier, dearer one is of use only where it catches an earlier instance.
    for (let f = fresh.to[stop]! - 1; f >= fresh.from[stop]!; f--) {
      const label = fresh.list[f]!;
      const price = labels.price[label]!;
      // The best to hope for, before the calendar is asked.
      if (!visitor.boards(call, labels.ready[label]! + boardWait, price)) continue;
      const caught = this.instances.departing(column, runs, firstRun, zone, labels.ready[label]! + boardWait);
      if (caught === NONE) continue;
      if (!plain) {
        this.boardEach(unit, call, stop, label, caught, metres);
        continue;
      }
      if (caught === before) continue;
      before = caught;
      const run = runs === 1 ? 0 : caught % runs;
      const start = dayStart[zone + (caught - run) / runs]!;
      const minute = start + table.departure[column + run]!;
      if (minute > this.round.last || !visitor.boards(call, minute, price)) continue;
      this.passengers.enter(caught, start, run, price, metres, label, call, NO_TICKET, 0, minute);
    }
  }

  /**
   * Boards the first instance that leaves outside of the quiet hours and before the stay must end, or each one where
   * that is of use: a later one reaches a via later, and a ticket bought later runs longer.
   */
  private boardEach(
    unit: number,
    call: number,
    stop: number,
    label: number,
    caught: number,
    metres: number,
  ): void {
    const { table, labels, tickets, passengers } = this;
    const { scale, last, quiet } = this.round;
    const at = unit * unitHead.size;
    const runs = table.head[at + unitHead.runs]!;
    const zone = table.head[at + unitHead.zone]!;
    const family = table.head[at + unitHead.family]!;
    const column = table.head[at + unitHead.times]! + call * runs;
    const price = labels.price[label]!;
    const held = labels.ticket[label]!;
    const latest = Math.min(last, labels.until[label]!);
    for (let instance = caught; instance !== NONE; instance = this.following(unit, instance)) {
      const run = instance % runs;
      const start = this.dayStart[zone + (instance - run) / runs]!;
      const minute = start + table.departure[column + run]!;
      if (minute > latest) return;
      if (quiet !== null && quiet.after(stop, minute) !== minute) continue;
      if (this.visitor.boards(call, minute, price)) {
        const valid = tickets.valid(held, family, minute);
        if (valid >= 0) {
          const fare = scale.transferPrice[family]!;
          const rest = tickets.used(held, valid, minute);
          passengers.enter(instance, start, run, price + fare, metres, label, call, rest, 1, minute);
        }
        const bought = tickets.bought(held, family, minute);
        passengers.enter(instance, start, run, price, metres, label, call, bought, 0, minute);
      }
      if (!this.each) return;
    }
  }

  /** The instance after this one, if its day begins in time. */
  private following(unit: number, instance: number): number {
    const { views, dayCount } = this.table.image;
    const at = unit * unitHead.size;
    const runs = this.table.head[at + unitHead.runs]!;
    const firstRun = this.table.head[at + unitHead.firstRun]!;
    const zone = this.table.head[at + unitHead.zone]!;
    for (let next = instance + 1; next < dayCount * runs; next++) {
      const run = next % runs;
      const day = (next - run) / runs;
      if (this.dayStart[zone + day]! > this.round.last) return NONE;
      if (views.nextDay[this.table.runService[firstRun + run]! * (dayCount + 1) + day] === day) return next;
    }
    return NONE;
  }

  private enterThrough(through: readonly OnBoard[], call: number): void {
    const { passengers } = this;
    for (const one of through)
      if (one.call === call)
        passengers.enter(
          one.instance,
          one.start,
          one.run,
          one.price,
          one.metres,
          one.parent,
          one.board,
          one.ticket,
          one.paid,
          one.minute,
        );
  }

  private passAll(unit: number, call: number): void {
    const { passengers: on, table } = this;
    const at = unit * unitHead.size;
    const column = table.head[at + unitHead.times]! + call * table.head[at + unitHead.runs]!;
    for (let x = 0; x < on.count; x++)
      this.visitor.pass({
        unit,
        call,
        instance: on.instance[x]!,
        start: on.start[x]!,
        run: on.run[x]!,
        minute: on.start[x]! + table.departure[column + on.run[x]!]!,
        price: on.price[x]!,
        metres: on.metres[x]!,
        parent: on.parent[x]!,
        board: on.board[x]!,
        ticket: on.ticket[x]!,
        paid: on.paid[x]!,
      });
  }
}
