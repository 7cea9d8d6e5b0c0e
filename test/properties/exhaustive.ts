import { NO_ALIGHTING, NO_BOARDING } from '../../src/engine/timetable/input.ts';
import type { TimetableInput } from '../../src/engine/timetable/input.ts';
import { modeBit, modeOfRouteType } from '../../src/engine/timetable/modes.ts';
import type { FareFamily, Fares } from '../../src/engine/fares/family.ts';
import type { PricedQuery } from '../../src/engine/priced/query.ts';

/** One member of a front. `departure` is a criterion only where the question makes it one. */
export interface Point {
  readonly departure: number;
  readonly arrival: number;
  readonly rides: number;
  readonly price: number;
}

interface Via {
  readonly stop: number;
  readonly dwell: number;
}

/** Which criteria count, besides the number of rides. */
export interface Criteria {
  readonly departure?: boolean;
  readonly price?: boolean;
  readonly vias?: readonly Via[];
  /** Latest departure from the origin. */
  readonly until?: number;
}

interface State {
  readonly stop: number;
  readonly ready: number;
  readonly departure: number;
  readonly price: number;
  readonly rides: number;
  /** How it was reached: links are not taken in a row. */
  readonly by: 'access' | 'ride' | 'link';
  /** Vias done. */
  readonly layer: number;
}

interface Event {
  readonly run: number;
  readonly call: number;
  readonly start: number;
  readonly minute: number;
}

/**
 * The oracle of every search: it walks the time-expanded graph – every call of every run on every day – one state
 * after the other, and keeps each that no other at the same stop beats in every criterion. No rounds, no patterns,
 * no comparison on board, no bounds; it reads the raw timetable and the raw fares. It shares nothing with the
 * searches that it judges, and is as slow as that sounds.
 */
export class Exhaustive {
  private readonly input: TimetableInput;
  private readonly fares: Fares | undefined;
  private readonly events: readonly (readonly Event[])[];

  constructor(input: TimetableInput, fares?: Fares) {
    this.input = input;
    this.fares = fares;
    const events: Event[][] = input.stops.map(() => []);
    const { offsets, stop, departure } = input.stopTimes;
    input.runs.forEach(({ service }, run) => {
      const { days, zone } = input.services[service]!;
      days.forEach((active, day) => {
        if (!active) return;
        const start = input.zones[zone]!.dayStart[day]!;
        for (let row = offsets[run]!; row < offsets[run + 1]! - 1; row++)
          events[stop[row]!]!.push({ run, call: row, start, minute: start + departure[row]! });
      });
    });
    this.events = events;
  }

  front(query: PricedQuery, criteria: Criteria): Point[] {
    const vias = criteria.vias ?? [];
    const last = query.horizon === undefined ? Infinity : query.time + query.horizon;
    const found: Point[] = [];
    const kept = new Map<string, State[]>();
    const open: State[] = [];
    const beats = (a: Point, b: Point): boolean =>
      a.arrival <= b.arrival &&
      a.rides <= b.rides &&
      (!criteria.price || a.price <= b.price) &&
      (!criteria.departure || a.departure >= b.departure);
    const finish = (point: Point): void => {
      if (point.arrival > last || found.some((other) => beats(other, point))) return;
      found.splice(0, found.length, ...found.filter((other) => !beats(point, other)), point);
    };
    const push = (state: State): void => {
      if (state.ready > last) return;
      const key = `${state.stop} ${state.by} ${state.layer} ${state.rides > 0}`;
      let own = kept.get(key);
      if (!own) kept.set(key, (own = []));
      const asPoint = ({ ready, ...rest }: State): Point => ({ ...rest, arrival: ready });
      if (own.some((other) => beats(asPoint(other), asPoint(state)))) return;
      own.splice(0, own.length, ...own.filter((other) => !beats(asPoint(state), asPoint(other))), state);
      open.push(state);
      if (state.layer === vias.length && state.by !== 'access' && state.rides >= (query.minRides ?? 0))
        for (const { stop, minutes, price = 0 } of query.egress)
          if (stop === state.stop)
            finish({ ...state, arrival: state.ready + minutes, price: state.price + price });
    };
    for (const { stop, minutes, price = 0 } of query.access)
      push({
        stop,
        ready: query.time + minutes,
        departure: query.time,
        price,
        rides: 0,
        by: 'access',
        layer: 0,
      });
    for (let state = open.pop(); state; state = open.pop()) {
      if (!kept.get(`${state.stop} ${state.by} ${state.layer} ${state.rides > 0}`)!.includes(state)) continue;
      this.stay(query, state, vias, push);
      this.ride(query, state, criteria, push);
      if (query.links && state.by !== 'link') this.walk(query, state, push);
    }
    return found;
  }

