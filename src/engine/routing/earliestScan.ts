import { hopBits } from '../timetable/hops.ts';
import type { NetworkImage } from '../timetable/image.ts';
import { NO_ALIGHTING } from '../timetable/input.ts';
import type { Views } from '../timetable/layout.ts';
import { CellBounds } from './cellBounds.ts';
import type { HopColumns } from './hopColumns.ts';
import { InstanceDays } from './instanceDays.ts';
import { leadsTo } from './leadsTo.ts';
import type { LowerMinutes } from './lowerMinutes.ts';
import { OpenCells } from './openCells.ts';
import { head } from './patternColumns.ts';
import { NEVER } from './query.ts';
import type { Query } from './query.ts';
import type { Reach } from './reach.ts';

/** `expired` is asked once in so many minutes of the timetable: on all Indian rail about every 2,000 hops. */
const MINUTES_BETWEEN_ASKING = 15;
/** Few journeys take longer, and a look at the map costs about as much as two days of the timetable. */
const DAYS_BEFORE_DOUBT = 3;
const LEADER_SIZE = 4;
const INSTANT_BIT = Math.log2(hopBits.instant);

/**
 * Earliest arrivals with any number of rides, by one look at every hop in the order of departures (Connection Scan;
 * Dibbelt, Pajor, Strasser, Wagner 2013) over all service days. A ride once boarded is ridden to its end at once:
 * most hops then cost one look at the stop they leave from.
 */
export class EarliestScan {
  private readonly columns: HopColumns;
  private readonly reach: Reach;
  private readonly image: NetworkImage;
  private readonly views: Views;
  /** Instances that need not be looked at again: boarded, or not to be had. */
  private readonly done: InstanceDays;
  /** Per pattern, side by side: the call boarded at (or NEVER), the service day and the run of one instance. */
  private readonly leaders: Int32Array;
  private readonly found: Int32Array;
  private readonly cells: OpenCells;
  private readonly bounds: CellBounds;
  private links = false;
  /** Arrivals after this minute are of no use: the earliest one found, or the horizon. */
  private latest = 0;
  /** The earliest arrival at the destination with a ride, or NEVER. */
  private arrival = NEVER;

  constructor(image: NetworkImage, columns: HopColumns, reach: Reach, lower: LowerMinutes) {
    this.columns = columns;
    this.reach = reach;
    this.image = image;
    this.views = image.views;
    this.leaders = new Int32Array(image.patternCount * LEADER_SIZE);
    this.done = new InstanceDays(image.runCount);
    this.found = new Int32Array(columns.mostAtOnce + 1);
    this.cells = new OpenCells(columns.cells, columns.stopCell);
    this.bounds = new CellBounds(image, lower);
  }

  /**
   * Fills the reach with all that is ready in time to matter for the earliest arrival at the egress stops; with
   * `everywhere`, with all that is ready within the horizon. Answers the earliest arrival with one or more rides,
   * or NEVER, and whether `expired` has cut the scan.
   */
  run(query: Query, everywhere = false): { arrival: number; cut: boolean } {
    const { columns, reach } = this;
    this.links = query.links;
    this.arrival = NEVER;
    this.latest = query.horizon === undefined ? NEVER - 1 : query.time + query.horizon;
    if (!everywhere) this.latest = Math.min(this.latest, reach.walked);
    this.done.clear();
    this.leaders.fill(NEVER);
    this.cells.clear();
    for (const stop of reach.begun) this.cells.open(stop, reach.open[stop]!);
    if (everywhere) this.bounds.clear();
    else this.bounds.compute(query.egress);
    const nearest = everywhere ? 0 : reach.nearestEgress;
    const firstDay = Math.floor(query.time / 1440);
    for (let day = firstDay; day * 1440 <= columns.lastMinute; day++) {
      if (day > firstDay) this.done.turn(day + 1);
      if (day === firstDay + DAYS_BEFORE_DOUBT && !everywhere && this.arrival === NEVER)
        if (!leadsTo(this.image, query)) break;
      for (let minute = day === firstDay ? query.time - 1440 * day : 0; minute < 1440; minute++) {
        const now = 1440 * day + minute;
        if (now + nearest > this.latest) return { arrival: this.arrival, cut: false };
        if (minute % MINUTES_BETWEEN_ASKING === 0 && query.expired?.())
          return { arrival: this.arrival, cut: true };
        // A ride that takes no time can make another one of its minute possible.
        while (this.scan(minute, day, now, everywhere));
      }
    }
    return { arrival: this.arrival, cut: false };
  }

  /** The hops of one minute. Answers whether another ride of this minute may have become possible. */
  private scan(minute: number, day: number, now: number, everywhere: boolean): boolean {
    const { bounds, cells } = this;
    if (now >= cells.due) cells.look(now, this.latest, bounds.minutes, this.image.stopCount);
    const found = this.filter(minute, day, now);
    let again = false;
    for (let n = 0; n < found; n++) if (this.board(this.found[n]!, day, now, everywhere)) again = true;
    return again;
  }

