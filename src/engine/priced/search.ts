import { unitHead } from '../fares/fareTable.ts';
import type { FareTable } from '../fares/fareTable.ts';
import { modeBit, modeCount } from '../timetable/modes.ts';
import { asLink, FIRST } from '../routing/labels.ts';
import { Bounds } from './bounds.ts';
import { Front } from './front.ts';
import type { Member } from './front.ts';
import { PricedLabels } from './labels.ts';
import { Prices } from './prices.ts';
import { HORIZON } from './query.ts';
import type { PricedQuery } from './query.ts';
import { UnitScan } from './scan.ts';
import type { Fresh, Ride, Visitor } from './scan.ts';

/** How many units are scanned between two looks at the clock. */
const UNITS_BETWEEN_LOOKS = 64;

/**
 * The front by arrival, rides and price, round by round: round k rides from the labels of round k - 1 (McRAPTOR;
 * Delling, Pajor, Werneck 2012). A stop keeps the labels that are not later, dearer and of no fewer rides than
 * another. What has been found and the bounds of the rest of the way drop the others.
 */
export class PricedSearch implements Visitor {
  readonly labels = new PricedLabels();
  private readonly table: FareTable;
  private readonly bounds: Bounds;
  private readonly everywhere: Int32Array;
  private readonly front = new Front();
  private readonly unitScan: UnitScan;
  private readonly fresh: Fresh;
  /** First label of each stop from which one can board; and of those from which a link may be taken. */
  private readonly boardHead: Int32Array;
  private readonly rideHead: Int32Array;
  private readonly touched: Int32Array;
  private readonly isTouched: Uint8Array;
  private touchedCount = 0;
  /** Stops with a new label of the round, by whatever way, and by ride. */
  private readonly marked: Int32Array;
  private readonly isMarked: Uint8Array;
  private markedCount = 0;
  private readonly reached: Int32Array;
  private readonly isReached: Uint8Array;
  private reachedCount = 0;
  private readonly isEgress: Uint8Array;
  private readonly fromCall: Int32Array;
  private readonly queue: Int32Array;
  private readonly boardWait = new Int32Array(modeCount);
  private readonly alightWait = new Int32Array(modeCount);
  private query!: PricedQuery;
  private prices!: Prices;
  private rides = 0;
  private roundStart = 0;
  private last = 0;
  private slack = 0;

  constructor(table: FareTable) {
    this.table = table;
    this.bounds = new Bounds(table);
    this.everywhere = new Int32Array(table.image.stopCount);
    const { stopCount } = table.image;
    const perStop = (): Int32Array => new Int32Array(stopCount);
    this.fresh = { list: new Int32Array(1024), from: perStop(), to: perStop() };
    this.unitScan = new UnitScan(table, this.labels, this.fresh, this);
    this.boardHead = perStop().fill(-1);
    this.rideHead = perStop().fill(-1);
    this.touched = perStop();
    this.isTouched = new Uint8Array(stopCount);
    this.marked = perStop();
    this.isMarked = new Uint8Array(stopCount);
    this.reached = perStop();
    this.isReached = new Uint8Array(stopCount);
    this.isEgress = new Uint8Array(stopCount);
    this.fromCall = new Int32Array(table.unitCount).fill(-1);
    this.queue = new Int32Array(table.unitCount);
  }

  /** The front, and whether the time ran out before it was complete. `labels` holds the chains. */
  run(query: PricedQuery): { members: Member[]; prices: Prices; partial: boolean } {
    this.start(query);
    let partial = false;
    for (let round = 1; round <= query.maxRides && this.markedCount > 0 && !partial; round++) {
      this.rides = round;
      this.setWaits(round);
      partial = this.ride();
      if (query.links && !partial) this.takeLinks();
    }
    this.clear();
    return { members: this.front.all(), prices: this.prices, partial };
  }

