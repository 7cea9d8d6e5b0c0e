import type { Query } from './query.ts';

/** Units of work (patterns scanned) between two looks at the clock. */
const UNITS_BETWEEN_LOOKS = 64;

/** Asks a query's `expired`, but not after every unit of work. */
export class Deadline {
  /** Whether the search was cut. */
  passed = false;
  private expired: (() => boolean) | undefined;
  private unitsLeft = 0;

  /** Begins a search. */
  start(query: Query): void {
    this.expired = query.expired;
    this.passed = false;
    this.unitsLeft = 0;
  }

  /** To be called for every unit of work; true when the search must end. */
  reached(): boolean {
    if (this.expired === undefined || this.passed) return this.passed;
    if (--this.unitsLeft > 0) return false;
    this.unitsLeft = UNITS_BETWEEN_LOOKS;
    return (this.passed = this.expired());
  }
}
