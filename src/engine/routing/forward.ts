import type { NetworkImage } from '../timetable/image.ts';
import { NO_ALIGHTING, NO_BOARDING } from '../timetable/input.ts';
import type { Views } from '../timetable/layout.ts';
import { Deadline } from './deadline.ts';
import { Instances, NONE } from './instances.ts';
import { writeJourney } from './journey.ts';
import type { Journey } from './journey.ts';
import { asLink, FIRST, Labels } from './labels.ts';
import type { LowerMinutes } from './lowerMinutes.ts';
import { Nearest } from './nearest.ts';
import { head, leftBefore, PatternColumns } from './patternColumns.ts';
import { PatternQueue } from './patternQueue.ts';
import { NEVER } from './query.ts';
import type { Query } from './query.ts';
import { QuietHours } from './quietHours.ts';
import { Waits } from './waits.ts';

/** The best way found with a number of rides: where its chain of labels ends. */
interface Found {
  label: number;
  egress: number;
}

/**
 * Earliest arrivals, round by round: round k boards at stops made ready by k - 1 rides (RAPTOR; Delling,
 * Pajor, Werneck 2012), over all service days. A stop has up to two labels in a round: one by ride, from which
 * links may be taken, and the better of ride and link, from which the next round boards.
 *
 * One object serves one thread; `run` uses its memory again and allocates nothing per stop.
 */
export class ForwardSearch {
  /** Per stop, after `run`: the earliest ready minute found, or NEVER. */
  readonly best: Int32Array;
  private readonly image: NetworkImage;
  private readonly views: Views;
  private readonly columns: PatternColumns;
  private readonly instances: Instances;
  private readonly quiet: QuietHours;
  private hasQuiet = false;
  readonly deadline = new Deadline();
  private readonly labels = new Labels();
  private readonly bestRide: Int32Array;
  private readonly rideLabel: Int32Array;
  private readonly boardLabel: Int32Array;
  /** Ready minute at the stops that the round before has marked, NEVER elsewhere. */
  private readonly boardReady: Int32Array;
  private readonly egress: Nearest;
  /** Stops with a new ride label, and stops to board at in the next round. */
  private readonly reached: Int32Array;
  private readonly marked: Int32Array;
  private reachedCount = 0;
  private markedCount = 0;
  private readonly queue: PatternQueue;
  private readonly waits = new Waits();
  private nearestEgress = 0;
  /** Minutes needed at least from each stop: what cannot arrive by the limit is not followed. */
  private readonly lower: LowerMinutes;
  private onward: Int32Array = new Int32Array(0);
  /** Arrivals at this minute or later are of no use. */
  private limit = NEVER;
  /** Labels of this round begin here. */
  private roundStart = 0;
  private found: Found | undefined;
  private ceiling: Int32Array | undefined;

  constructor(image: NetworkImage, lower: LowerMinutes) {
    this.image = image;
    this.views = image.views;
    this.columns = new PatternColumns(image);
    this.instances = new Instances(image);
    this.quiet = new QuietHours(image);
    this.lower = lower;
    const perStop = (): Int32Array => new Int32Array(image.stopCount);
    this.best = perStop();
    this.bestRide = perStop();
    this.rideLabel = perStop();
    this.boardLabel = perStop();
    this.boardReady = perStop().fill(NEVER);
    this.egress = new Nearest(image.stopCount);
    this.reached = perStop();
    this.marked = perStop();
    this.queue = new PatternQueue(image, this.columns);
  }

  /**
   * The journeys of which each with more rides arrives earlier. `within` narrows the search to arrivals
   * before a minute, over stops that are ready by the given minutes (a backward search's `best`).
   */
  run(query: Query, within?: { arrivingBefore: number; ceiling: Int32Array }): Journey[] {
    this.start(query, within);
    const answers: Found[] = [];
    for (let round = 0; ; round++) {
      if (this.found) answers.push(this.found);
      if (round === query.maxRides || this.markedCount === 0 || this.deadline.passed) break;
      this.found = undefined;
      this.waits.set(query, round > 0);
      this.ride(query.modes);
      this.settleRides();
      if (query.links) this.takeLinks(true);
    }
    this.unmark();
    this.egress.forget(query.egress);
    return answers.map((found) => this.write(query, found));
  }

  private start(query: Query, within?: { arrivingBefore: number; ceiling: Int32Array }): void {
    this.labels.clear();
    this.best.fill(NEVER);
    this.bestRide.fill(NEVER);
    this.rideLabel.fill(-1);
    this.boardLabel.fill(-1);
    // Not in round 0: a backward search's minutes have the change time of a later ride in them.
    this.ceiling = undefined;
    this.limit = Math.min(within?.arrivingBefore ?? NEVER, query.time + (query.horizon ?? NEVER / 2) + 1);
    this.found = undefined;
    this.markedCount = this.reachedCount = this.roundStart = 0;
    this.hasQuiet = this.quiet.set(query.quietHours);
    this.deadline.start(query);
    this.onward = this.lower.compute(query);
    this.nearestEgress = Math.min(NEVER, ...query.egress.map(({ minutes }) => minutes));
    this.egress.note(query.egress);
    // Access leaves `bestRide` alone: a ride to a stop that is near both ends must still count as an arrival.
    query.access.forEach(({ stop, minutes }, number) => {
      const ready = query.time + minutes;
      const known = this.rideLabel[stop]!;
      if (known >= 0 && this.labels.time[known]! <= ready) return;
      const label = this.rideLabelAt(stop);
      this.labels.time[label] = ready;
      this.labels.parent[label] = -1;
      this.labels.how[label] = FIRST;
      this.labels.board[label] = number;
    });
    this.settleRides();
    if (query.links) this.takeLinks((query.minRides ?? 0) === 0);
    this.ceiling = within?.ceiling;
  }

