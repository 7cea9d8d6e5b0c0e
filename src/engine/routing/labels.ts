import type { Step } from './journey.ts';

/** `how` of the first label of a chain: it stands for an endpoint of the query. */
export const FIRST = -1;
/** `how` of a label at which the traveller stays at a stop on the way: it has no leg. */
export const STAY = -0x40000000;
/** Links are kept as negative numbers below `FIRST`; the same function turns them back. */
export const asLink = (number: number): number => -2 - number;

/**
 * The labels of one search, as columns that grow and are used again: a label is a number. Labels are added
 * round by round; those of earlier rounds are never changed, so a label's chain of parents is a journey.
 */
export class Labels {
  count = 0;
  /** Ready minute at `stop` (forward: earliest; backward: latest). */
  time = new Int32Array(1024);
  stop = new Int32Array(1024);
  /** Label this one was reached from, or -1. */
  parent = new Int32Array(1024);
  /** Run ridden (0 and up), `FIRST`, or a link as `asLink` writes it. */
  how = new Int32Array(1024);
  day = new Uint16Array(1024);
  /** Positions of boarding and alighting; the endpoint's number for the first label of a chain. */
  board = new Uint16Array(1024);
  alight = new Uint16Array(1024);

  clear(): void {
    this.count = 0;
  }

  /** A new label at a stop; the caller writes the other columns. */
  add(stop: number): number {
    if (this.count === this.time.length) this.grow();
    this.stop[this.count] = stop;
    return this.count++;
  }

  /** The legs that lead to a label, the last of them first, and the label at which they begin. */
  chain(label: number): { readonly steps: Step[]; readonly first: number } {
    const { how, day, board, alight, parent } = this;
    const steps: Step[] = [];
    let at = label;
    for (; how[at] !== FIRST; at = parent[at]!)
      steps.push(
        how[at]! >= 0
          ? { run: how[at]!, day: day[at]!, board: board[at]!, alight: alight[at]! }
          : { link: asLink(how[at]!) },
      );
    return { steps, first: at };
  }

  private grow(): void {
    const length = 2 * this.time.length;
    this.time = extended(this.time, new Int32Array(length));
    this.stop = extended(this.stop, new Int32Array(length));
    this.parent = extended(this.parent, new Int32Array(length));
    this.how = extended(this.how, new Int32Array(length));
    this.day = extended(this.day, new Uint16Array(length));
    this.board = extended(this.board, new Uint16Array(length));
    this.alight = extended(this.alight, new Uint16Array(length));
  }
}

function extended<T extends Int32Array | Uint16Array>(old: T, longer: T): T {
  longer.set(old);
  return longer;
}
