import { unitHead } from '../fares/fareTable.ts';
import type { FareTable } from '../fares/fareTable.ts';
import { modeBit, modeCount } from '../timetable/modes.ts';
import { asLink, FIRST, STAY } from '../routing/labels.ts';
import { LowerMinutes } from '../routing/lowerMinutes.ts';
import type { Endpoint } from '../routing/query.ts';
import { Bounds } from './bounds.ts';
import { Front } from './front.ts';
import type { Member } from './front.ts';
import { PricedLabels } from './labels.ts';
import { Prices } from './prices.ts';
import { HORIZON } from './query.ts';
import type { PricedQuery, Via } from './query.ts';
import { UnitScan } from './scan.ts';
import { StopSet } from './stopSet.ts';
import type { Fresh, OnBoard, Ride, Visitor } from './scan.ts';

/** How many units are scanned between two looks at the clock. */
const UNITS_BETWEEN_LOOKS = 64;

/** With more rides left than this, only minutes are bounded: each further bound costs a round over the network. */
const MOST_BOUND_RIDES = 4;

const NOBODY: readonly OnBoard[] = [];

/** A label that a layer begins with, once so many rides have been ridden. */
interface Seed {
  readonly rides: number;
  readonly stop: number;
  readonly ready: number;
  readonly price: number;
  readonly parent: number;
  readonly how: number;
  /** Number of the endpoint in `query.access`. */
  readonly access: number;
}

/** Someone on board who rides through a via, on the ride of this number. */
interface Through extends OnBoard {
  readonly rides: number;
}

/**
 * The front by arrival, rides and price, round by round: round k rides from the labels of round k - 1 (McRAPTOR;
 * Delling, Pajor, Werneck 2012). A stop keeps the labels that are not later, dearer and of no fewer rides than
 * another. What has been found and the bounds of the rest of the way drop the others.
 */
export class PricedSearch implements Visitor {
  readonly labels = new PricedLabels();
  private readonly table: FareTable;
  private readonly bounds: Bounds;
  /** For the rides before those that `bounds` knows of: minutes with any number of rides. */
  private readonly lower: LowerMinutes;
  /** One for the destination; in a layer that ends at a via one for each of its stops. */
  private fronts: readonly Front[] = [];
  private targets: readonly Endpoint[] = [];
  private readonly unitScan: UnitScan;
  private readonly fresh: Fresh;
  /** First label of each stop from which one can board; and of those from which a link may be taken. */
  private readonly boardHead: Int32Array;
  private readonly rideHead: Int32Array;
  private readonly touched: StopSet;
  /** Stops with a new label of the round, by whatever way, and by ride. */
  private readonly marked: StopSet;
  private readonly reached: StopSet;
  private readonly ends: StopSet;
  private readonly fromCall: Int32Array;
  private readonly queue: Int32Array;
  private readonly boardWait = new Int32Array(modeCount);
  private readonly alightWait = new Int32Array(modeCount);
  private query!: PricedQuery;
  private prices!: Prices;
  private rides = 0;
  private roundStart = 0;
  private last = 0;
  private onwardAnyhow: Int32Array;
  /** This layer ends at a via at which one need not alight; who rides through, and who rode into this layer. */
  private ridesThrough = false;
  private passing: Through[] = [];
  private boarded: Through[] = [];
  private slack = 0;

  constructor(table: FareTable) {
    this.table = table;
    this.bounds = new Bounds(table);
    this.lower = new LowerMinutes(table.image);
    const { stopCount } = table.image;
    const perStop = (): Int32Array => new Int32Array(stopCount);
    this.fresh = { list: new Int32Array(1024), from: perStop(), to: perStop() };
    this.unitScan = new UnitScan(table, this.labels, this.fresh, this);
    this.onwardAnyhow = this.fresh.from;
    this.boardHead = perStop().fill(-1);
    this.rideHead = perStop().fill(-1);
    this.touched = new StopSet(stopCount);
    this.marked = new StopSet(stopCount);
    this.reached = new StopSet(stopCount);
    this.ends = new StopSet(stopCount);
    this.fromCall = new Int32Array(table.unitCount).fill(-1);
    this.queue = new Int32Array(table.unitCount);
  }

