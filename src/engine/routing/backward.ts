import type { NetworkImage } from '../timetable/image.ts';
import { NO_ALIGHTING, NO_BOARDING } from '../timetable/input.ts';
import type { Views } from '../timetable/layout.ts';
import { Deadline } from './deadline.ts';
import { Instances, NONE } from './instances.ts';
import { writeJourney } from './journey.ts';
import type { Journey } from './journey.ts';
import { asLink, FIRST, Labels } from './labels.ts';
import { Nearest } from './nearest.ts';
import { arrivesAfter, head, PatternColumns } from './patternColumns.ts';
import { PatternQueue } from './patternQueue.ts';
import { NEVER } from './query.ts';
import type { Query } from './query.ts';
import { QuietHours } from './quietHours.ts';
import { Waits } from './waits.ts';

const NO_LINK = -1;

/** The best way found with a number of rides: the label it begins at and how the origin leads there. */
interface Found {
  label: number;
  access: number;
  link: number;
}

/**
 * Latest departures: the forward search turned round. A label holds the latest minute at which a traveller
 * who has already ridden may be ready at a stop. Whether a ride is the first one, which needs no change time,
 * is only known at the origin, so boardings near the origin are also weighed as first rides, on the spot.
 */
export class BackwardSearch {
  /** Per stop, after `run`: the latest ready minute found, or -NEVER. */
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
  private readonly alightLabel: Int32Array;
  /** Ready minute at the stops that the round before has marked, -NEVER elsewhere. */
  private readonly alightReady: Int32Array;
  private readonly access: Nearest;
  /** Minutes from the origin to a stop, perhaps with a link, or -1; the endpoint and the link. */
  private readonly nearMinutes: Int32Array;
  private readonly nearNumber: Int32Array;
  private readonly nearLink: Int32Array;
  private readonly reached: Int32Array;
  private readonly marked: Int32Array;
  private reachedCount = 0;
  private markedCount = 0;
  private readonly queue: PatternQueue;
  private readonly firstWaits = new Waits();
  private readonly waits = new Waits();
  private nearestAccess = 0;
  /** Departures at this minute or earlier are of no use. */
  private limit = -NEVER;
  private roundStart = 0;
  private found: Found | undefined;
  private floor: Int32Array | undefined;

  constructor(image: NetworkImage) {
    this.image = image;
    this.views = image.views;
    this.columns = new PatternColumns(image);
    this.instances = new Instances(image);
    this.quiet = new QuietHours(image);
    const perStop = (): Int32Array => new Int32Array(image.stopCount);
    this.best = perStop();
    this.bestRide = perStop();
    this.rideLabel = perStop();
    this.alightLabel = perStop();
    this.alightReady = perStop().fill(-NEVER);
    this.access = new Nearest(image.stopCount);
    this.nearMinutes = perStop().fill(-1);
    this.nearNumber = perStop();
    this.nearLink = perStop();
    this.reached = perStop();
    this.marked = perStop();
    this.queue = new PatternQueue(image, this.columns);
  }

  /**
   * The journeys of which each with more rides departs later. `within` narrows the search to departures
   * after a minute, over stops that are reached by the given minutes (a forward search's `best`).
   */
  run(query: Query, within?: { departingAfter: number; floor: Int32Array }): Journey[] {
    this.start(query, within);
    const answers: Found[] = [];
    for (let round = 0; ; round++) {
      if (this.found) answers.push(this.found);
      if (round === query.maxRides || this.markedCount === 0 || this.deadline.passed) break;
      this.found = undefined;
      this.ride(query.modes);
      this.settleRides();
      if (query.links) this.takeLinks(false);
    }
    this.unmark();
    this.forgetAccess(query);
    return answers.map((found) => this.journey(query, found));
  }

  private start(query: Query, within?: { departingAfter: number; floor: Int32Array }): void {
    this.labels.clear();
    this.best.fill(-NEVER);
    this.bestRide.fill(-NEVER);
    this.rideLabel.fill(-1);
    this.alightLabel.fill(-1);
    this.floor = undefined;
    this.limit = Math.max(within?.departingAfter ?? -NEVER, query.time - (query.horizon ?? NEVER / 2) - 1);
    this.found = undefined;
    this.markedCount = this.reachedCount = this.roundStart = 0;
    this.hasQuiet = this.quiet.set(query.quietHours);
    this.deadline.start(query);
    this.firstWaits.set(query, false);
    this.waits.set(query, true);
    this.noteAccess(query);
    query.egress.forEach(({ stop, minutes }, number) => {
      const ready = query.time - minutes;
      if (ready <= this.bestRide[stop]!) return;
      this.bestRide[stop] = ready;
      const label = this.rideLabelAt(stop);
      this.labels.time[label] = ready;
      this.labels.parent[label] = -1;
      this.labels.how[label] = FIRST;
      this.labels.board[label] = number;
    });
    this.settleRides();
    if (query.links) this.takeLinks((query.minRides ?? 0) === 0);
    this.floor = within?.floor;
  }