  /** Forgets the stops that the last round has boarded at. */
  private unmark(): void {
    for (let m = 0; m < this.markedCount; m++) this.boardReady[this.marked[m]!] = NEVER;
    this.markedCount = 0;
  }

  /** One round of rides from the marked stops. */
  private ride(modes: number): void {
    const { queue, deadline } = this;
    queue.fillForward(this.marked, this.markedCount, modes);
    this.roundStart = this.labels.count;
    this.reachedCount = 0;
    for (let q = 0; q < queue.count; q++) {
      const pattern = queue.patterns[q]!;
      const call = queue.take(pattern);
      if (!deadline.reached()) this.scan(pattern, call);
    }
    queue.count = 0;
    this.unmark();
  }

  /** Rides a pattern from a call on, changing to an earlier instance wherever one can be caught. */
  private scan(pattern: number, from: number): void {
    const { columns, boardReady, bestRide, ceiling, instances, onward } = this;
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
        const ready = start + arrival[column + run]! + alightWait;
        if (
          ready < bestRide[stop]! &&
          ready + this.nearestEgress < this.limit &&
          ready + onward[stop]! <= this.limit &&
          (ceiling === undefined || ready <= ceiling[stop]!)
        )
          this.reach(stop, ready, parent, firstRun + run, day, board, call);
      }
      const earliest = boardReady[stop]! + boardWait;
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
      // A train that leaves only after the destination is reached is not worth following.
      instance = start + departure[column + run]! + this.nearestEgress < this.limit ? caught : NONE;
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
    const { labels } = this;
    this.bestRide[stop] = ready;
    const label = this.rideLabelAt(stop);
    labels.time[label] = ready;
    labels.parent[label] = parent;
    labels.how[label] = run;
    labels.day[label] = day;
    labels.board[label] = board;
    labels.alight[label] = alight;
    this.arrive(stop, ready, label);
  }

  /** This round's ride label of a stop. */
  private rideLabelAt(stop: number): number {
    const known = this.rideLabel[stop]!;
    if (known >= this.roundStart) return known;
    this.reached[this.reachedCount++] = stop;
    return (this.rideLabel[stop] = this.labels.add(stop));
  }

  /** Notes the destination when it is reached from here earlier than ever. */
  private arrive(stop: number, ready: number, label: number): void {
    const minutes = this.egress.minutes[stop]!;
    if (minutes < 0 || ready + minutes >= this.limit) return;
    this.limit = ready + minutes;
    this.found = { label, egress: this.egress.number[stop]! };
  }

  /** Where the ride is the best way to a stop so far, the next round boards from it. */
  private settleRides(): void {
    for (let r = 0; r < this.reachedCount; r++) {
      const stop = this.reached[r]!;
      const label = this.rideLabel[stop]!;
      if (this.labels.time[label]! >= this.best[stop]!) continue;
      this.best[stop] = this.boardReady[stop] = this.labels.time[label]!;
      this.boardLabel[stop] = label;
      this.marked[this.markedCount++] = stop;
    }
  }

  /** Follows the links from the stops reached by ride (in round 0: from the access stops). */
  private takeLinks(mayArrive: boolean): void {
    const { labels, best, boardLabel, ceiling } = this;
    const { links, linkTo, linkMinutes } = this.views;
    const linkStart = labels.count;
    for (let r = 0; r < this.reachedCount; r++) {
      const stop = this.reached[r]!;
      const parent = this.rideLabel[stop]!;
      for (let link = links[stop]!; link < links[stop + 1]!; link++) {
        const target = linkTo[link]!;
        const ready = labels.time[parent]! + linkMinutes[link]!;
        if (ready + this.nearestEgress >= this.limit) continue;
        if (ready >= best[target]!) {
          // Better known without a ride, but that is no answer: it counts as an arrival only.
          if (
            mayArrive &&
            ready + this.egress.minutes[target]! < this.limit &&
            this.egress.minutes[target]! >= 0
          )
            this.link(labels.add(target), ready, parent, link, true);
          continue;
        }
        if (ceiling !== undefined && ready > ceiling[target]!) continue;
        const known = boardLabel[target]!;
        if (known < this.roundStart) this.marked[this.markedCount++] = target;
        const label = known >= linkStart ? known : labels.add(target);
        best[target] = this.boardReady[target] = ready;
        boardLabel[target] = label;
        this.link(label, ready, parent, link, mayArrive);
      }
    }
  }

  private link(label: number, ready: number, parent: number, link: number, mayArrive: boolean): void {
    const { labels } = this;
    labels.time[label] = ready;
    labels.parent[label] = parent;
    labels.how[label] = asLink(link);
    if (mayArrive) this.arrive(labels.stop[label]!, ready, label);
  }

  private write(query: Query, { label, egress }: Found): Journey {
    const { steps, first } = this.labels.chain(label);
    const access = query.access[this.labels.board[first]!]!;
    return writeJourney(this.image, query, {
      access,
      egress: query.egress[egress]!,
      steps: steps.toReversed(),
      start: query.time + access.minutes,
    });
  }
}
