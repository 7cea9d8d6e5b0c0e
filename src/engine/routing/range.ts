import type { NetworkImage } from '../timetable/image.ts';
import { NO_ALIGHTING, NO_BOARDING } from '../timetable/input.ts';
import { modeBit } from '../timetable/modes.ts';
import { Deadline } from './deadline.ts';
import { Instances, NONE } from './instances.ts';
import { writeJourney } from './journey.ts';
import type { Journey } from './journey.ts';
import { asLink, FIRST, Labels } from './labels.ts';
import { NO_WAY, OnwardMinutes } from './onwardMinutes.ts';
import { Nearest } from './nearest.ts';
import { head, leftBefore, PatternColumns } from './patternColumns.ts';
import { PatternQueue } from './patternQueue.ts';
import { NEVER } from './query.ts';
import type { Query } from './query.ts';
import { QuietHours } from './quietHours.ts';
import { firstRides } from './rangeDepartures.ts';
import type { FirstRide } from './rangeDepartures.ts';
import { Waits } from './waits.ts';

/**
 * Every departure of a window that is worth taking: rounds of rides for one departure after the other, the last
 * first, over labels that are kept (rRAPTOR; Delling, Pajor, Werneck 2012). What an earlier departure does not
 * reach sooner than a later one, with as many rides, is no use: so each pass only does what is new.
 */
export class RangeSearch {
  private readonly image: NetworkImage;
  private readonly columns: PatternColumns;
  private readonly instances: Instances;
  private readonly boardings: Uint32Array;
  private readonly boardingPattern: Uint32Array;
  private readonly boardingPosition: Uint16Array;
  private readonly quiet: QuietHours;
  private hasQuiet = false;
  readonly deadline = new Deadline();
  private readonly onward: OnwardMinutes;
  private readonly labels = new Labels();
  /** Per number of rides (at most so many) and stop: ready by ride, and ready to board. */
  private readonly rideReady: Int32Array[] = [];
  private readonly boardReady: Int32Array[] = [];
  /** Per number of rides: the earliest arrival so far. */
  private arrival = new Int32Array(0);
  /** Per number of rides: the most with which no earlier arrival is known; after the most asked for, one more. */
  private asEarly = new Int32Array(0);
  private found: ({ label: number; egress: number } | undefined)[] = [];
  private readonly rideLabel: Int32Array;
  private readonly boardLabel: Int32Array;
  private readonly ready: Int32Array;
  /** Of the stops to board at: the minute at which one was ready there in the passes before. */
  private readonly readyBefore: Int32Array;
  private readonly reached: Int32Array;
  private readonly marked: Int32Array;
  private reachedCount = 0;
  private markedCount = 0;
  private readonly egress: Nearest;
  private readonly queue: PatternQueue;
  private readonly waits = new Waits();
  private rides = 0;
  private maxRides = 0;
  private roundStart = 0;

  constructor(image: NetworkImage) {
    this.image = image;
    ({
      boardings: this.boardings,
      boardingPattern: this.boardingPattern,
      boardingPosition: this.boardingPosition,
    } = image.views);
    this.columns = new PatternColumns(image);
    this.instances = new Instances(image);
    this.quiet = new QuietHours(image);
    this.onward = new OnwardMinutes(image, this.columns);
    const perStop = (): Int32Array => new Int32Array(image.stopCount);
    this.rideLabel = perStop();
    this.boardLabel = perStop();
    this.ready = perStop().fill(NEVER);
    this.readyBefore = perStop();
    this.reached = perStop();
    this.marked = perStop();
    this.egress = new Nearest(image.stopCount);
    this.queue = new PatternQueue(image, this.columns);
  }

  /** The journeys with at least one ride that leave within the window, the last to leave first. */
  run(query: Query, window: number): Journey[] {
    this.start(query);
    const departures = firstRides(this.image, this.columns, this.quiet, query, window);
    const journeys: Journey[] = [];
    for (let first = 0; first < departures.length && !this.deadline.reached();) {
      let end = first + 1;
      while (end < departures.length && departures[end]!.leave === departures[first]!.leave) end++;
      this.pass(query, departures.slice(first, end));
      this.found.forEach((found) => {
        if (found) journeys.push(this.write(query, found));
      });
      first = end;
    }
    this.egress.forget(query.egress);
    return journeys;
  }