  /**
   * The front, and whether the time ran out before it was complete. `labels` holds the chains. Each via ends a
   * layer: every member of its front, not only the first to arrive, begins the next one.
   */
  run(query: PricedQuery): { members: Member[]; prices: Prices; partial: boolean } {
    this.query = query;
    this.prices = new Prices(this.table, query.passengers);
    this.labels.clear();
    const horizon = query.horizon ?? HORIZON;
    this.last = query.time + horizon;
    this.slack = Math.floor((query.relax ?? 0) / Math.max(1, query.maxRides - 1));
    const vias = query.vias ?? [];
    let seeds: Seed[] = query.access.map(({ stop, minutes, price = 0 }, access) => ({
      rides: 0,
      stop,
      ready: query.time + minutes,
      price,
      parent: -1,
      how: FIRST,
      access,
    }));
    let partial = false;
    for (let layer = 0; layer <= vias.length && !partial; layer++) {
      const via = vias[layer];
      this.ridesThrough = via?.dwell === 0;
      this.openLayer(via ? via.stops.map((stop) => ({ stop, minutes: 0 })) : query.egress, horizon);
      partial = this.rounds(seeds, layer === 0);
      if (via) seeds = this.seedsAfter(via);
      this.clear();
    }
    return { members: partial ? this.found() : this.fronts[0]!.all(), prices: this.prices, partial };
  }

  /** What a search that was cut off has found: nothing before its last layer. */
  private found(): Member[] {
    return this.targets === this.query.egress ? this.fronts[0]!.all() : [];
  }

  private openLayer(targets: readonly Endpoint[], horizon: number): void {
    const { query } = this;
    this.targets = targets;
    this.fronts = (targets === query.egress ? [0] : targets).map(() => new Front(query.maxRides));
    const toTarget = { ...query, egress: targets };
    this.bounds.compute(
      toTarget,
      this.prices,
      Math.min(MOST_BOUND_RIDES, Math.max(0, query.maxRides - 2)),
      horizon,
    );
    this.onwardAnyhow = this.lower.compute(toTarget);
    for (const { stop } of targets) this.ends.add(stop);
  }

  /** All rounds of a layer; true when the time has run out. */
  private rounds(seeds: readonly Seed[], fromOrigin: boolean): boolean {
    const { query } = this;
    this.rides = this.roundStart = 0;
    this.boarded = this.passing;
    this.passing = [];
    const mayArrive = !fromOrigin || (query.minRides ?? 0) === 0;
    for (let round = 0; ; round++) {
      this.rides = round;
      for (const { rides, stop, ready, price, parent, how, access } of seeds)
        if (rides === round) {
          const label = this.labels.add(stop, ready, price, parent, how, access);
          this.keep(label);
          if (query.links) this.link(label, mayArrive);
        }
      if (round === query.maxRides) return false;
      this.rides = round + 1;
      this.setWaits(round + 1);
      if (this.ride()) return true;
      if (query.links) this.takeLinks();
    }
  }

  /** The labels with which the next layer begins: everyone who has stayed at the via. */
  private seedsAfter({ dwell }: Via): Seed[] {
    const { labels, query } = this;
    const seeds: Seed[] = [];
    for (const front of this.fronts)
      for (const { rides, label, price } of front.all()) {
        const stay = Math.max(0, dwell - (rides > 0 ? query.changeMinutes : 0));
        const ready = labels.ready[label]! + stay;
        seeds.push({ rides, stop: labels.stop[label]!, ready, price, parent: label, how: STAY, access: 0 });
      }
    return seeds;
  }

