import type { Endpoint } from './query.ts';

/** Per stop: the quickest of a query's endpoints. Used again by every query: forget what was noted. */
export class Nearest {
  /** Minutes, or -1 where there is no endpoint. */
  readonly minutes: Int32Array;
  /** The endpoint's number in the list. */
  readonly number: Int32Array;

  constructor(stopCount: number) {
    this.minutes = new Int32Array(stopCount).fill(-1);
    this.number = new Int32Array(stopCount);
  }

  note(endpoints: readonly Endpoint[]): void {
    endpoints.forEach(({ stop, minutes }, number) => {
      const known = this.minutes[stop]!;
      if (known >= 0 && known <= minutes) return;
      this.minutes[stop] = minutes;
      this.number[stop] = number;
    });
  }

  forget(endpoints: readonly Endpoint[]): void {
    for (const { stop } of endpoints) this.minutes[stop] = -1;
  }
}