  private start(query: Query): void {
    this.maxRides = query.maxRides;
    while (this.rideReady.length <= query.maxRides) {
      this.rideReady.push(new Int32Array(this.image.stopCount));
      this.boardReady.push(new Int32Array(this.image.stopCount));
    }
    for (let rides = 0; rides <= query.maxRides; rides++) {
      this.rideReady[rides]!.fill(NEVER);
      this.boardReady[rides]!.fill(NEVER);
    }
    const last = query.time + (query.horizon ?? NEVER / 2) + 1;
    this.arrival = new Int32Array(query.maxRides + 1).fill(last);
    this.asEarly = new Int32Array(query.maxRides + 2);
    this.compareArrivals();
    this.hasQuiet = this.quiet.set(query.quietHours);
    this.waits.set(query, true);
    this.deadline.start(query);
    this.egress.note(query.egress);
    this.onward.compute(query, this.waits);
  }

  private pass(query: Query, firsts: readonly FirstRide[]): void {
    this.labels.clear();
    this.found = [];
    this.markedCount = 0;
    for (let round = 1; round <= query.maxRides && !this.deadline.passed; round++) {
      if (round > 1 && this.markedCount === 0) break;
      this.rides = round;
      if (round === 1) this.rideFirsts(firsts);
      else this.rideOn(query.modes);
      this.unmark();
      this.settleRides();
      if (query.links) this.takeLinks();
    }
    this.unmark();
  }

  private rideFirsts(firsts: readonly FirstRide[]): void {
    for (const first of firsts) this.board(first);
    this.roundStart = this.labels.count;
    this.reachedCount = 0;
    firsts.forEach((first, index) => this.rideFirst(first, index));
  }

  private rideOn(modes: number): void {
    const { queue, deadline } = this;
    this.enqueue(modes);
    this.roundStart = this.labels.count;
    this.reachedCount = 0;
    for (let q = 0; q < queue.count; q++) {
      const pattern = queue.patterns[q]!;
      const call = queue.take(pattern);
      if (!deadline.reached()) this.scan(pattern, call);
    }
    queue.count = 0;
  }

  /** The label from which a first ride is boarded; they are numbered 0, 1, … in a pass. */
  private board({ access, link }: FirstRide): void {
    const { labels } = this;
    const label = labels.add(0);
    labels.parent[label] = link;
    labels.how[label] = FIRST;
    labels.board[label] = access;
  }

  private rideFirst({ pattern, call, run, day }: FirstRide, parent: number): void {
    const { columns } = this;
    const at = pattern * head.size;
    const calls = columns.head[at + head.calls]!;
    const length = columns.head[at + head.length]!;
    const runs = columns.head[at + head.runs]!;
    const times = columns.head[at + head.times]!;
    const start = columns.dayStart[columns.head[at + head.zone]! + day]!;
    const alightWait = this.waits.alight[columns.head[at + head.mode]!]!;
    const number = columns.head[at + head.firstRun]! + run;
    for (let next = call + 1; next < length; next++) {
      if (columns.callFlags[calls + next]! & NO_ALIGHTING) continue;
      const ready = start + columns.arrival[times + next * runs + run]! + alightWait;
      this.reach(columns.callStop[calls + next]!, ready, parent, number, day, call, next);
    }
  }

  /** Queues the patterns that may lead from the marked stops to something new. */
  private enqueue(modes: number): void {
    const { queue, columns } = this;
    const { boardings, boardingPattern, boardingPosition } = this;
    for (let m = 0; m < this.markedCount; m++) {
      const stop = this.marked[m]!;
      const ready = this.ready[stop]!;
      if (!this.isOfUse(stop, ready, this.rides - 1, 1)) continue;
      const before = this.readyBefore[stop]!;
      for (let b = boardings[stop]!; b < boardings[stop + 1]!; b++) {
        const pattern = boardingPattern[b]!;
        const call = boardingPosition[b]!;
        const known = queue.entryOf(pattern);
        if (known >= 0 && call >= known) continue;
        const at = pattern * head.size;
        if (known < 0 && !(modes & modeBit(columns.head[at + head.mode]!))) continue;
        if (!this.isOfUseAboard(columns.head[at + head.calls]! + call, ready)) continue;
        if (!this.catchesNew(at, call, ready, before)) continue;
        queue.enter(pattern, call);
      }
    }
  }

