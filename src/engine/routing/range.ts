import type { NetworkImage } from '../timetable/image.ts';
import { NO_ALIGHTING, NO_BOARDING } from '../timetable/input.ts';
import { modeBit, modeCount } from '../timetable/modes.ts';
import { Instances, NONE } from './instances.ts';
import { writeJourney } from './journey.ts';
import type { Journey, Step } from './journey.ts';
import { asLink, FIRST, Labels } from './labels.ts';
import { LowerMinutes } from './lowerMinutes.ts';
import { head, PatternColumns } from './patternColumns.ts';
import { NEVER } from './query.ts';
import type { Query } from './query.ts';
import { firstRides } from './rangeDepartures.ts';
import type { FirstRide } from './rangeDepartures.ts';

/**
 * Every departure of a window that is worth taking: rounds of rides for one departure after the other, the last
 * first, over labels that are kept (rRAPTOR; Delling, Pajor, Werneck 2012). What an earlier departure does not
 * reach sooner than a later one, with as many rides, is no use: so each pass only does what is new.
 */
export class RangeSearch {
  private readonly image: NetworkImage;
  private readonly columns: PatternColumns;
  private readonly instances: Instances;
  private readonly lower: LowerMinutes;
  private readonly labels = new Labels();
  /** Per number of rides (at most so many) and stop: ready by ride, and ready to board. */
  private readonly rideReady: Int32Array[] = [];
  private readonly boardReady: Int32Array[] = [];
  /** Per number of rides: the earliest arrival so far. */
  private arrival = new Int32Array(0);
  private found: ({ label: number; egress: number } | undefined)[] = [];
  private readonly rideLabel: Int32Array;
  private readonly boardLabel: Int32Array;
  private readonly ready: Int32Array;
  private readonly reached: Int32Array;
  private readonly marked: Int32Array;
  private reachedCount = 0;
  private markedCount = 0;
  private readonly egressMinutes: Int32Array;
  private readonly egressNumber: Int32Array;
  private readonly queue: Int32Array;
  private readonly fromCall: Int32Array;
  private readonly boardWait = new Int32Array(modeCount);
  private readonly alightWait = new Int32Array(modeCount);
  private onward: Int32Array;
  private rides = 0;
  private maxRides = 0;
  private roundStart = 0;

  constructor(image: NetworkImage) {
    this.image = image;
    this.columns = new PatternColumns(image);
    this.instances = new Instances(image);
    this.lower = new LowerMinutes(image);
    const perStop = (): Int32Array => new Int32Array(image.stopCount);
    this.rideLabel = perStop();
    this.boardLabel = perStop();
    this.ready = perStop().fill(NEVER);
    this.reached = perStop();
    this.marked = perStop();
    this.egressMinutes = perStop().fill(-1);
    this.egressNumber = perStop();
    this.onward = this.egressMinutes;
    this.queue = new Int32Array(image.patternCount);
    this.fromCall = new Int32Array(image.patternCount).fill(-1);
  }

  /** The journeys with at least one ride that leave within the window, the last to leave first. */
  run(query: Query, window: number): Journey[] {
    this.start(query);
    const departures = firstRides(this.image, this.columns, query, window);
    const journeys: Journey[] = [];
    for (let first = 0; first < departures.length;) {
      let end = first + 1;
      while (end < departures.length && departures[end]!.leave === departures[first]!.leave) end++;
      this.pass(query, departures.slice(first, end));
      this.found.forEach((found) => {
        if (found) journeys.push(this.write(query, found));
      });
      first = end;
    }
    for (const { stop } of query.egress) this.egressMinutes[stop] = -1;
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
    for (let mode = 0; mode < modeCount; mode++) {
      this.boardWait[mode] = Math.max(query.changeMinutes, query.boardMinutes?.[mode] ?? 0);
      this.alightWait[mode] = query.alightMinutes?.[mode] ?? 0;
    }
    query.egress.forEach(({ stop, minutes }, number) => {
      const known = this.egressMinutes[stop]!;
      if (known >= 0 && known <= minutes) return;
      this.egressMinutes[stop] = minutes;
      this.egressNumber[stop] = number;
    });
    this.onward = this.lower.compute(query);
  }

