import { NO_ALIGHTING, NO_BOARDING } from '../timetable/input.ts';
import type { TimetableInput } from '../timetable/input.ts';
import { modeBit, modeOfRouteType } from '../timetable/modes.ts';
import type { Query } from './query.ts';

/** A hop of a run, on a day, from one call to the next. */
interface Connections {
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  readonly departure: Int32Array;
  readonly arrival: Int32Array;
  /** Number of the run on its day. */
  readonly instance: Uint32Array;
  /** NO_BOARDING at `from`, NO_ALIGHTING at `to`. */
  readonly flags: Uint8Array;
}

/**
 * The oracle: every hop of every run on every service day, in order of departure, tried one by one (Connection
 * Scan; Dibbelt, Pajor, Strasser, Wagner 2013). It reads the raw timetable and shares nothing with the router:
 * no patterns, no day tables, no image. Slow to build and large; for checks.
 */
export class ConnectionScan {
  private readonly input: TimetableInput;
  private readonly hops: Connections;
  private readonly instances: number;
  /** Mode of each instance. */
  private readonly modeOf: Uint8Array;
  private readonly linksFrom: readonly (readonly { to: number; minutes: number }[])[];

  /** Expands the service days `firstDay` … `firstDay + days - 1` of the timetable; all by default. */
  constructor(input: TimetableInput, range: { firstDay?: number; days?: number } = {}) {
    this.input = input;
    const first = range.firstDay ?? 0;
    const last = Math.min(input.dayCount, first + (range.days ?? input.dayCount)) - 1;
    const modeOf: number[] = [];
    const size = { hops: 0 };
    forEachInstance(input, first, last, (run, _base, mode) => {
      modeOf.push(mode);
      size.hops += Math.max(0, input.stopTimes.offsets[run + 1]! - input.stopTimes.offsets[run]! - 1);
    });
    this.modeOf = Uint8Array.from(modeOf);
    this.instances = modeOf.length;
    this.hops = expand(input, first, last, size.hops);
    const linksFrom: { to: number; minutes: number }[][] = input.stops.map(() => []);
    for (const { from, to, minutes } of input.links) if (from !== to) linksFrom[from]!.push({ to, minutes });
    this.linksFrom = linksFrom;
  }

  get connectionCount(): number {
    return this.hops.from.length;
  }

  /**
   * Earliest arrival at a stop with any number of rides and no links, or undefined. Timeline minutes.
   */
  earliestArrival(
    from: number,
    to: number,
    time: number,
    options: { changeMinutes: number },
  ): number | undefined {
    const { hops, input } = this;
    const ready = new Float64Array(input.stops.length).fill(Infinity);
    const boarded = this.nowhere();
    const change = options.changeMinutes;
    const start = lowerBound(hops.departure, time);
    this.inOrder(
      start,
      (hop) => {
        const departure = hops.departure[hop]!;
        const stop = hops.from[hop]!;
        const instance = hops.instance[hop]!;
        let news = false;
        if (boarded[instance]! > hop) {
          const onTime = (stop === from && departure >= time) || ready[stop]! + change <= departure;
          if (!onTime || hops.flags[hop]! & NO_BOARDING) return false;
          boarded[instance] = hop;
          news = true;
        }
        if (hops.flags[hop]! & NO_ALIGHTING || hops.arrival[hop]! >= ready[hops.to[hop]!]!) return news;
        ready[hops.to[hop]!] = hops.arrival[hop]!;
        return true;
      },
      () => ready[to]!,
    );
    const arrival = ready[to]!;
    return arrival === Infinity ? undefined : arrival;
  }

  /**
   * For a whole query: element k is the earliest arrival at the destination with at most k rides, or Infinity.
   */
  earliestArrivals(query: Query): number[] {
    const layers = query.maxRides + 1;
    const { hops, modeOf } = this;
    const stops = this.input.stops.length;
    const grid = (): Float64Array[] =>
      Array.from({ length: layers }, () => new Float64Array(stops).fill(Infinity));
    // Per number of rides: ready to board, and arrived by a leg (an access stop alone is no arrival).
    const ready = grid();
    const arrived = grid();
    const boarded = Array.from({ length: layers }, () => this.nowhere());
    const rideTo = (layer: number, stop: number, at: number): boolean => {
      let news = at < ready[layer]![stop]! || (layer > 0 && at < arrived[layer]![stop]!);
      ready[layer]![stop] = Math.min(ready[layer]![stop]!, at);
      if (layer > 0) arrived[layer]![stop] = Math.min(arrived[layer]![stop]!, at);
      for (const { to, minutes } of query.links ? this.linksFrom[stop]! : []) {
        news ||= at + minutes < ready[layer]![to]!;
        ready[layer]![to] = Math.min(ready[layer]![to]!, at + minutes);
        arrived[layer]![to] = Math.min(arrived[layer]![to]!, at + minutes);
      }
      return news;
    };
    for (const { stop, minutes } of query.access) rideTo(0, stop, query.time + minutes);
    this.inOrder(0, (hop) => {
      const instance = hops.instance[hop]!;
      const mode = modeOf[instance]!;
      if (!(query.modes & modeBit(mode))) return false;
      const board = query.boardMinutes?.[mode] ?? 0;
      let news = false;
      for (let layer = 1; layer < layers; layer++) {
        if (boarded[layer]![instance]! > hop) {
          const wait = layer > 1 ? Math.max(query.changeMinutes, board) : board;
          if (hops.flags[hop]! & NO_BOARDING) continue;
          if (ready[layer - 1]![hops.from[hop]!]! + wait > hops.departure[hop]!) continue;
          boarded[layer]![instance] = hop;
          news = true;
        }
        if (hops.flags[hop]! & NO_ALIGHTING) continue;
        if (rideTo(layer, hops.to[hop]!, hops.arrival[hop]! + (query.alightMinutes?.[mode] ?? 0)))
          news = true;
      }
      return news;
    });
    return bestByRides(query, arrived);
  }