  /**
   * Of the hops of one minute those that leave from an open stop and whose run is not done with. Without a call and
   * without a branch: whether a stop is open cannot be foretold, and a wrong guess costs more than the look.
   */
  private filter(minute: number, day: number, now: number): number {
    const { found } = this;
    const { hops, from, run, day: hopDay } = this.columns;
    const { open } = this.reach;
    const { bits } = this.done;
    const { ranges, rangeCount } = this.cells;
    const first = minute * this.columns.cells;
    let opened = 0;
    for (let range = 0; range < 2 * rangeCount; range += 2) {
      const end = hops[first + ranges[range + 1]!]!;
      for (let hop = hops[first + ranges[range]!]!; hop < end; hop++) {
        found[opened] = hop;
        opened += (open[from[hop]!]! - now - 1) >>> 31;
      }
    }
    let left = 0;
    for (let n = 0; n < opened; n++) {
      const hop = found[n]!;
      const about = hopDay[hop]!;
      found[left] = hop;
      // A shift counts by 32, so what stands above the days in `about` does not matter.
      left += (~(bits[run[hop]!]! >>> (day + 1 - about)) | (about >>> INSTANT_BIT)) & 1;
    }
    return left;
  }

  private board(hop: number, day: number, now: number, everywhere: boolean): boolean {
    const { columns, done, reach } = this;
    const bits = columns.day[hop]!;
    if (bits & hopBits.noBoarding) return false;
    const run = columns.run[hop]!;
    const service = day + 1 - (bits & hopBits.days);
    // From the calls beyond it takes no less; but where clocks change, the real hops may leave sooner than this one.
    if (now + this.bounds.minutes[columns.from[hop]!]! > this.latest) {
      if (!columns.clocksChange) done.add(run, service);
      return false;
    }
    // A hop of no time may be ridden by one who is only now ready, though the run was boarded further on.
    const again = done.has(run, service);
    if (again && !(bits & hopBits.instant)) return false;
    const call = columns.call[hop]!;
    const at = columns.headOf(run);
    if (!again && this.follows(at, service, run, call)) {
      // Where clocks change, this may be the hop for another start of the day, and the real one still to come.
      if (!columns.clocksChange) done.add(run, service);
      return false;
    }
    const { head: heads } = columns.patterns;
    const mode = heads[at + head.mode]!;
    if (!columns.isActive(run, service) || !reach.permits(mode)) {
      done.add(run, service);
      return false;
    }
    if (!reach.boards(columns.from[hop]!, mode, now)) return false;
    const runs = heads[at + head.runs]!;
    const column = heads[at + head.times]! + call * runs + run - heads[at + head.firstRun]!;
    const start = columns.patterns.dayStart[heads[at + head.zone]! + service]!;
    // Where clocks change, this may be the hop for another start of the service day.
    if (start + columns.patterns.departure[column]! !== now) return false;
    done.add(run, service);
    this.lead(at, service, run, call);
    return this.ride(at, call, column, start, now, again ? now : NEVER, everywhere);
  }

  /**
   * Whether an earlier instance of the pattern has been boarded at this call or before it: it arrives nowhere later
   * (see `patterns.ts`), so this one is of no use.
   */
  private follows(at: number, service: number, run: number, call: number): boolean {
    const { leaders } = this;
    const leader = (at / head.size) * LEADER_SIZE;
    if (call < leaders[leader]!) return false;
    const day = leaders[leader + 1]!;
    return service > day || (service === day && run > leaders[leader + 2]!);
  }

  private lead(at: number, service: number, run: number, call: number): void {
    const { leaders } = this;
    const leader = (at / head.size) * LEADER_SIZE;
    leaders[leader] = call;
    leaders[leader + 1] = service;
    leaders[leader + 2] = run;
  }

  /** Rides from a call to the end of the run, or to the last arrival by minute `until`. */
  private ride(
    at: number,
    from: number,
    firstColumn: number,
    start: number,
    now: number,
    until: number,
    everywhere: boolean,
  ): boolean {
    const { reach } = this;
    const { head: heads, callStop, callFlags, arrival } = this.columns.patterns;
    const { byRide } = reach;
    const { minutes: least } = this.bounds;
    const calls = heads[at + head.calls]!;
    const length = heads[at + head.length]!;
    const runs = heads[at + head.runs]!;
    const alightWait = reach.waits.alight[heads[at + head.mode]!]!;
    const nearest = everywhere ? 0 : reach.nearestEgress;
    let again = false;
    for (let call = from + 1, column = firstColumn + runs; call < length; call++, column += runs) {
      const arrives = start + arrival[column]!;
      const ready = arrives + alightWait;
      if (arrives > until || ready + nearest > this.latest) break;
      const stop = callStop[calls + call]!;
      if (ready >= byRide[stop]!) continue;
      if (ready + least[stop]! > this.latest) break;
      if (callFlags[calls + call]! & NO_ALIGHTING) continue;
      if (this.alight(stop, ready, now, everywhere)) again = true;
    }
    return again;
  }

  private alight(stop: number, ready: number, now: number, everywhere: boolean): boolean {
    const { reach } = this;
    reach.byRide[stop] = ready;
    let again = ready < reach.ready[stop]! && this.arrive(stop, ready) <= now;
    if (!everywhere) this.noteArrival(stop, ready);
    if (!this.links) return again;
    const { links, linkTo, linkMinutes } = this.views;
    const { minutes: least } = this.bounds;
    for (let link = links[stop]!; link < links[stop + 1]!; link++) {
      const to = linkTo[link]!;
      const there = ready + linkMinutes[link]!;
      if (there + least[to]! > this.latest) continue;
      if (!everywhere) this.noteArrival(to, there);
      if (there < reach.ready[to]! && this.arrive(to, there) <= now) again = true;
    }
    return again;
  }

  private arrive(stop: number, ready: number): number {
    const open = this.reach.arrive(stop, ready);
    this.cells.open(stop, open);
    return open;
  }

  private noteArrival(stop: number, ready: number): void {
    const minutes = this.reach.egress.minutes[stop]!;
    if (minutes < 0 || ready + minutes > this.latest) return;
    this.latest = this.arrival = ready + minutes;
  }
}
