import { NO_ALIGHTING, NO_BOARDING } from '../../src/engine/timetable/input.ts';
import type { TimetableInput } from '../../src/engine/timetable/input.ts';
import { modeBit, modeOfRouteType } from '../../src/engine/timetable/modes.ts';
import type { FareFamily, Fares } from '../../src/engine/fares/family.ts';
import type { PricedQuery } from '../../src/engine/priced/query.ts';
import type { QuietSpan } from '../../src/engine/routing/query.ts';

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
  readonly maxDwell?: number;
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
  /** Last departure, where one must not stay longer; and when one could be here at the latest on this way. */
  readonly until: number;
  readonly latest: number;
  /** From when a link may be taken: of a stay none is left then, while a ride counts the change time in. */
  readonly setOut: number;
  readonly tickets: readonly Ticket[];
  /** Vias done. */
  readonly layer: number;
}

/** A ride paid in full, on which others of its family may follow. */
interface Ticket {
  readonly family: FareFamily;
  readonly expires: number;
  readonly left: number;
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
  private readonly dearest: ReadonlyMap<FareFamily, number>;
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
    for (const own of events) own.sort((a, b) => a.minute - b.minute);
    this.events = events;
    this.dearest = new Map(
      (fares?.families ?? []).map((family) => [family, family.transfer ? this.dearestOf(family) : 0]),
    );
  }

  front(query: PricedQuery, criteria: Criteria): Point[] {
    const vias = criteria.vias ?? [];
    const last = query.horizon === undefined ? Infinity : query.time + query.horizon;
    const found: Point[] = [];
    const kept = new Map<string, State[]>();
    const open = new Agenda();
    const finishes = (a: Point, b: Point): boolean =>
      a.arrival <= b.arrival &&
      a.rides <= b.rides &&
      (!criteria.price || a.price <= b.price) &&
      (!criteria.departure || a.departure >= b.departure);
    const beats = (a: State, b: State): boolean =>
      a.ready <= b.ready &&
      a.rides <= b.rides &&
      a.until >= b.until &&
      (!criteria.departure || a.departure >= b.departure) &&
      (!criteria.price || (a.price <= b.price && a.price + this.advantage(query, b, a) <= b.price));
    const finish = (point: Point): void => {
      if (point.arrival > last || found.some((other) => finishes(other, point))) return;
      found.splice(0, found.length, ...found.filter((other) => !finishes(point, other)), point);
    };
    const push = (state: State): void => {
      if (state.ready > last) return;
      // Before others are compared: a later arrival is not beaten where one must not stay.
      this.stay(query, state, vias, push);
      const key = keyOf(state);
      let own = kept.get(key);
      if (!own) kept.set(key, (own = []));
      if (own.some((other) => beats(other, state))) return;
      own.splice(0, own.length, ...own.filter((other) => !beats(state, other)), state);
      open.add(state);
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
        until: Infinity,
        latest: Infinity,
        setOut: query.time + minutes,
        tickets: [],
        layer: 0,
      });
    for (let state = open.take(); state; state = open.take()) {
      if (!kept.get(keyOf(state))!.includes(state)) continue;
      this.ride(query, state, criteria, push);
      if (query.links && state.by !== 'link') this.walk(query, state, push);
    }
    return found;
  }

  /** The most that the tickets of `rich` may still save and those of `poor` may not. */
  private advantage(query: PricedQuery, rich: State, poor: State): number {
    let sum = 0;
    for (const { family, expires, left } of rich.tickets) {
      if (expires < rich.ready) continue;
      const own = poor.tickets.find((ticket) => ticket.family === family);
      if (own && own.expires >= expires && own.left >= left) continue;
      const { priceMinor } = family.transfer!;
      const each = this.dearest.get(family)! - priceMinor;
      const seats = vehicles(query.passengers, family.vehicleCapacity ?? 0);
      sum += Math.max(0, each) * seats * Math.min(left, query.maxRides - rich.rides);
    }
    return sum;
  }

  /** What the longest ride of a family costs one passenger (or vehicle). */
  private dearestOf(family: FareFamily): number {
    const { offsets } = this.input.stopTimes;
    const fares = this.input.runs.map(({ line }, run) =>
      familyOfLine(this.fares!, this.input.lines[line]!) === family
        ? this.fare(family, offsets[run]!, offsets[run + 1]! - 1)
        : 0,
    );
    return Math.max(0, ...fares);
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
      if (minute < state.ready || flags[call]! & NO_BOARDING) continue;
      if (minute > state.until || minute > query.time + (query.horizon ?? Infinity)) break;
      const line = this.input.lines[this.input.runs[run]!.line]!;
      const mode = modeOfRouteType(line.routeType);
      const wait = Math.max(state.rides > 0 ? query.changeMinutes : 0, query.boardMinutes?.[mode] ?? 0);
      if (state.ready + wait > minute || !(query.modes & modeBit(mode))) continue;
      if (query.quietHours && this.isQuiet(query.quietHours, state.stop, minute)) continue;
      const family = this.fares && familyOfLine(this.fares, line);
      if (this.fares && !family) continue;
      // The first ride tells when to leave the origin, as late as it allows.
      const departure =
        state.rides > 0
          ? state.departure
          : minute - (query.boardMinutes?.[mode] ?? 0) - (state.ready - query.time);
      if (departure > until) continue;
      const seats = vehicles(query.passengers, family?.vehicleCapacity ?? 0);
      const layers = [state.layer];
      for (let row = call + 1; row < offsets[run + 1]!; row++) {
        if (flags[row]! & NO_ALIGHTING) continue;
        const ready = start + arrival[row]! + (query.alightMinutes?.[mode] ?? 0);
        const payments = this.payments(state.tickets, family, call, row, minute);
        for (const { layer, tickets, price } of layers.flatMap((own) =>
          payments.map((paid) => ({ ...paid, layer: own })),
        ))
          push({
            stop: stop[row]!,
            ready,
            latest: ready,
            setOut: ready,
            departure,
            price: state.price + price * seats,
            rides: state.rides + 1,
            by: 'ride',
            until: Infinity,
            tickets,
            layer,
          });
        // Who need not stay has been there by calling there, or comes again: a stay parts two links.
        for (let via = vias[layers.at(-1)!]; via?.stop === stop[row] && via?.dwell === 0;) {
          layers.push(layers.at(-1)! + 1);
          via = vias[layers.at(-1)!];
        }
      }
    }
  }

  /** In full, or on a ticket that runs, for one passenger (or vehicle). */
  private payments(
    tickets: readonly Ticket[],
    family: FareFamily | undefined,
    board: number,
    alight: number,
    minute: number,
  ): { readonly tickets: readonly Ticket[]; readonly price: number }[] {
    if (!family) return [{ tickets, price: 0 }];
    const price = this.fare(family, board, alight);
    const { transfer } = family;
    if (!transfer) return [{ tickets, price }];
    const others = tickets.filter((ticket) => ticket.family !== family);
    const bought = { family, expires: minute + transfer.minutes, left: transfer.count };
    const held = tickets.find((ticket) => ticket.family === family);
    const inFull = { tickets: [...others, bought], price };
    if (!held || held.left === 0 || minute > held.expires) return [inFull];
    return [inFull, { tickets: [...others, { ...held, left: held.left - 1 }], price: transfer.priceMinor }];
  }

  /** Wall clock of the stop: minutes since the noon of a service day minus twelve hours. */
  private isQuiet({ from, to }: QuietSpan, stop: number, minute: number): boolean {
    const { dayStart } = this.input.zones[this.input.stops[stop]!.zone]!;
    const begun = dayStart.findLast((start) => start <= minute) ?? dayStart[0]!;
    const clock = (((minute - begun) % 1440) + 1440) % 1440;
    return from <= to ? clock >= from && clock < to : clock >= from || clock < to;
  }

  /** At the via that is next: stays as long as one must, in which the change time is counted. */
  private stay(query: PricedQuery, state: State, vias: readonly Via[], push: (state: State) => void): void {
    const via = vias[state.layer];
    if (via?.stop !== state.stop || state.by === 'access') return;
    const stay = Math.max(0, via.dwell - (state.rides > 0 ? query.changeMinutes : 0));
    const until = state.latest + (via.maxDwell ?? Infinity);
    push({
      ...state,
      ready: state.ready + stay,
      setOut: state.ready + via.dwell,
      until,
      by: 'access',
      layer: state.layer + 1,
    });
  }

  /** Before a link one may wait anywhere but where one must not stay. */
  private walk(query: PricedQuery, state: State, push: (state: State) => void): void {
    for (const { from, to, minutes, priceMinor = 0, vehicleCapacity = 0 } of this.input.links)
      if (from === state.stop && to !== from)
        push({
          ...state,
          stop: to,
          ready: state.setOut + minutes,
          setOut: state.setOut + minutes,
          latest: state.until + minutes,
          until: Infinity,
          price: state.price + priceMinor * vehicles(query.passengers, vehicleCapacity),
          by: 'link',
        });
  }

  /** As the fare file says: base, slabs or steps, minimum, rounding, and what every boarding costs. */
  private fare(family: FareFamily, board: number, alight: number): number {
    const { distance } = this.input.stopTimes;
    const km = distance[alight]! - distance[board]!;
    const { steps, roundUpToMinor } = family;
    const step = steps.find(({ upToKm }) => upToKm === null || km <= upToKm) ?? steps.at(-1);
    let amount = family.baseMinor + (step?.priceMinor ?? 0);
    let from = 0;
    for (const { upToKm, minorPerKm } of family.slabs) {
      const end = Math.min(km, upToKm ?? Infinity);
      if (end > from) amount += (end - from) * minorPerKm;
      from = upToKm ?? Infinity;
    }
    const fare = Math.ceil(Math.max(amount, family.minimumMinor) / roundUpToMinor - 1e-6) * roundUpToMinor;
    return fare + family.perBoardingMinor;
  }
}

