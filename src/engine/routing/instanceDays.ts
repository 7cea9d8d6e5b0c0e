/**
 * A set of instances (a run on one of its service days), one bit each: 32 service days a run. On one day of the
 * timeline at most 25 service days have hops (runs last up to 22 days and 18 hours, and service days start less than
 * a day from midnight UTC), so bits are used again as a scan goes on.
 */
export class InstanceDays {
  /** For loops without calls: the bit of an instance is `bits[run] >>> (day & 31)`. */
  readonly bits: Int32Array;
  private turned = 0;

  constructor(runs: number) {
    this.bits = new Int32Array(runs);
  }

  clear(): void {
    this.bits.fill(0);
    this.turned = 0;
  }

  has(run: number, day: number): boolean {
    return ((this.bits[run]! >>> (day & 31)) & 1) === 1;
  }

  add(run: number, day: number): void {
    this.bits[run]! |= 1 << (day & 31);
  }

  /** The scan goes on to a day of the timeline on which instances of service day `day` are met for the first time. */
  turn(day: number): void {
    // The bits of the first seven days have never been used.
    if (++this.turned < FREE_DAYS) return;
    const { bits } = this;
    const others = ~(1 << (day & 31));
    for (let run = 0; run < bits.length; run++) bits[run]! &= others;
  }
}

/** 32 bits less the 25 service days of the first day. */
const FREE_DAYS = 7;
