import { NEVER } from '../routing/query.ts';
import { NO_TICKET } from './tickets.ts';
import type { Tickets } from './tickets.ts';

/**
 * The labels of one priced search, as columns that grow and are used again: ready at `stop` at a minute, having
 * paid a price. Chains of `parent` are journeys; `next` strings the labels of a stop, earliest and dearest first.
 */
export class PricedLabels {
  count = 0;
  ready = new Int32Array(4096);
  price = new Float64Array(4096);
  stop = new Int32Array(4096);
  parent = new Int32Array(4096);
  /** Unit ridden (0 and up), `FIRST`, or a link as `asLink` writes it. */
  how = new Int32Array(4096);
  /** Instance of the unit; the endpoint's number for the first label of a chain. */
  instance = new Int32Array(4096);
  board = new Uint16Array(4096);
  alight = new Uint16Array(4096);
  /** Next label at which one can board, and next reached by ride, at the same stop; or -1. */
  next = new Int32Array(4096);
  nextRide = new Int32Array(4096);
  /** Tickets held, see `Tickets`. */
  ticket = new Int32Array(4096);
  /** Last departure that may be boarded: less than `NEVER` for who must not stay longer at a via. */
  until = new Int32Array(4096);
  /**
   * Whether any label has tickets or an end to its stay. Only then minute and price do not tell all: the lists of
   * stops are then in order of minutes alone.
   */
  withState = false;
  /** Rides that may still follow on those of the round. */
  ridesLeft = 0;
  private readonly tickets: Tickets;

  constructor(tickets: Tickets) {
    this.tickets = tickets;
  }

  clear(withState: boolean): void {
    this.count = 0;
    this.withState = withState;
  }

  add(stop: number, ready: number, price: number, parent: number, how: number, instance: number): number {
    if (this.count === this.ready.length) this.grow();
    const label = this.count++;
    this.stop[label] = stop;
    this.ready[label] = ready;
    this.price[label] = price;
    this.parent[label] = parent;
    this.how[label] = how;
    this.instance[label] = instance;
    this.next[label] = this.nextRide[label] = -1;
    this.ticket[label] = NO_TICKET;
    this.until[label] = NEVER;
    return label;
  }

  /** Whether a label of the list is neither later nor dearer than this, and has no less of the rest. */
  covers(
    head: Int32Array,
    next: Int32Array,
    stop: number,
    ready: number,
    price: number,
    ticket: number,
    until: number,
  ): boolean {
    if (this.withState) return this.coversState(head, next, stop, ready, price, ticket, until);
    for (let at = head[stop]!; at >= 0 && this.ready[at]! <= ready; at = next[at]!)
      if (this.price[at]! <= price) return true;
    return false;
  }

  private coversState(
    head: Int32Array,
    next: Int32Array,
    stop: number,
    ready: number,
    price: number,
    ticket: number,
    until: number,
  ): boolean {
    for (let at = head[stop]!; at >= 0 && this.ready[at]! <= ready; at = next[at]!)
      if (this.until[at]! >= until && this.asCheap(at, price, ticket, ready)) return true;
    return false;
  }

  /** Whether a label stays cheaper than someone with this price and ticket, whatever the ticket may save. */
  private asCheap(label: number, price: number, ticket: number, minute: number): boolean {
    const own = this.price[label]!;
    if (own > price) return false;
    return own + this.tickets.advantage(ticket, this.ticket[label]!, minute, this.ridesLeft) <= price;
  }

  /** Puts a label in its place in the list of its stop and takes out those that it makes useless. */
  insert(head: Int32Array, next: Int32Array, label: number): void {
    const stop = this.stop[label]!;
    const ready = this.ready[label]!;
    const price = this.price[label]!;
    let before = -1;
    let at = head[stop]!;
    for (; at >= 0 && this.ready[at]! < ready; at = next[at]!) before = at;
    if (!this.withState) while (at >= 0 && this.price[at]! >= price) at = next[at]!;
    next[label] = at;
    if (before < 0) head[stop] = label;
    else next[before] = label;
    if (this.withState) this.thin(next, label);
  }

  /** Takes out what a label makes useless behind it. */
  private thin(next: Int32Array, label: number): void {
    let before = label;
    for (let at = next[label]!; at >= 0; at = next[at]!)
      if (
        this.until[label]! >= this.until[at]! &&
        this.asCheap(label, this.price[at]!, this.ticket[at]!, this.ready[at]!)
      )
        next[before] = next[at]!;
      else before = at;
  }

  private grow(): void {
    const length = 2 * this.ready.length;
    for (const name of int32Columns) {
      const longer = new Int32Array(length);
      longer.set(this[name]);
      this[name] = longer;
    }
    const price = new Float64Array(length);
    price.set(this.price);
    this.price = price;
    for (const name of ['board', 'alight'] as const) {
      const longer = new Uint16Array(length);
      longer.set(this[name]);
      this[name] = longer;
    }
  }
}

const int32Columns = [
  'ready',
  'stop',
  'parent',
  'how',
  'instance',
  'next',
  'nextRide',
  'ticket',
  'until',
] as const;
