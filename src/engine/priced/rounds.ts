import { unitCall, unitHead } from '../fares/fareTable.ts';
import type { FareTable } from '../fares/fareTable.ts';
import { modeBit, modeCount } from '../timetable/modes.ts';
import { asLink } from '../routing/labels.ts';
import { NEVER } from '../routing/query.ts';
import { QuietHours } from '../routing/quietHours.ts';
import type { Bounds } from './bounds.ts';
import type { PricedLabels } from './labels.ts';
import type { Layer, Seed, Through } from './layer.ts';
import type { OnBoard } from './onBoard.ts';
import type { PricedQuery } from './query.ts';
import { UnitScan } from './scan.ts';
import type { Fresh, Ride, Visitor } from './scan.ts';
import { StopSet } from './stopSet.ts';
import type { Tickets } from './tickets.ts';
import { UnitBounds } from './unitBounds.ts';
import { UnitQueue } from './unitQueue.ts';

/** How many units are scanned between two looks at the clock. */
const UNITS_BETWEEN_LOOKS = 64;

/**
 * One layer, round by round: round k rides from the labels of round k - 1 (McRAPTOR; Delling, Pajor, Werneck 2012).
 * A stop keeps the labels that are not later, dearer and of no fewer rides than another. What has been found and the
 * bounds of the rest of the way drop the others.
 */
export class Rounds implements Visitor {
  private readonly table: FareTable;
  private readonly labels: PricedLabels;
  private readonly unitScan: UnitScan;
  private readonly quiet: QuietHours;
  private readonly fresh: Fresh;
  /** First label of each stop from which one can board; and of those from which a link may be taken. */
  private readonly boardHead: Int32Array;
  private readonly rideHead: Int32Array;
  private readonly touched: StopSet;
  /** Stops with a new label of the round, by whatever way, and by ride; and those to board from. */
  private marked: StopSet;
  private readonly reached: StopSet;
  private sources: StopSet;
  /** Of the labels to board from, by stop: the least minute and the least price, side by side. */
  private readonly best: Float64Array;
  /** Per call of the table: 1 where a unit in the queue may be boarded. */
  private readonly boardable: Uint8Array;
  private readonly unitBounds: UnitBounds;
  private readonly queue: UnitQueue;
  private readonly boardWait = new Int32Array(modeCount);
  private readonly alightWait = new Int32Array(modeCount);
  private layer!: Layer;
  private rides = 0;
  private roundStart = 0;
  /** Who rode into this layer, and who rides through its goal. */
  private boarded = new Map<number, Through[]>();
  private passing: Through[] = [];

  constructor(table: FareTable, labels: PricedLabels, tickets: Tickets, bounds: Bounds) {
    this.table = table;
    this.labels = labels;
    const { stopCount } = table.image;
    const perStop = (): Int32Array => new Int32Array(stopCount);
    this.fresh = { list: new Int32Array(1024), from: perStop(), to: perStop() };
    this.best = new Float64Array(2 * stopCount);
    this.boardable = new Uint8Array(table.calls.length / unitCall.size);
    this.unitScan = new UnitScan(table, labels, tickets, this.fresh, this.boardable, this);
    this.unitBounds = new UnitBounds(table, bounds, this.boardable, this.best);
    this.quiet = new QuietHours(table.image);
    this.boardHead = perStop().fill(-1);
    this.rideHead = perStop().fill(-1);
    this.touched = new StopSet(stopCount);
    this.marked = new StopSet(stopCount);
    this.reached = new StopSet(stopCount);
    this.sources = new StopSet(stopCount);
    this.queue = new UnitQueue(table.unitCount);
  }

  /** Nobody is on board yet. */
  begin(): void {
    this.passing = [];
  }

  /** The first minute at which anyone on board leaves the end of the layer before. */
  boardedFrom(): number {
    let first: number = NEVER;
    for (const { minute } of this.passing) first = Math.min(first, minute);
    return first;
  }

  /** All rounds of a layer; true when the time has run out. */
  run(layer: Layer, seeds: readonly Seed[]): boolean {
    this.layer = layer;
    const { query } = layer;
    this.rides = this.roundStart = 0;
    this.boarded = Map.groupBy(this.passing, ({ unit }) => unit);
    this.passing = [];
    const expired = this.rounds(query, seeds);
    this.clear();
    return expired;
  }

  private rounds(query: PricedQuery, seeds: readonly Seed[]): boolean {
    for (let round = 0; ; round++) {
      this.rides = round;
      this.labels.ridesLeft = query.maxRides - round;
      for (const seed of seeds) if (seed.rides === round) this.plant(seed);
      if (round >= this.layer.maxRides) return false;
      this.rides = round + 1;
      this.setWaits(round + 1);
      if (this.ride()) return true;
      if (query.links) this.takeLinks();
    }
  }

  private plant({ stop, ready, setOut, price, parent, how, origin, ticket, until }: Seed): void {
    const { labels } = this;
    const label = labels.add(stop, ready, price, parent, how, origin);
    labels.ticket[label] = ticket;
    labels.until[label] = until;
    if (!labels.covers(this.boardHead, labels.next, stop, ready, price, ticket, until)) this.insert(label);
    if (this.layer.query.links) this.link(label, setOut);
  }

