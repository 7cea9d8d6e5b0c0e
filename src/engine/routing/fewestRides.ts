import type { NetworkImage } from '../timetable/image.ts';
import { NO_ALIGHTING, NO_BOARDING } from '../timetable/input.ts';
import type { Views } from '../timetable/layout.ts';
import { Instances, NONE } from './instances.ts';
import { writeJourney } from './journey.ts';
import type { Journey } from './journey.ts';
import { asLink, FIRST, Labels } from './labels.ts';
import { head } from './patternColumns.ts';
import type { PatternColumns } from './patternColumns.ts';
import { NEVER } from './query.ts';
import type { Query } from './query.ts';
import type { Reach } from './reach.ts';

/** Per stop: the latest minute at which one who alights there with so many rides to go is in time, and its label. */
class Layer {
  readonly latest: Int32Array;
  readonly label: Int32Array;
  readonly stops: Int32Array;
  count = 0;

  constructor(stops: number) {
    this.latest = new Int32Array(stops).fill(-NEVER);
    this.label = new Int32Array(stops);
    this.stops = new Int32Array(stops);
  }

  clear(): void {
    for (let n = 0; n < this.count; n++) this.latest[this.stops[n]!] = -NEVER;
    this.count = 0;
  }

  set(stop: number, latest: number, label: number): void {
    if (this.latest[stop] === -NEVER) this.stops[this.count++] = stop;
    this.latest[stop] = latest;
    this.label[stop] = label;
  }
}

/**
 * Of the journeys that arrive by a minute those with the fewest rides, and of them the one that leaves last: rounds of
 * rides from the destination back. The reach says at every stop how early it can be had, and between that and the
 * latest minute in time there is little room, so few rides are left to look at.
 */
export class FewestRides {
  private readonly image: NetworkImage;
  private readonly columns: PatternColumns;
  private readonly instances: Instances;
  private readonly reach: Reach;
  private readonly views: Views;
  private readonly labels = new Labels();
  /** Over all layers: the latest minute. A layer with more rides to go must be later to be of use. */
  private readonly best: Int32Array;
  private layer: Layer;
  private next: Layer;
  private readonly queue: Int32Array;
  private readonly fromCall: Int32Array;
  /** Patterns that can be boarded where the traveller is ready without a ride: 1. */
  private readonly first: Uint8Array;
  private links = false;
  private time = 0;
  /** The best first ride of this layer: the minute of leaving the origin, and its label; -1 without one. */
  private leave = -NEVER;
  private found = -1;

  constructor(image: NetworkImage, columns: PatternColumns, reach: Reach) {
    this.image = image;
    this.columns = columns;
    this.instances = new Instances(image);
    this.reach = reach;
    this.views = image.views;
    this.best = new Int32Array(image.stopCount);
    this.layer = new Layer(image.stopCount);
    this.next = new Layer(image.stopCount);
    this.queue = new Int32Array(image.patternCount);
    this.fromCall = new Int32Array(image.patternCount).fill(-1);
    this.first = new Uint8Array(image.patternCount);
  }

  /** In a reach filled for the same query. Undefined when more than `query.maxRides` rides are needed. */
  run(query: Query, arrival: number): Journey | undefined {
    this.start(query, arrival);
    this.markFirst();
    for (let rides = 1; rides <= query.maxRides && this.layer.count > 0; rides++) {
      this.next.clear();
      this.ride();
      if (this.found >= 0) return this.write(query);
      [this.layer, this.next] = [this.next, this.layer];
    }
    return undefined;
  }

  private start(query: Query, arrival: number): void {
    this.links = query.links;
    this.time = query.time;
    this.labels.clear();
    this.layer.clear();
    this.best.fill(-NEVER);
    this.found = -1;
    this.leave = query.time - 1;
    query.egress.forEach(({ stop, minutes }, number) => {
      if (arrival - minutes <= this.layer.latest[stop]!) return;
      const label = this.labels.add(stop);
      this.labels.how[label] = FIRST;
      this.labels.board[label] = number;
      this.raise(this.layer, stop, arrival - minutes, label);
    });
  }

  private markFirst(): void {
    const { first, reach } = this;
    const { boardings, boardingPattern } = this.views;
    first.fill(0);
    for (const stop of reach.begun)
      for (let b = boardings[stop]!; b < boardings[stop + 1]!; b++) first[boardingPattern[b]!] = 1;
  }

  /**
   * One ride more. Those from the origin go first: when one of them ends the search, the others are of no use, and in
   * the last layer they are the most.
   */
  private ride(): void {
    for (const first of [1, 0]) {
      if (this.found >= 0) return;
      const queued = this.enqueue(first);
      for (let q = 0; q < queued; q++) {
        const pattern = this.queue[q]!;
        this.scan(pattern * head.size, this.fromCall[pattern]!);
        this.fromCall[pattern] = -1;
      }
    }
  }

  /** The patterns by which a stop of this layer can be reached in time, and the last such call of each. */
  private enqueue(first: number): number {
    const { fromCall, layer, queue, reach } = this;
    const { alightings, alightingPattern, alightingPosition } = this.views;
    let queued = 0;
    for (let n = 0; n < layer.count; n++) {
      const stop = layer.stops[n]!;
      const latest = layer.latest[stop]!;
      if (reach.byRide[stop]! > latest) continue;
      for (let a = alightings[stop]!; a < alightings[stop + 1]!; a++) {
        const pattern = alightingPattern[a]!;
        const call = alightingPosition[a]!;
        const known = fromCall[pattern]!;
        if (this.first[pattern] !== first || call <= known) continue;
        // Most cannot: to scan them would cost as much as all else of this search.
        if (this.caught(pattern * head.size, call, stop, latest) === NONE) continue;
        fromCall[pattern] = call;
        if (known < 0) queue[queued++] = pattern;
      }
    }
    return queued;
  }

