import type { FareTable } from '../fares/fareTable.ts';
import type { FareScale } from '../fares/fareScale.ts';

/** Whoever has no ticket running. */
export const NO_TICKET = -1;

/**
 * Tickets that still run, as lists that share their tails: at most one for each family. The state that a fare with
 * a transfer allowance leaves behind travels with a label from ride to ride; without such fares there is none.
 */
export class Tickets {
  /** Whether any family has a transfer allowance. */
  readonly any: boolean;
  private readonly table: FareTable;
  private scale!: FareScale;
  /** What one ride on a ticket may save at most, by family. */
  private readonly most: Float64Array;
  private count = 0;
  private family = new Int32Array(64);
  /** Last minute of boarding, and how often. */
  private expires = new Int32Array(64);
  private left = new Int32Array(64);
  private next = new Int32Array(64);

  constructor(table: FareTable) {
    this.table = table;
    this.any = table.fares.families.some(({ transfer }) => transfer !== null);
    this.most = new Float64Array(table.fares.families.length);
  }

  /** Forgets all tickets, for a party with these prices. */
  begin(scale: FareScale): void {
    this.scale = scale;
    this.count = 0;
    if (!this.any) return;
    for (let family = 0; family < this.most.length; family++) {
      const fare = scale.price(family, this.table.longest[family]!);
      this.most[family] = Math.max(0, fare - scale.transferPrice[family]!);
    }
  }

  /** What is held after a ride of the family has been boarded at this minute and paid in full. */
  bought(held: number, family: number, minute: number): number {
    const rest = this.without(held, family, minute);
    const uses = this.scale.transferCount[family]!;
    return uses === 0 ? rest : this.add(family, minute + this.scale.transferMinutes[family]!, uses, rest);
  }

  /** The ticket held on which a ride of the family may be boarded at this minute, or `NO_TICKET`. */
  valid(held: number, family: number, minute: number): number {
    let at = held;
    while (at >= 0 && this.family[at] !== family) at = this.next[at]!;
    return at >= 0 && this.expires[at]! >= minute ? at : NO_TICKET;
  }

  /** What is held after a ride has been boarded on this ticket. */
  used(held: number, ticket: number, minute: number): number {
    const [family, left, expires] = [this.family[ticket]!, this.left[ticket]!, this.expires[ticket]!];
    const rest = this.without(held, family, minute);
    return left === 1 ? rest : this.add(family, expires, left - 1, rest);
  }

  /**
   * The most that someone with the tickets `lost` may still save beyond someone with `kept`, from a minute on in so
   * many rides. Where it is used, the other one pays in full, and then holds a ticket that is no worse.
   */
  advantage(lost: number, kept: number, minute: number, rides: number): number {
    let sum = 0;
    for (let at = lost; at >= 0; at = this.next[at]!) {
      if (this.expires[at]! < minute) continue;
      const family = this.family[at]!;
      let uses = Math.min(this.left[at]!, rides);
      let other = kept;
      while (other >= 0 && this.family[other] !== family) other = this.next[other]!;
      if (other >= 0 && this.expires[other]! >= this.expires[at]!) uses -= this.left[other]!;
      if (uses > 0) sum += uses * this.most[family]!;
    }
    return sum;
  }

  private without(held: number, family: number, minute: number): number {
    if (held < 0) return NO_TICKET;
    const rest = this.without(this.next[held]!, family, minute);
    if (this.family[held] === family || this.expires[held]! < minute) return rest;
    return rest === this.next[held]
      ? held
      : this.add(this.family[held]!, this.expires[held]!, this.left[held]!, rest);
  }

  private add(family: number, expires: number, left: number, next: number): number {
    if (this.count === this.family.length)
      for (const name of ['family', 'expires', 'left', 'next'] as const) {
        const longer = new Int32Array(2 * this.count);
        longer.set(this[name]);
        this[name] = longer;
      }
    const ticket = this.count++;
    this.family[ticket] = family;
    this.expires[ticket] = expires;
    this.left[ticket] = left;
    this.next[ticket] = next;
    return ticket;
  }
}