const keyOf = ({ stop, by, layer, rides }: State): string => `${stop} ${by} ${layer} ${rides > 0}`;

/** States by minute: the earliest first, for what begins earlier beats more. */
class Agenda {
  private readonly byMinute = new Map<number, State[]>();
  /** Minutes with states, as a heap. */
  private readonly minutes: number[] = [];

  add(state: State): void {
    const own = this.byMinute.get(state.ready);
    if (own) {
      own.push(state);
      return;
    }
    this.byMinute.set(state.ready, [state]);
    const { minutes } = this;
    let at = minutes.push(state.ready) - 1;
    for (; at > 0; at = (at - 1) >> 1) {
      const above = minutes[(at - 1) >> 1]!;
      if (above <= state.ready) break;
      minutes[at] = above;
    }
    minutes[at] = state.ready;
  }

  take(): State | undefined {
    const { minutes, byMinute } = this;
    if (minutes.length === 0) return undefined;
    const own = byMinute.get(minutes[0]!)!;
    const state = own.pop();
    if (own.length === 0) {
      byMinute.delete(minutes[0]!);
      this.drop();
    }
    return state;
  }

  private drop(): void {
    const { minutes } = this;
    const moved = minutes.pop()!;
    if (minutes.length === 0) return;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= minutes.length) break;
      if (below + 1 < minutes.length && minutes[below + 1]! < minutes[below]!) below++;
      if (minutes[below]! >= moved) break;
      minutes[at] = minutes[below]!;
      at = below;
    }
    minutes[at] = moved;
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
