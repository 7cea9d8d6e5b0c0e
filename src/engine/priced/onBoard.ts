import type { FareScale } from '../fares/fareScale.ts';
import type { Tickets } from './tickets.ts';

/** Someone on board of a unit. `price` and `metres` are those of boarding. */
export interface OnBoard {
  readonly unit: number;
  readonly call: number;
  readonly instance: number;
  readonly start: number;
  readonly run: number;
  /** At which it departs from the call. */
  readonly minute: number;
  readonly price: number;
  readonly metres: number;
  readonly parent: number;
  readonly board: number;
  readonly ticket: number;
  readonly paid: number;
}

/**
 * Everyone on board of one unit who may end up cheapest or first somewhere. Two on board are compared only here,
 * within one unit and so within one fare family: one makes the other useless when it sits in the same instance or an
 * earlier one and no alighting further on can cost it more, whatever the distance.
 */
export class Passengers {
  count = 0;
  instance = new Int32Array(256);
  /** Timeline minute at which the instance's day starts, and number of its run. */
  start = new Int32Array(256);
  run = new Int32Array(256);
  price = new Float64Array(256);
  metres = new Int32Array(256);
  parent = new Int32Array(256);
  board = new Int32Array(256);
  /** Tickets held once on board. */
  ticket = new Int32Array(256);
  /** 1: rides on a ticket, and `price` has what that costs; 0: pays by the distance. */
  paid = new Uint8Array(256);
  private readonly tickets: Tickets;
  private scale!: FareScale;
  private family = 0;
  private end = 0;
  private ridesLeft = 0;
  private each = false;
  private plain = true;

  constructor(tickets: Tickets) {
    this.tickets = tickets;
  }

  /**
   * An empty unit of a family, so many metres long. `each`: a later instance is of use where an earlier one is, for
   * there is a via further on at which one must not stay as long as one likes.
   */
  begin(scale: FareScale, family: number, end: number, ridesLeft: number, each: boolean): void {
    this.count = 0;
    this.scale = scale;
    this.family = family;
    this.end = end;
    this.ridesLeft = ridesLeft;
    this.each = each;
    this.plain = !each && !this.tickets.any;
  }

  enter(
    instance: number,
    start: number,
    run: number,
    price: number,
    metres: number,
    parent: number,
    board: number,
    ticket: number,
    paid: number,
    minute: number,
  ): void {
    let kept = 0;
    for (let x = 0; x < this.count; x++) {
      const ahead = this.instance[x]!;
      if (this.plain) {
        const other = this.price[x]!;
        if (
          ahead <= instance &&
          price >= other &&
          price >= other + this.scale.mostIncrease(this.family, metres - this.metres[x]!)
        )
          return;
        if (instance <= ahead && price <= other) continue;
      } else if (!this.each || ahead === instance) {
        if (ahead <= instance && this.outlasts(x, price, metres, ticket, paid, minute)) return;
        if (instance <= ahead && this.outlasted(x, price, metres, ticket, paid, minute)) continue;
      }
      if (kept < x) this.move(x, kept);
      kept++;
    }
    this.count = kept;
    if (kept === this.instance.length) this.grow();
    this.count = kept + 1;
    this.instance[kept] = instance;
    this.start[kept] = start;
    this.run[kept] = run;
    this.price[kept] = price;
    this.metres[kept] = metres;
    this.parent[kept] = parent;
    this.board[kept] = board;
    this.ticket[kept] = ticket;
    this.paid[kept] = paid;
  }

  /** Whether the one on board never costs more than the one who enters, wherever both alight. */
  private outlasts(
    x: number,
    price: number,
    metres: number,
    ticket: number,
    paid: number,
    minute: number,
  ): boolean {
    const { scale, family } = this;
    let most = this.price[x]!;
    if (most > price + (paid === 1 ? 0 : scale.price(family, 0))) return false;
    if (this.paid[x] === 0)
      most +=
        paid === 0
          ? scale.mostIncrease(family, metres - this.metres[x]!)
          : scale.price(family, this.end - this.metres[x]!);
    const least = this.paid[x] === 1 && paid === 0 ? price + scale.price(family, 0) : price;
    return most + this.tickets.advantage(ticket, this.ticket[x]!, minute, this.ridesLeft) <= least;
  }

  /** Whether the one who enters never costs more than the one on board. */
  private outlasted(
    x: number,
    price: number,
    metres: number,
    ticket: number,
    paid: number,
    minute: number,
  ): boolean {
    const { scale, family } = this;
    let least = this.price[x]!;
    if (paid === 1 && this.paid[x] === 0) least += scale.price(family, metres - this.metres[x]!);
    const most = price + (paid === 0 && this.paid[x] === 1 ? scale.price(family, this.end - metres) : 0);
    if (most > least) return false;
    return most + this.tickets.advantage(this.ticket[x]!, ticket, minute, this.ridesLeft) <= least;
  }

  private move(from: number, to: number): void {
    this.instance[to] = this.instance[from]!;
    this.start[to] = this.start[from]!;
    this.run[to] = this.run[from]!;
    this.price[to] = this.price[from]!;
    this.metres[to] = this.metres[from]!;
    this.parent[to] = this.parent[from]!;
    this.board[to] = this.board[from]!;
    this.ticket[to] = this.ticket[from]!;
    this.paid[to] = this.paid[from]!;
  }

  private grow(): void {
    for (const name of ['instance', 'start', 'run', 'metres', 'parent', 'board', 'ticket'] as const) {
      const longer = new Int32Array(2 * this[name].length);
      longer.set(this[name]);
      this[name] = longer;
    }
    const price = new Float64Array(2 * this.price.length);
    price.set(this.price);
    this.price = price;
    const paid = new Uint8Array(2 * this.paid.length);
    paid.set(this.paid);
    this.paid = paid;
  }
}