  private pass(query: Query, firsts: readonly FirstRide[]): void {
    this.labels.clear();
    this.found = [];
    this.markedCount = 0;
    for (let round = 1; round <= query.maxRides; round++) {
      if (round > 1 && this.markedCount === 0) break;
      this.rides = round;
      const queued = round === 1 ? 0 : this.enqueue(query.modes);
      if (round === 1) for (const first of firsts) this.board(first);
      else this.roundStart = this.labels.count;
      this.reachedCount = 0;
      if (round === 1) {
        this.roundStart = this.labels.count;
        firsts.forEach((first, index) => this.rideFirst(first, index));
      }
      for (let q = 0; q < queued; q++) {
        const pattern = this.queue[q]!;
        this.scan(pattern, this.fromCall[pattern]!);
        this.fromCall[pattern] = -1;
      }
      this.unmark();
      this.settleRides();
      if (query.links) this.takeLinks();
    }
    this.unmark();
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
    const alightWait = this.alightWait[columns.head[at + head.mode]!]!;
    const number = columns.head[at + head.firstRun]! + run;
    for (let next = call + 1; next < length; next++) {
      if (columns.callFlags[calls + next]! & NO_ALIGHTING) continue;
      const ready = start + columns.arrival[times + next * runs + run]! + alightWait;
      this.reach(columns.callStop[calls + next]!, ready, parent, number, day, call, next);
    }
  }

  private enqueue(modes: number): number {
    const { fromCall, queue, columns } = this;
    const { boardings, boardingPattern, boardingPosition } = this.image.views;
    let queued = 0;
    for (let m = 0; m < this.markedCount; m++) {
      const stop = this.marked[m]!;
      for (let b = boardings[stop]!; b < boardings[stop + 1]!; b++) {
        const pattern = boardingPattern[b]!;
        const known = fromCall[pattern]!;
        if (known < 0) {
          if (!(modes & modeBit(columns.head[pattern * head.size + head.mode]!))) continue;
          fromCall[pattern] = boardingPosition[b]!;
          queue[queued++] = pattern;
        } else if (boardingPosition[b]! < known) fromCall[pattern] = boardingPosition[b]!;
      }
    }
    return queued;
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
    const boardWait = this.boardWait[columns.head[at + head.mode]!]!;
    const alightWait = this.alightWait[columns.head[at + head.mode]!]!;
    const known = this.rideReady[this.rides]!;
    const limit = this.arrival[this.rides]!;
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
      if (earliest >= (instance === NONE ? NEVER : start + departure[column + run]! + 1)) continue;
      if (call === last || callFlags[calls + call]! & NO_BOARDING) continue;
      const caught = instances.departing(column, runs, firstRun, zone, earliest);
      if (caught === NONE || (instance !== NONE && caught >= instance)) continue;
      run = runs === 1 ? 0 : caught % runs;
      day = (caught - run) / runs;
      start = columns.dayStart[zone + day]!;
      instance = start + departure[column + run]! < limit ? caught : NONE;
      board = call;
      parent = this.boardLabel[stop]!;
    }
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
    if (ready >= this.rideReady[rides]![stop]! || ready + this.onward[stop]! >= this.arrival[rides]!) return;
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
    const minutes = this.egressMinutes[stop]!;
    const at = ready + minutes;
    if (minutes < 0 || at >= this.arrival[this.rides]!) return;
    for (let most = this.rides; most <= this.maxRides && at < this.arrival[most]!; most++)
      this.arrival[most] = at;
    this.found[this.rides] = { label, egress: this.egressNumber[stop]! };
  }

  private settleRides(): void {
    for (let r = 0; r < this.reachedCount; r++) {
      const stop = this.reached[r]!;
      this.mark(stop, this.labels.time[this.rideLabel[stop]!]!, this.rideLabel[stop]!);
    }
  }

  /** The next round boards here, if nothing as good was known. */
  private mark(stop: number, ready: number, label: number): boolean {
    if (ready >= this.boardReady[this.rides]![stop]!) return false;
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
        if (ready + this.onward[target]! >= this.arrival[this.rides]!) continue;
        if (ready >= this.boardReady[this.rides]![target]! && this.egressMinutes[target]! < 0) continue;
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
    const { how, parent, day, board, alight } = this.labels;
    const steps: Step[] = [];
    let at = label;
    for (; how[at] !== FIRST; at = parent[at]!)
      steps.push(
        how[at]! >= 0
          ? { run: how[at]!, day: day[at]!, board: board[at]!, alight: alight[at]! }
          : { link: asLink(how[at]!) },
      );
    if (parent[at]! >= 0) steps.push({ link: parent[at]! });
    return writeJourney(this.image, query, {
      access: query.access[board[at]!]!,
      egress: query.egress[egress]!,
      steps: steps.toReversed(),
      start: query.time,
    });
  }
}