  private clear(): void {
    const { touched, fresh } = this;
    for (let t = 0; t < touched.count; t++) {
      const stop = touched.list[t]!;
      this.boardHead[stop] = this.rideHead[stop] = -1;
      fresh.from[stop] = fresh.to[stop] = 0;
    }
    for (const set of [touched, this.marked, this.reached, this.ends]) set.clear();
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
    const onward = left > this.bounds.rides ? this.onwardAnyhow : this.bounds.minutes[left]!;
    let expired = false;
    for (let q = 0; q < queued; q++) {
      const unit = queue[q]!;
      if (q % UNITS_BETWEEN_LOOKS === 0 && query.expired?.()) expired = true;
      if (!expired) {
        const mode = table.head[unit * unitHead.size + unitHead.mode]!;
        this.unitScan.scan(
          unit,
          fromCall[unit]!,
          left === 0 && this.bounds.rides > 0 ? this.bounds.lastCall[unit]! : 0xffff,
          this.prices.scale,
          this.boardWait[mode]!,
          this.alightWait[mode]!,
          onward,
          this.last,
          this.boarded.length === 0 ? NOBODY : this.boardedOn(unit),
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
    this.rides--;
    this.collect();
    this.rides++;
    let queued = 0;
    for (let m = 0; m < this.marked.count; m++) {
      const stop = this.marked.list[m]!;
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
    this.marked.clear();
    for (const { unit, call, rides } of this.boarded) {
      if (rides !== this.rides) continue;
      if (fromCall[unit]! < 0) queue[queued++] = unit;
      if (fromCall[unit]! < 0 || fromCall[unit]! > call) fromCall[unit] = call;
    }
    return queued;
  }

  /** Lists the labels that the round before has left at each stop; nothing else is boarded from. */
  private collect(): void {
    const { fresh, labels } = this;
    for (let t = 0; t < this.touched.count; t++)
      fresh.from[this.touched.list[t]!] = fresh.to[this.touched.list[t]!] = 0;
    let count = 0;
    for (let m = 0; m < this.marked.count; m++) {
      const stop = this.marked.list[m]!;
      fresh.from[stop] = count;
      for (let label = this.boardHead[stop]!; label >= 0; label = labels.next[label]!) {
        if (label < this.roundStart) continue;
        // The front has grown since the label was made.
        if (this.rides > 0 && !this.hopeful(stop, labels.ready[label]!, labels.price[label]!)) continue;
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
    const { bounds, rides, last } = this;
    const left = this.query.maxRides - rides;
    const known = left < bounds.rides ? left : bounds.rides;
    for (let more = known; more >= 0; more--) {
      const arrival = ready + bounds.minutes[more]![stop]!;
      if (arrival > last) continue;
      if (!this.covered(rides + more, arrival, price + bounds.price[more]![stop]!)) return true;
    }
    if (left === known) return false;
    const arrival = ready + this.onwardAnyhow[stop]!;
    return arrival <= last && !this.covered(rides + known + 1, arrival, price);
  }

  /**
   * Whether every front has a member that is neither later nor dearer, nor has more rides. Where one may also ride
   * through the via, arriving there is not the only thing to hope for: nothing is covered then.
   */
  private covered(rides: number, arrival: number, price: number): boolean {
    if (this.ridesThrough) return false;
    const { fronts } = this;
    for (let f = 0; f < fronts.length; f++) if (!fronts[f]!.covers(rides, arrival, price)) return false;
    return true;
  }

  private boardedOn(unit: number): Through[] {
    return this.boarded.filter((one) => one.unit === unit && one.rides === this.rides);
  }

  calls(stop: number): boolean {
    return this.ridesThrough && this.ends.has(stop);
  }

  pass(ride: OnBoard): void {
    this.passing.push({ ...ride, rides: this.rides });
  }

  alight(stop: number, ready: number, price: number, ride: Ride): void {
    const { labels } = this;
    const { links } = this.table.image.views;
    const linked = this.query.links && links[stop + 1]! > links[stop]!;
    const ends = this.ends.has(stop);
    const walks = linked && !labels.covers(this.rideHead, labels.nextRide, stop, ready, price);
    const boards = !labels.covers(this.boardHead, labels.next, stop, ready, price + this.slack);
    if (!walks && !boards && !ends) return;
    const label = labels.add(stop, ready, price, ride.parent, ride.unit, ride.instance);
    labels.board[label] = ride.board;
    labels.alight[label] = ride.alight;
    if (ends) this.arrive(label);
    if (walks) {
      this.touched.add(stop);
      labels.insert(this.rideHead, labels.nextRide, label);
      this.reached.add(stop);
    }
    if (boards) this.insert(label);
  }

  private arrive(label: number): void {
    const { labels, query } = this;
    const stop = labels.stop[label]!;
    this.targets.forEach((endpoint, egress) => {
      if (endpoint.stop !== stop) return;
      const arrival = labels.ready[label]! + endpoint.minutes;
      const price = labels.price[label]! + (endpoint.price ?? 0);
      const front = this.targets === query.egress ? this.fronts[0]! : this.fronts[egress]!;
      if (arrival <= this.last) front.add({ arrival, price, rides: this.rides, label, egress });
    });
  }

  private takeLinks(): void {
    const { labels } = this;
    for (let r = 0; r < this.reached.count; r++) {
      const stop = this.reached.list[r]!;
      for (let label = this.rideHead[stop]!; label >= 0; label = labels.nextRide[label]!)
        if (label >= this.roundStart) this.link(label, true);
    }
    this.reached.clear();
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
      const ends = mayArrive && this.ends.has(target);
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
    this.touched.add(stop);
    this.labels.insert(this.boardHead, this.labels.next, label);
    this.marked.add(stop);
  }
}