  private ride(
    query: PricedQuery,
    state: State,
    { until = Infinity, vias = [] }: Criteria,
    push: (state: State) => void,
  ): void {
    if (state.rides === query.maxRides) return;
    const { offsets, stop, arrival, flags } = this.input.stopTimes;
    for (const { run, call, start, minute } of this.events[state.stop]!) {
      const line = this.input.lines[this.input.runs[run]!.line]!;
      const mode = modeOfRouteType(line.routeType);
      const wait = Math.max(state.rides > 0 ? query.changeMinutes : 0, query.boardMinutes?.[mode] ?? 0);
      if (state.ready + wait > minute || flags[call]! & NO_BOARDING || !(query.modes & modeBit(mode)))
        continue;
      const family = this.fares && familyOfLine(this.fares, line);
      if (this.fares && !family) continue;
      // The first ride tells when to leave the origin, as late as it allows.
      const departure =
        state.rides > 0
          ? state.departure
          : minute - (query.boardMinutes?.[mode] ?? 0) - (state.ready - query.time);
      if (departure > until) continue;
      let { layer } = state;
      for (let row = call + 1; row < offsets[run + 1]!; row++) {
        if (!(flags[row]! & NO_ALIGHTING))
          push({
            stop: stop[row]!,
            ready: start + arrival[row]! + (query.alightMinutes?.[mode] ?? 0),
            departure,
            price: state.price + (family ? this.price(family, call, row, query.passengers) : 0),
            rides: state.rides + 1,
            by: 'ride',
            layer,
          });
        // Who need not stay has been there by calling there.
        if (!(flags[row]! & NO_ALIGHTING))
          while (vias[layer]?.stop === stop[row] && vias[layer]?.dwell === 0) layer++;
      }
    }
  }

  /** At the via that is next: stays as long as one must, in which the change time is counted. */
  private stay(query: PricedQuery, state: State, vias: readonly Via[], push: (state: State) => void): void {
    const via = vias[state.layer];
    if (via?.stop !== state.stop || state.by === 'access') return;
    const stay = Math.max(0, via.dwell - (state.rides > 0 ? query.changeMinutes : 0));
    push({ ...state, ready: state.ready + stay, by: 'access', layer: state.layer + 1 });
  }

  private walk(query: PricedQuery, state: State, push: (state: State) => void): void {
    for (const { from, to, minutes, priceMinor = 0, vehicleCapacity = 0 } of this.input.links)
      if (from === state.stop && to !== from)
        push({
          ...state,
          stop: to,
          ready: state.ready + minutes,
          price: state.price + priceMinor * vehicles(query.passengers, vehicleCapacity),
          by: 'link',
        });
  }

  /** As the fare file says: base, slabs, minimum, rounding, passengers or vehicles. */
  private price(family: FareFamily, board: number, alight: number, passengers: number): number {
    const { distance } = this.input.stopTimes;
    const km = distance[alight]! - distance[board]!;
    let amount = family.baseMinor;
    let from = 0;
    for (const { upToKm, minorPerKm } of family.slabs) {
      const end = Math.min(km, upToKm ?? Infinity);
      if (end > from) amount += (end - from) * minorPerKm;
      from = upToKm ?? Infinity;
    }
    const { roundUpToMinor } = family;
    const fare = Math.ceil(Math.max(amount, family.minimumMinor) / roundUpToMinor - 1e-6) * roundUpToMinor;
    return fare * vehicles(passengers, family.vehicleCapacity ?? 0);
  }
}

const vehicles = (passengers: number, capacity: number): number =>
  capacity === 0 ? passengers : Math.ceil(passengers / capacity);

const familyOfLine = (
  fares: Fares,
  line: { readonly id: string; readonly routeType: number },
): FareFamily | undefined =>
  fares.families.find(
    (family) => family.routeIds.includes(line.id) || family.routeTypes.includes(line.routeType),
  );