  /**
   * Whether being ready brings an instance that is of use and was not caught before: that one, with no more rides,
   * has been ridden, or was of no use. Most trains leave once a day, so the wait for them rules most out.
   */
  private catchesNew(at: number, call: number, ready: number, before: number): boolean {
    const { columns, instances } = this;
    const runs = columns.head[at + head.runs]!;
    const zone = columns.head[at + head.zone]!;
    const wait = this.waits.board[columns.head[at + head.mode]!]!;
    const column = columns.head[at + head.times]! + call * runs;
    const caught = instances.departing(column, runs, columns.head[at + head.firstRun]!, zone, ready + wait);
    if (caught === NONE) return false;
    const inTime = instances.departureOf(caught, column, runs, zone) - wait;
    return inTime < before && this.isOfUseAboard(columns.head[at + head.calls]! + call, inTime);
  }

  private unmark(): void {
    for (let m = 0; m < this.markedCount; m++) this.ready[this.marked[m]!] = NEVER;
    this.markedCount = 0;
  }

  private scan(pattern: number, from: number): void {
    const { columns, ready, instances } = this;
    const { callStop, callFlags, arrival, departure } = columns;
    const at = pattern * head.size;
    const calls = columns.head[at + head.calls]!;
    const last = columns.head[at + head.length]! - 1;
    const firstRun = columns.head[at + head.firstRun]!;
    const runs = columns.head[at + head.runs]!;
    const times = columns.head[at + head.times]!;
    const zone = columns.head[at + head.zone]!;
    const boardWait = this.waits.board[columns.head[at + head.mode]!]!;
    const alightWait = this.waits.alight[columns.head[at + head.mode]!]!;
    const known = this.rideReady[this.rides]!;
    let instance = NONE;
    let run = 0;
    let day = 0;
    let start = 0;
    let board = 0;
    let parent = 0;
    for (let call = from; call <= last; call++) {
      const stop = callStop[calls + call]!;
      const column = times + call * runs;
      if (instance !== NONE && !(callFlags[calls + call]! & NO_ALIGHTING)) {
        const at = start + arrival[column + run]! + alightWait;
        if (at < known[stop]!) this.reach(stop, at, parent, firstRun + run, day, board, call);
      }
      const earliest = ready[stop]! + boardWait;
      if (instance === NONE) {
        if (earliest >= NEVER) continue;
      } else if (
        earliest > start + departure[column + run]! ||
        leftBefore(columns, column, runs, zone, start, day, run) < earliest
      )
        continue;
      if (call === last || callFlags[calls + call]! & NO_BOARDING) continue;
      const caught = this.hasQuiet
        ? this.quiet.firstBoarded(instances, stop, column, runs, firstRun, zone, earliest)
        : instances.departing(column, runs, firstRun, zone, earliest);
      if (caught === NONE || (instance !== NONE && caught >= instance)) continue;
      run = runs === 1 ? 0 : caught % runs;
      day = (caught - run) / runs;
      start = columns.dayStart[zone + day]!;
      const inTime = start + departure[column + run]! - boardWait;
      instance = this.isOfUseAboard(calls + call, inTime) ? caught : NONE;
      board = call;
      parent = this.boardLabel[stop]!;
    }
  }

  /**
   * Whether a journey can come of it that arrives earlier than those known: with so many rides more, or further ones.
   * More rides need no more minutes, so where they have brought no earlier arrival, only the most of them is asked.
   */
  private isOfUse(stop: number, ready: number, rides: number, least: number): boolean {
    const { arrival, asEarly, maxRides } = this;
    const { fromStop } = this.onward;
    for (let most = asEarly[rides + least]!; most <= maxRides; most = asEarly[most + 1]!)
      if (ready + fromStop[most - rides]![stop]! < arrival[most]!) return true;
    return false;
  }

