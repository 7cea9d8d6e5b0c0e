/** Fewer units than one of so many are ridden as they come: then most of memory is passed over anyway. */
const SPARSE = 16;

/** The units to ride in a round, each from the call at which it is entered. */
export class UnitQueue {
  /** The first `count` are queued. */
  readonly units: Int32Array;
  count = 0;
  /** Per unit: the call at which it is entered; -1 when it is not queued. */
  private readonly entry: Int32Array;

  constructor(unitCount: number) {
    this.units = new Int32Array(unitCount);
    this.entry = new Int32Array(unitCount).fill(-1);
  }

  entryOf(unit: number): number {
    return this.entry[unit]!;
  }

  /** Queues a unit, or moves its entry. */
  enter(unit: number, call: number): void {
    if (this.entry[unit]! < 0) this.units[this.count++] = unit;
    this.entry[unit] = call;
  }

  /** Takes a unit's entry; when all have been taken, `empty` makes room. */
  take(unit: number): number {
    const call = this.entry[unit]!;
    this.entry[unit] = -1;
    return call;
  }

  empty(): void {
    this.count = 0;
  }

  /**
   * Orders the units from the end of memory: bounds are ridden back, so that all calls are read in one direction. On
   * all Indian rail that takes a twentieth off a priced search.
   */
  order(): void {
    const { units, entry, count } = this;
    if (count * SPARSE < entry.length) return;
    for (let unit = entry.length - 1, next = 0; next < count; unit--)
      if (entry[unit]! >= 0) units[next++] = unit;
  }
}