  private clear(): void {
    const { touched, fresh } = this;
    for (let t = 0; t < touched.count; t++) {
      const stop = touched.list[t]!;
      this.boardHead[stop] = this.rideHead[stop] = -1;
      fresh.from[stop] = fresh.to[stop] = 0;
    }
    for (const set of [touched, this.marked, this.reached, this.sources]) set.clear();
  }

  private setWaits(round: number): void {
    const { query } = this.layer;
    const change = round > 1 ? query.changeMinutes : 0;
    for (let mode = 0; mode < modeCount; mode++) {
      this.boardWait[mode] = Math.max(change, query.boardMinutes?.[mode] ?? 0);
      this.alightWait[mode] = query.alightMinutes?.[mode] ?? 0;
    }
  }

  /** One round of rides; true when the time has run out. */
  private ride(): boolean {
    const { layer } = this;
    const { query, bounds } = layer;
    this.collect();
    this.roundStart = this.labels.count;
    const left = layer.maxRides - this.rides;
    // A ticket may still serve in later layers.
    const ridesLeft = query.maxRides - this.rides;
    this.labels.ridesLeft = ridesLeft;
    this.unitScan.begin({
      scale: layer.prices.scale,
      ridesLeft,
      onward: left > bounds.rides ? bounds.beyond : bounds.minutes[left]!,
      last: layer.last,
      quiet: query.quietHours && this.quiet.set(query.quietHours) ? this.quiet : null,
      late: layer.late,
    });
    this.unitBounds.begin({ goal: layer.goal, ridden: this.rides, left, last: layer.last });
    // First the units that lead to the goal without another ride: what they find spares the others much.
    this.enqueue(true);
    let expired = this.scan(left);
    if (!expired) {
      this.enqueue(false);
      expired = this.scan(left);
    }
    if (expired) this.boardable.fill(0);
    return expired;
  }

  /** Scans the units in the queue; true when the time has run out. */
  private scan(left: number): boolean {
    const { table, queue, unitBounds } = this;
    const { query, bounds } = this.layer;
    let expired = false;
    for (let q = 0; q < queue.count; q++) {
      const unit = queue.units[q]!;
      const from = queue.take(unit);
      if (q % UNITS_BETWEEN_LOOKS === 0 && query.expired?.()) expired = true;
      if (expired) continue;
      const mode = table.head[unit * unitHead.size + unitHead.mode]!;
      const through = this.boarded.size === 0 ? undefined : this.boardedOn(unit);
      const boardWait = this.boardWait[mode]!;
      if (!unitBounds.mayBoard(unit, from, boardWait) && through === undefined) {
        this.forget(unit, from);
        continue;
      }
      const until = left < bounds.rides ? bounds.lastCall[left]![unit]! : 0xffff;
      this.unitScan.scan(unit, from, until, boardWait, this.alightWait[mode]!, through);
    }
    queue.empty();
    return expired;
  }

  /** Nobody boards the unit. */
  private forget(unit: number, from: number): void {
    const { head } = this.table;
    const first = head[unit * unitHead.size + unitHead.calls]!;
    this.boardable.fill(0, first + from, first + head[unit * unitHead.size + unitHead.length]!);
  }

  /**
   * The units that call where someone may board, or in which someone sits already: those that lead to the goal without
   * another ride, or the others.
   */
  private enqueue(direct: boolean): void {
    const { table, queue, fresh, sources, boardable } = this;
    const { query, bounds, maxRides } = this.layer;
    const { boardings, boardingUnit, boardingPosition, head } = table;
    const { ridesFrom, lastCall } = bounds;
    const left = maxRides - this.rides;
    const until = left < bounds.rides ? lastCall[left]! : undefined;
    for (let s = 0; s < sources.count; s++) {
      const stop = sources.list[s]!;
      if (fresh.from[stop] === fresh.to[stop]) continue;
      for (let b = boardings[stop]!; b < boardings[stop + 1]!; b++) {
        const unit = boardingUnit[b]!;
        if ((ridesFrom[unit] === 1) !== direct) continue;
        const call = boardingPosition[b]!;
        if (until !== undefined && call >= until[unit]!) continue;
        const at = unit * unitHead.size;
        const known = queue.entryOf(unit);
        if (known < 0 && !(query.modes & modeBit(head[at + unitHead.mode]!))) continue;
        boardable[head[at + unitHead.calls]! + call] = 1;
        if (known < 0 || known > call) queue.enter(unit, call);
      }
    }
    for (const [unit, through] of this.boarded) {
      if ((ridesFrom[unit] === 1) !== direct) continue;
      for (const { call, rides } of through) {
        const known = queue.entryOf(unit);
        if (rides === this.rides && (known < 0 || known > call)) queue.enter(unit, call);
      }
    }
    queue.order();
  }