  /** The last instance of a pattern that arrives at a call in time, if someone may sit in it; or `NONE`. */
  private caught(at: number, call: number, stop: number, latest: number): number {
    const { columns, instances, reach } = this;
    const { head: heads } = columns;
    const mode = heads[at + head.mode]!;
    if (!reach.permits(mode)) return NONE;
    const runs = heads[at + head.runs]!;
    const column = heads[at + head.times]! + call * runs;
    const zone = heads[at + head.zone]!;
    const alightWait = reach.waits.alight[mode]!;
    const caught = instances.arriving(column, runs, heads[at + head.firstRun]!, zone, latest - alightWait);
    if (caught === NONE) return NONE;
    const run = runs === 1 ? 0 : caught % runs;
    // One that is there before the traveller can be has not been boarded by anyone.
    const ready =
      columns.dayStart[zone + (caught - run) / runs]! + columns.arrival[column + run]! + alightWait;
    return ready < reach.byRide[stop]! ? NONE : caught;
  }

  /** Rides a pattern back from a call, changing to a later instance wherever one still arrives in time. */
  private scan(at: number, from: number): void {
    const { columns, layer, reach } = this;
    const { callStop, callFlags } = columns;
    const calls = columns.head[at + head.calls]!;
    let instance = NONE;
    let alight = 0;
    let parent = 0;
    for (let call = from; call >= 0; call--) {
      const stop = callStop[calls + call]!;
      if (instance !== NONE && !(callFlags[calls + call]! & NO_BOARDING))
        this.board(at, call, stop, instance, alight, parent);
      const latest = layer.latest[stop]!;
      if (latest < reach.byRide[stop]! || call === 0 || callFlags[calls + call]! & NO_ALIGHTING) continue;
      const caught = this.caught(at, call, stop, latest);
      if (caught === NONE || caught <= instance) continue;
      instance = caught;
      alight = call;
      parent = layer.label[stop]!;
    }
  }

  private board(
    at: number,
    call: number,
    stop: number,
    instance: number,
    alight: number,
    parent: number,
  ): void {
    const { reach, next } = this;
    const { head: heads, departure, dayStart } = this.columns;
    const runs = heads[at + head.runs]!;
    const mode = heads[at + head.mode]!;
    const column = heads[at + head.times]! + call * runs;
    const zone = heads[at + head.zone]!;
    const firstRun = heads[at + head.firstRun]!;
    let boarded = instance;
    if (reach.isQuiet) {
      const departs = this.instances.departureOf(instance, column, runs, zone);
      boarded = reach.quiet.lastBoarded(this.instances, stop, column, runs, firstRun, zone, departs);
      if (boarded === NONE) return;
    }
    const run = runs === 1 ? 0 : boarded % runs;
    const day = (boarded - run) / runs;
    const departs = dayStart[zone + day]! + departure[column + run]!;
    const leave = departs - reach.firstWaits.board[mode]! - (reach.first[stop]! - this.time);
    if (leave > this.leave) {
      this.leave = leave;
      this.found = this.label(stop, parent, firstRun + run, day, call, alight);
    }
    const ready = departs - reach.waits.board[mode]!;
    if (ready > this.best[stop]! && ready >= reach.ready[stop]!)
      this.raise(next, stop, ready, this.label(stop, parent, firstRun + run, day, call, alight));
  }

  private label(
    stop: number,
    parent: number,
    run: number,
    day: number,
    board: number,
    alight: number,
  ): number {
    const { labels } = this;
    const label = labels.add(stop);
    labels.parent[label] = parent;
    labels.how[label] = run;
    labels.day[label] = day;
    labels.board[label] = board;
    labels.alight[label] = alight;
    return label;
  }

  /** One who is ready at a stop by then is in time; so is one who alights where a link leads to it. */
  private raise(layer: Layer, stop: number, ready: number, label: number): void {
    const { best, labels, reach } = this;
    best[stop] = ready;
    if (ready > layer.latest[stop]!) layer.set(stop, ready, label);
    if (!this.links) return;
    const { linksBack, linkIndexBack, linkFrom, linkMinutes } = this.views;
    for (let l = linksBack[stop]!; l < linksBack[stop + 1]!; l++) {
      const link = linkIndexBack[l]!;
      const from = linkFrom[link]!;
      const before = ready - linkMinutes[link]!;
      if (before <= layer.latest[from]! || before < reach.byRide[from]!) continue;
      const walk = labels.add(from);
      labels.parent[walk] = label;
      labels.how[walk] = asLink(link);
      layer.set(from, before, walk);
    }
  }

  private write(query: Query): Journey {
    const { board, stop } = this.labels;
    const way = this.reach.wayTo(stop[this.found]!);
    const { steps, first: last } = this.labels.chain(this.found);
    if (way.link >= 0) steps.unshift({ link: way.link });
    return writeJourney(this.image, query, {
      access: query.access[way.access]!,
      egress: query.egress[board[last]!]!,
      steps,
      start: this.leave,
    });
  }
}