  private noteAccess(query: Query): void {
    const { links, linkTo, linkMinutes } = this.views;
    this.access.note(query.access);
    this.nearestAccess = Math.min(NEVER, ...query.access.map(({ minutes }) => minutes));
    const near = (stop: number, minutes: number, number: number, link: number): void => {
      const known = this.nearMinutes[stop]!;
      if (known >= 0 && known <= minutes) return;
      this.nearMinutes[stop] = minutes;
      this.nearNumber[stop] = number;
      this.nearLink[stop] = link;
    };
    query.access.forEach(({ stop, minutes }, number) => {
      near(stop, minutes, number, NO_LINK);
      if (query.links)
        for (let link = links[stop]!; link < links[stop + 1]!; link++)
          near(linkTo[link]!, minutes + linkMinutes[link]!, number, link);
    });
  }

  private forgetAccess(query: Query): void {
    const { links, linkTo } = this.views;
    this.access.forget(query.access);
    for (const { stop } of query.access) {
      this.nearMinutes[stop] = -1;
      for (let link = links[stop]!; link < links[stop + 1]!; link++) this.nearMinutes[linkTo[link]!] = -1;
    }
  }

  /** Forgets the stops that the last round has alighted at. */
  private unmark(): void {
    for (let m = 0; m < this.markedCount; m++) this.alightReady[this.marked[m]!] = -NEVER;
    this.markedCount = 0;
  }

