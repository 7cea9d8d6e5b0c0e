/** Stops of a network, in the order in which they were added; emptied in the time that filling it took. */
export class StopSet {
  readonly list: Int32Array;
  count = 0;
  private readonly flags: Uint8Array;

  constructor(stopCount: number) {
    this.list = new Int32Array(stopCount);
    this.flags = new Uint8Array(stopCount);
  }

  add(stop: number): void {
    if (this.flags[stop] === 1) return;
    this.flags[stop] = 1;
    this.list[this.count++] = stop;
  }

  has(stop: number): boolean {
    return this.flags[stop] === 1;
  }

  clear(): void {
    for (let at = 0; at < this.count; at++) this.flags[this.list[at]!] = 0;
    this.count = 0;
  }
}
