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

  clear(): void {
    this.count = 0;
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
    return label;
  }

  /** Whether a label of the list is neither later nor dearer than this. */
  covers(head: Int32Array, next: Int32Array, stop: number, ready: number, price: number): boolean {
    for (let at = head[stop]!; at >= 0 && this.ready[at]! <= ready; at = next[at]!)
      if (this.price[at]! <= price) return true;
    return false;
  }

  /** Puts a label in its place in the list of its stop and takes out those that it makes useless. */
  insert(head: Int32Array, next: Int32Array, label: number): void {
    const stop = this.stop[label]!;
    const ready = this.ready[label]!;
    const price = this.price[label]!;
    let before = -1;
    let at = head[stop]!;
    for (; at >= 0 && this.ready[at]! < ready; at = next[at]!) before = at;
    while (at >= 0 && this.price[at]! >= price) at = next[at]!;
    next[label] = at;
    if (before < 0) head[stop] = label;
    else next[before] = label;
  }

  private grow(): void {
    const length = 2 * this.ready.length;
    const columns = ['ready', 'stop', 'parent', 'how', 'instance', 'next', 'nextRide'] as const;
    for (const name of columns) {
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