  /** Per instance the first hop it is sat in: none yet. */
  private nowhere(): Uint32Array {
    return new Uint32Array(this.instances).fill(0xffffffff);
  }

  /**
   * Visits the hops from `start` on in order of departure, as long as they depart before `end()`. Hops of one
   * minute are repeated until nothing is news: one that takes no time can make another of that minute possible.
   */
  private inOrder(start: number, visit: (hop: number) => boolean, end?: () => number): void {
    const { departure, arrival } = this.hops;
    for (let from = start; from < departure.length;) {
      const minute = departure[from]!;
      if (end && minute >= end()) return;
      let until = from;
      let instant = false;
      for (; until < departure.length && departure[until] === minute; until++)
        instant ||= arrival[until] === minute;
      let news = true;
      while (news) {
        news = false;
        for (let hop = from; hop < until; hop++) if (visit(hop)) news = true;
        if (!instant) break;
      }
      from = until;
    }
  }
}

function bestByRides(query: Query, arrived: readonly Float64Array[]): number[] {
  let best = Infinity;
  return arrived.map((layer, rides) => {
    if (rides >= (query.minRides ?? 0))
      for (const { stop, minutes } of query.egress) best = Math.min(best, layer[stop]! + minutes);
    return best > query.time + (query.horizon ?? Infinity) ? Infinity : best;
  });
}

function forEachInstance(
  input: TimetableInput,
  firstDay: number,
  lastDay: number,
  visit: (run: number, dayStart: number, mode: number) => void,
): void {
  input.runs.forEach((run, index) => {
    const service = input.services[run.service]!;
    const mode = modeOfRouteType(input.lines[run.line]!.routeType);
    for (let day = firstDay; day <= lastDay; day++)
      if (service.days[day]) visit(index, input.zones[service.zone]!.dayStart[day]!, mode);
  });
}

/** All hops, sorted by departure (counting sort by minute, stable, so that a run's hops keep their order). */
function expand(input: TimetableInput, firstDay: number, lastDay: number, size: number): Connections {
  const { offsets, stop, arrival, departure, flags } = input.stopTimes;
  const each = (visit: (row: number, base: number, instance: number) => void): void => {
    let instance = 0;
    forEachInstance(input, firstDay, lastDay, (run, base) => {
      for (let row = offsets[run]!; row < offsets[run + 1]! - 1; row++) visit(row, base, instance);
      instance++;
    });
  };
  let [low, high] = [Infinity, -Infinity];
  each((row, base) => {
    low = Math.min(low, base + departure[row]!);
    high = Math.max(high, base + departure[row]!);
  });
  const place = new Uint32Array(size === 0 ? 1 : high - low + 2);
  each((row, base) => place[base + departure[row]! - low + 1]!++);
  for (let minute = 1; minute < place.length; minute++) place[minute]! += place[minute - 1]!;
  const hops = {
    from: new Uint32Array(size),
    to: new Uint32Array(size),
    departure: new Int32Array(size),
    arrival: new Int32Array(size),
    instance: new Uint32Array(size),
    flags: new Uint8Array(size),
  };
  each((row, base, instance) => {
    const at = place[base + departure[row]! - low]!++;
    hops.from[at] = stop[row]!;
    hops.to[at] = stop[row + 1]!;
    hops.departure[at] = base + departure[row]!;
    hops.arrival[at] = base + arrival[row + 1]!;
    hops.instance[at] = instance;
    hops.flags[at] = (flags[row]! & NO_BOARDING) | (flags[row + 1]! & NO_ALIGHTING);
  });
  return hops;
}

function lowerBound(sorted: Int32Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