  /** Lists the labels that the round before has left at each stop; nothing else is boarded from. */
  private collect(): void {
    const { fresh, labels } = this;
    [this.sources, this.marked] = [this.marked, this.sources];
    this.marked.clear();
    const { sources } = this;
    for (let t = 0; t < this.touched.count; t++)
      fresh.from[this.touched.list[t]!] = fresh.to[this.touched.list[t]!] = 0;
    let count = 0;
    for (let s = 0; s < sources.count; s++) {
      const stop = sources.list[s]!;
      fresh.from[stop] = count;
      let [ready, price] = [Infinity, Infinity];
      for (let label = this.boardHead[stop]!; label >= 0; label = labels.next[label]!) {
        if (label < this.roundStart) continue;
        // The front has grown since the label was made.
        if (!this.mayHope(this.rides - 1, stop, labels.ready[label]!, labels.price[label]!)) continue;
        if (count === fresh.list.length) {
          const longer = new Int32Array(2 * count);
          longer.set(fresh.list);
          fresh.list = longer;
        }
        fresh.list[count++] = label;
        ready = Math.min(ready, labels.ready[label]!);
        price = Math.min(price, labels.price[label]!);
      }
      fresh.to[stop] = count;
      this.best[2 * stop] = ready;
      this.best[2 * stop + 1] = price;
    }
  }

  hopeful(stop: number, ready: number, price: number): boolean {
    return this.mayHope(this.rides, stop, ready, price);
  }

  /** After so many rides. */
  private mayHope(rides: number, stop: number, ready: number, price: number): boolean {
    if (rides === 0) return true;
    const { bounds, goal, last, maxRides } = this.layer;
    const left = maxRides - rides;
    const known = left < bounds.rides ? left : bounds.rides;
    for (let more = known; more >= 0; more--) {
      const arrival = ready + bounds.minutes[more]![stop]!;
      if (arrival > last) continue;
      if (!goal.covers(rides + more, arrival, price + bounds.price[more]![stop]!)) return true;
    }
    // What more rides than that cost is unknown: at best no more money.
    const arrival = ready + bounds.beyond[stop]!;
    return left > known && arrival <= last && !goal.covers(rides + known + 1, arrival, price);
  }

  boards(call: number, minute: number, price: number): boolean {
    return this.unitBounds.hopeful(call, minute, price);
  }

  private boardedOn(unit: number): Through[] | undefined {
    return this.boarded.get(unit)?.filter(({ rides }) => rides === this.rides);
  }

  calls(stop: number): boolean {
    return this.layer.goal.callsAt(stop);
  }

  pass(ride: OnBoard): void {
    this.passing.push({ ...ride, rides: this.rides });
  }

  alight(stop: number, ready: number, price: number, ride: Ride): void {
    const { labels } = this;
    const { query, goal, slack } = this.layer;
    const { links } = this.table.image.views;
    const { ticket } = ride;
    const linked = query.links && links[stop + 1]! > links[stop]!;
    const ends = goal.stops.has(stop);
    const walks = linked && !labels.covers(this.rideHead, labels.nextRide, stop, ready, price, ticket, NEVER);
    const boards = !labels.covers(this.boardHead, labels.next, stop, ready, price + slack, ticket, NEVER);
    if (!walks && !boards && !ends) return;
    const label = labels.add(stop, ready, price, ride.parent, ride.unit, ride.instance);
    labels.board[label] = ride.board;
    labels.alight[label] = ride.alight;
    labels.ticket[label] = ticket;
    if (ends) goal.arrive(label, this.rides);
    if (walks) {
      this.touched.add(stop);
      labels.insert(this.rideHead, labels.nextRide, label);
      this.reached.add(stop);
    }
    if (boards) this.insert(label);
  }

  private takeLinks(): void {
    const { labels } = this;
    for (let r = 0; r < this.reached.count; r++) {
      const stop = this.reached.list[r]!;
      for (let label = this.rideHead[stop]!; label >= 0; label = labels.nextRide[label]!)
        if (label >= this.roundStart) this.link(label, labels.ready[label]!);
    }
    this.reached.clear();
  }

  private link(from: number, setOut: number): void {
    const { labels } = this;
    const { goal, prices, last, slack } = this.layer;
    const { links, linkTo, linkMinutes } = this.table.image.views;
    const stop = labels.stop[from]!;
    const ticket = labels.ticket[from]!;
    for (let link = links[stop]!; link < links[stop + 1]!; link++) {
      const target = linkTo[link]!;
      const ready = setOut + linkMinutes[link]!;
      const price = labels.price[from]! + prices.ofLink(link);
      if (ready > last || (this.rides > 0 && !this.hopeful(target, ready, price))) continue;
      const ends = goal.stops.has(target);
      const boards = !labels.covers(this.boardHead, labels.next, target, ready, price + slack, ticket, NEVER);
      if (!ends && !boards) continue;
      const label = labels.add(target, ready, price, from, asLink(link), 0);
      labels.ticket[label] = ticket;
      if (ends) goal.arrive(label, this.rides);
      if (boards) this.insert(label);
    }
  }

  private insert(label: number): void {
    const stop = this.labels.stop[label]!;
    this.touched.add(stop);
    this.labels.insert(this.boardHead, this.labels.next, label);
    this.marked.add(stop);
  }
}