  /** The same for a traveller who boards a pattern at a call in this round. */
  private isOfUseAboard(call: number, ready: number): boolean {
    const { arrival, asEarly, maxRides, rides } = this;
    const { fromCall } = this.onward;
    for (let most = asEarly[rides]!; most <= maxRides; most = asEarly[most + 1]!) {
      const minutes = fromCall[most - rides + 1]![call]!;
      if (minutes !== NO_WAY && ready + minutes < arrival[most]!) return true;
    }
    return false;
  }

  private compareArrivals(): void {
    const { arrival, asEarly, maxRides } = this;
    asEarly[maxRides + 1] = maxRides + 1;
    for (let rides = maxRides; rides >= 0; rides--)
      asEarly[rides] = arrival[rides] === arrival[rides + 1] ? asEarly[rides + 1]! : rides;
  }

  private reach(
    stop: number,
    ready: number,
    parent: number,
    run: number,
    day: number,
    board: number,
    alight: number,
  ): void {
    const { labels, rides } = this;
    if (ready >= this.rideReady[rides]![stop]! || !this.isOfUse(stop, ready, rides, 0)) return;
    for (let most = rides; most <= this.maxRides && ready < this.rideReady[most]![stop]!; most++)
      this.rideReady[most]![stop] = ready;
    let label = this.rideLabel[stop]!;
    if (label < this.roundStart || label >= labels.count || labels.stop[label] !== stop) {
      label = labels.add(stop);
      this.rideLabel[stop] = label;
      this.reached[this.reachedCount++] = stop;
    }
    labels.time[label] = ready;
    labels.parent[label] = parent;
    labels.how[label] = run;
    labels.day[label] = day;
    labels.board[label] = board;
    labels.alight[label] = alight;
    this.arrive(stop, ready, label);
  }

  private arrive(stop: number, ready: number, label: number): void {
    const minutes = this.egress.minutes[stop]!;
    const at = ready + minutes;
    if (minutes < 0 || at >= this.arrival[this.rides]!) return;
    for (let most = this.rides; most <= this.maxRides && at < this.arrival[most]!; most++)
      this.arrival[most] = at;
    this.compareArrivals();
    this.found[this.rides] = { label, egress: this.egress.number[stop]! };
  }

  private settleRides(): void {
    for (let r = 0; r < this.reachedCount; r++) {
      const stop = this.reached[r]!;
      this.mark(stop, this.labels.time[this.rideLabel[stop]!]!, this.rideLabel[stop]!);
    }
  }

  /** The next round boards here, if nothing as good was known. */
  private mark(stop: number, ready: number, label: number): boolean {
    const before = this.boardReady[this.rides]![stop]!;
    if (ready >= before) return false;
    if (this.ready[stop] === NEVER) this.readyBefore[stop] = before;
    for (let most = this.rides; most <= this.maxRides && ready < this.boardReady[most]![stop]!; most++)
      this.boardReady[most]![stop] = ready;
    if (this.ready[stop] === NEVER) this.marked[this.markedCount++] = stop;
    this.ready[stop] = ready;
    this.boardLabel[stop] = label;
    return true;
  }

  private takeLinks(): void {
    const { labels } = this;
    const { links, linkTo, linkMinutes } = this.image.views;
    for (let r = 0; r < this.reachedCount; r++) {
      const stop = this.reached[r]!;
      const parent = this.rideLabel[stop]!;
      for (let link = links[stop]!; link < links[stop + 1]!; link++) {
        const target = linkTo[link]!;
        const ready = labels.time[parent]! + linkMinutes[link]!;
        if (!this.isOfUse(target, ready, this.rides, 0)) continue;
        if (ready >= this.boardReady[this.rides]![target]! && this.egress.minutes[target]! < 0) continue;
        const label = labels.add(target);
        labels.time[label] = ready;
        labels.parent[label] = parent;
        labels.how[label] = asLink(link);
        this.mark(target, ready, label);
        this.arrive(target, ready, label);
      }
    }
  }

  private write(query: Query, { label, egress }: { label: number; egress: number }): Journey {
    const { parent, board } = this.labels;
    const { steps, first } = this.labels.chain(label);
    if (parent[first]! >= 0) steps.push({ link: parent[first]! });
    return writeJourney(this.image, query, {
      access: query.access[board[first]!]!,
      egress: query.egress[egress]!,
      steps: steps.toReversed(),
      start: query.time,
    });
  }
}