  private start(query: PricedQuery): void {
    this.query = query;
    this.prices = new Prices(this.table, query.passengers);
    this.labels.clear();
    this.front.clear(query.maxRides);
    const horizon = query.horizon ?? HORIZON;
    this.last = query.time + horizon;
    this.slack = Math.floor((query.relax ?? 0) / Math.max(1, query.maxRides - 1));
    this.rides = this.roundStart = 0;
    this.bounds.compute(query, this.prices, Math.max(0, query.maxRides - 2), horizon);
    for (const { stop } of query.egress) this.isEgress[stop] = 1;
    query.access.forEach(({ stop, minutes, price = 0 }, number) => {
      const label = this.labels.add(stop, query.time + minutes, price, -1, FIRST, number);
      this.keep(label);
      if (query.links) this.link(label, (query.minRides ?? 0) === 0);
    });
  }

  private clear(): void {
    for (let t = 0; t < this.touchedCount; t++) {
      const stop = this.touched[t]!;
      this.boardHead[stop] = this.rideHead[stop] = -1;
      this.fresh.from[stop] = this.fresh.to[stop] = 0;
      this.isTouched[stop] = this.isMarked[stop] = 0;
    }
    this.touchedCount = this.markedCount = 0;
    for (const { stop } of this.query.egress) this.isEgress[stop] = 0;
  }

  private setWaits(round: number): void {
    const { query } = this;
    const change = round > 1 ? query.changeMinutes : 0;
    for (let mode = 0; mode < modeCount; mode++) {
      this.boardWait[mode] = Math.max(change, query.boardMinutes?.[mode] ?? 0);
      this.alightWait[mode] = query.alightMinutes?.[mode] ?? 0;
    }
  }

  /** One round of rides; true when the time has run out. */
  private ride(): boolean {
    const { table, fromCall, queue, query } = this;
    const queued = this.enqueue();
    this.roundStart = this.labels.count;
    const left = query.maxRides - this.rides;
    const onward = left > this.bounds.rides ? this.everywhere : this.bounds.minutes[left]!;
    let expired = false;
    for (let q = 0; q < queued; q++) {
      const unit = queue[q]!;
      if (q % UNITS_BETWEEN_LOOKS === 0 && query.expired?.()) expired = true;
      if (!expired) {
        const mode = table.head[unit * unitHead.size + unitHead.mode]!;
        this.unitScan.scan(
          unit,
          fromCall[unit]!,
          this.prices.scale,
          this.boardWait[mode]!,
          this.alightWait[mode]!,
          onward,
          this.last,
        );
      }
      fromCall[unit] = -1;
    }
    return expired;
  }

  /** The units that the labels of the round before can board and that can still lead to the destination. */
  private enqueue(): number {
    const { table, fromCall, queue, query } = this;
    const { boardings, boardingUnit, boardingPosition, head } = table;
    const { ridesFrom } = this.bounds;
    const left = query.maxRides - this.rides + 1;
    this.collect();
    let queued = 0;
    for (let m = 0; m < this.markedCount; m++) {
      const stop = this.marked[m]!;
      this.isMarked[stop] = 0;
      for (let b = boardings[stop]!; b < boardings[stop + 1]!; b++) {
        const unit = boardingUnit[b]!;
        const known = fromCall[unit]!;
        if (known < 0) {
          if (ridesFrom[unit]! > left && left <= this.bounds.rides) continue;
          if (!(query.modes & modeBit(head[unit * unitHead.size + unitHead.mode]!))) continue;
          fromCall[unit] = boardingPosition[b]!;
          queue[queued++] = unit;
        } else if (boardingPosition[b]! < known) fromCall[unit] = boardingPosition[b]!;
      }
    }
    this.markedCount = 0;
    return queued;
  }

  /** Lists the labels that the round before has left at each stop; nothing else is boarded from. */
  private collect(): void {
    const { fresh, labels } = this;
    for (let t = 0; t < this.touchedCount; t++) fresh.from[this.touched[t]!] = fresh.to[this.touched[t]!] = 0;
    let count = 0;
    for (let m = 0; m < this.markedCount; m++) {
      const stop = this.marked[m]!;
      fresh.from[stop] = count;
      for (let label = this.boardHead[stop]!; label >= 0; label = labels.next[label]!) {
        if (label < this.roundStart) continue;
        if (count === fresh.list.length) {
          const longer = new Int32Array(2 * count);
          longer.set(fresh.list);
          fresh.list = longer;
        }
        fresh.list[count++] = label;
      }
      fresh.to[stop] = count;
    }
  }