  /** One round of rides to the marked stops. */
  private ride(modes: number): void {
    const { queue, deadline } = this;
    queue.fillBackward(this.marked, this.markedCount, modes);
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

  /** Rides a pattern back from a call, changing to a later instance wherever one still arrives in time. */
  private scan(pattern: number, from: number): void {
    const { columns, alightReady, instances } = this;
    const { callStop, callFlags, arrival, departure } = columns;
    const at = pattern * head.size;
    const calls = columns.head[at + head.calls]!;
    const firstRun = columns.head[at + head.firstRun]!;
    const runs = columns.head[at + head.runs]!;
    const times = columns.head[at + head.times]!;
    const zone = columns.head[at + head.zone]!;
    const mode = columns.head[at + head.mode]!;
    const alightWait = this.waits.alight[mode]!;
    let instance = NONE;
    let run = 0;
    let day = 0;
    let start = 0;
    let alight = 0;
    let parent = 0;
    for (let call = from; call >= 0; call--) {
      const stop = callStop[calls + call]!;
      const column = times + call * runs;
      if (instance !== NONE && !(callFlags[calls + call]! & NO_BOARDING)) {
        const departs = start + departure[column + run]!;
        if (!this.hasQuiet || this.quiet.before(stop, departs) === departs)
          this.board(stop, departs, mode, parent, firstRun + run, day, call, alight);
        else {
          // In quiet hours an instance before the one ridden may still be boarded.
          const earlier = this.quiet.lastBoarded(instances, stop, column, runs, firstRun, zone, departs);
          if (earlier !== NONE) {
            const other = earlier % runs;
            const left = instances.departureOf(earlier, column, runs, zone);
            this.board(stop, left, mode, parent, firstRun + other, (earlier - other) / runs, call, alight);
          }
        }
      }
      const latest = alightReady[stop]! - alightWait;
      if (instance === NONE) {
        if (latest <= -NEVER) continue;
      } else if (
        latest < start + arrival[column + run]! ||
        arrivesAfter(columns, column, runs, zone, start, day, run) > latest
      )
        continue;
      if (call === 0 || callFlags[calls + call]! & NO_ALIGHTING) continue;
      const caught = instances.arriving(column, runs, firstRun, zone, latest);
      if (caught === NONE || (instance !== NONE && caught <= instance)) continue;
      run = runs === 1 ? 0 : caught % runs;
      day = (caught - run) / runs;
      start = columns.dayStart[zone + day]!;
      instance = start + arrival[column + run]! - this.nearestAccess > this.limit ? caught : NONE;
      alight = call;
      parent = this.alightLabel[stop]!;
    }
  }

  /** A ride to the call `alight` can be boarded here: as the first one, or after a change. */
  private board(
    stop: number,
    departs: number,
    mode: number,
    parent: number,
    run: number,
    day: number,
    call: number,
    alight: number,
  ): void {
    const { floor } = this;
    const near = this.nearMinutes[stop]!;
    if (near >= 0) {
      const leave = departs - this.firstWaits.board[mode]! - near;
      if (leave > this.limit)
        this.write(this.departLabel(stop, leave), leave, parent, run, day, call, alight);
    }
    const ready = departs - this.waits.board[mode]!;
    if (ready <= this.bestRide[stop]! || ready - this.nearestAccess <= this.limit) return;
    if (floor !== undefined && ready < floor[stop]!) return;
    this.bestRide[stop] = ready;
    this.write(this.rideLabelAt(stop), ready, parent, run, day, call, alight);
  }

  private write(
    label: number,
    time: number,
    parent: number,
    run: number,
    day: number,
    board: number,
    alight: number,
  ): void {
    const { labels } = this;
    labels.time[label] = time;
    labels.parent[label] = parent;
    labels.how[label] = run;
    labels.day[label] = day;
    labels.board[label] = board;
    labels.alight[label] = alight;
  }

  /** This round's ride label of a stop. */
  private rideLabelAt(stop: number): number {
    const known = this.rideLabel[stop]!;
    if (known >= this.roundStart) return known;
    this.reached[this.reachedCount++] = stop;
    return (this.rideLabel[stop] = this.labels.add(stop));
  }

  /** This round's label of the first ride, boarded at a stop near the origin later than any before. */
  private departLabel(stop: number, leave: number): number {
    this.limit = leave;
    const [access, link] = [this.nearNumber[stop]!, this.nearLink[stop]!];
    const label = this.found?.label ?? this.labels.add(stop);
    this.found = { label, access, link };
    return label;
  }

  private settleRides(): void {
    for (let r = 0; r < this.reachedCount; r++) {
      const stop = this.reached[r]!;
      const label = this.rideLabel[stop]!;
      if (this.labels.time[label]! <= this.best[stop]!) continue;
      this.best[stop] = this.alightReady[stop] = this.labels.time[label]!;
      this.alightLabel[stop] = label;
      this.marked[this.markedCount++] = stop;
    }
  }

  /** Follows links back from the stops boarded at (in round 0: from the egress stops). */
  private takeLinks(mayDepart: boolean): void {
    const { labels, best, alightLabel, floor } = this;
    const { linksBack, linkIndexBack, linkFrom, linkMinutes } = this.views;
    const linkStart = labels.count;
    for (let r = 0; r < this.reachedCount; r++) {
      const stop = this.reached[r]!;
      const parent = this.rideLabel[stop]!;
      for (let l = linksBack[stop]!; l < linksBack[stop + 1]!; l++) {
        const link = linkIndexBack[l]!;
        const source = linkFrom[link]!;
        const ready = labels.time[parent]! - linkMinutes[link]!;
        if (ready - this.nearestAccess <= this.limit) continue;
        if (ready <= best[source]!) {
          // Later known without a leg, but that is no answer: it counts as a departure only.
          if (
            mayDepart &&
            this.access.minutes[source]! >= 0 &&
            ready - this.access.minutes[source]! > this.limit
          )
            this.link(labels.add(source), ready, parent, link, true);
          continue;
        }
        if (floor !== undefined && ready < floor[source]!) continue;
        const known = alightLabel[source]!;
        if (known < this.roundStart) this.marked[this.markedCount++] = source;
        const label = known >= linkStart ? known : labels.add(source);
        best[source] = this.alightReady[source] = ready;
        alightLabel[source] = label;
        this.link(label, ready, parent, link, mayDepart);
      }
    }
  }

  private link(label: number, ready: number, parent: number, link: number, mayDepart: boolean): void {
    this.write(label, ready, parent, asLink(link), 0, 0, 0);
    const source = this.labels.stop[label]!;
    const minutes = this.access.minutes[source]!;
    if (!mayDepart || minutes < 0 || ready - minutes <= this.limit) return;
    this.limit = ready - minutes;
    this.found = { label, access: this.access.number[source]!, link: NO_LINK };
  }

  private journey(query: Query, { label, access, link }: Found): Journey {
    const { steps, first } = this.labels.chain(label);
    return writeJourney(this.image, query, {
      access: query.access[access]!,
      egress: query.egress[this.labels.board[first]!]!,
      steps: link === NO_LINK ? steps : [{ link }, ...steps],
      start: this.labels.time[label]!,
    });
  }
}