  hopeful(stop: number, ready: number, price: number): boolean {
    const { bounds, front, rides, last } = this;
    const left = Math.min(this.query.maxRides - rides, this.bounds.rides);
    // After the first ride the bound for all the others would cost as much as riding them.
    if (left < this.query.maxRides - rides) return ready <= last;
    for (let more = left; more >= 0; more--) {
      const arrival = ready + bounds.minutes[more]![stop]!;
      if (arrival <= last && !front.covers(rides + more, arrival, price + bounds.price[more]![stop]!))
        return true;
    }
    return false;
  }

  alight(stop: number, ready: number, price: number, ride: Ride): void {
    const { labels } = this;
    const { links } = this.table.image.views;
    const linked = this.query.links && links[stop + 1]! > links[stop]!;
    const ends = this.isEgress[stop] === 1;
    const walks = linked && !labels.covers(this.rideHead, labels.nextRide, stop, ready, price);
    const boards = !labels.covers(this.boardHead, labels.next, stop, ready, price + this.slack);
    if (!walks && !boards && !ends) return;
    const label = labels.add(stop, ready, price, ride.parent, ride.unit, ride.instance);
    labels.board[label] = ride.board;
    labels.alight[label] = ride.alight;
    if (ends) this.arrive(label);
    if (walks) {
      this.touch(stop);
      labels.insert(this.rideHead, labels.nextRide, label);
      if (!this.isReached[stop]) {
        this.isReached[stop] = 1;
        this.reached[this.reachedCount++] = stop;
      }
    }
    if (boards) this.insert(label);
  }

  private arrive(label: number): void {
    const { labels, query } = this;
    const stop = labels.stop[label]!;
    query.egress.forEach((endpoint, egress) => {
      if (endpoint.stop !== stop) return;
      const arrival = labels.ready[label]! + endpoint.minutes;
      const price = labels.price[label]! + (endpoint.price ?? 0);
      if (arrival <= this.last) this.front.add({ arrival, price, rides: this.rides, label, egress });
    });
  }

  private takeLinks(): void {
    const { labels } = this;
    for (let r = 0; r < this.reachedCount; r++) {
      const stop = this.reached[r]!;
      this.isReached[stop] = 0;
      for (let label = this.rideHead[stop]!; label >= 0; label = labels.nextRide[label]!)
        if (label >= this.roundStart) this.link(label, true);
    }
    this.reachedCount = 0;
  }

  private link(from: number, mayArrive: boolean): void {
    const { labels, prices } = this;
    const { links, linkTo, linkMinutes } = this.table.image.views;
    const stop = labels.stop[from]!;
    for (let link = links[stop]!; link < links[stop + 1]!; link++) {
      const target = linkTo[link]!;
      const ready = labels.ready[from]! + linkMinutes[link]!;
      const price = labels.price[from]! + prices.ofLink(link);
      if (ready > this.last || (this.rides > 0 && !this.hopeful(target, ready, price))) continue;
      const ends = mayArrive && this.isEgress[target] === 1;
      const boards = !labels.covers(this.boardHead, labels.next, target, ready, price + this.slack);
      if (!ends && !boards) continue;
      const label = labels.add(target, ready, price, from, asLink(link), 0);
      if (ends) this.arrive(label);
      if (boards) this.insert(label);
    }
  }

  private keep(label: number): void {
    const { labels } = this;
    const [stop, ready, price] = [labels.stop[label]!, labels.ready[label]!, labels.price[label]!];
    if (!labels.covers(this.boardHead, labels.next, stop, ready, price)) this.insert(label);
  }

  private insert(label: number): void {
    const stop = this.labels.stop[label]!;
    this.touch(stop);
    this.labels.insert(this.boardHead, this.labels.next, label);
    if (this.isMarked[stop]) return;
    this.isMarked[stop] = 1;
    this.marked[this.markedCount++] = stop;
  }

  private touch(stop: number): void {
    if (this.isTouched[stop]) return;
    this.isTouched[stop] = 1;
    this.touched[this.touchedCount++] = stop;
  }
}

