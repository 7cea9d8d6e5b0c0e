/**
 * The calls of all runs as columns: the one table of a feed too large for objects. Appended in file order with
 * `CallBuilder`, then ordered by run and `stop_sequence`.
 */
export interface CallColumns {
  /** Rows of trip t: `offsets[t]` to `offsets[t + 1]`. */
  readonly offsets: Uint32Array;
  readonly stop: Uint32Array;
  /** Minutes from service-day start, or `UNTIMED`. */
  readonly arrival: Int32Array;
  readonly departure: Int32Array;
  /** `shape_dist_traveled` in the feed's own unit, or NaN. */
  readonly distance: Float32Array;
  /** As `StopTimeColumns.flags` of the engine. */
  readonly flags: Uint8Array;
  readonly sequence: Uint32Array;
  /** Line in `stop_times.txt`, or 0. */
  readonly line: Uint32Array;
}

export const UNTIMED = -1;

const START_CAPACITY = 4096;

type Column = Uint32Array | Int32Array | Float32Array | Uint8Array;

export class CallBuilder {
  length = 0;
  #trip = new Uint32Array(START_CAPACITY);
  #stop = new Uint32Array(START_CAPACITY);
  #arrival = new Int32Array(START_CAPACITY);
  #departure = new Int32Array(START_CAPACITY);
  #distance = new Float32Array(START_CAPACITY);
  #flags = new Uint8Array(START_CAPACITY);
  #sequence = new Uint32Array(START_CAPACITY);
  #line = new Uint32Array(START_CAPACITY);

  add(
    trip: number,
    sequence: number,
    stop: number,
    arrival: number,
    departure: number,
    distance: number,
    flags: number,
    line: number,
  ): void {
    const at = this.length++;
    if (at === this.#trip.length) this.#grow();
    this.#trip[at] = trip;
    this.#sequence[at] = sequence;
    this.#stop[at] = stop;
    this.#arrival[at] = arrival;
    this.#departure[at] = departure;
    this.#distance[at] = distance;
    this.#flags[at] = flags;
    this.#line[at] = line;
  }

  /** Orders by trip, then `stop_sequence`. The builder is used up afterwards. */
  finish(tripCount: number): CallColumns {
    const offsets = this.#offsets(tripCount);
    const length = this.length;
    const order = this.#isOrdered() ? null : this.#order(offsets);
    this.#trip = new Uint32Array(0);
    // One column after the other: of ten million calls only one column is there twice at any time.
    const take = <T extends Column>(column: T, release: () => void): T => {
      const ordered = order === null ? (column.subarray(0, length) as T) : permuted(column, order);
      release();
      return ordered;
    };
    const columns = {
      offsets,
      stop: take(this.#stop, () => (this.#stop = new Uint32Array(0))),
      arrival: take(this.#arrival, () => (this.#arrival = new Int32Array(0))),
      departure: take(this.#departure, () => (this.#departure = new Int32Array(0))),
      distance: take(this.#distance, () => (this.#distance = new Float32Array(0))),
      flags: take(this.#flags, () => (this.#flags = new Uint8Array(0))),
      sequence: take(this.#sequence, () => (this.#sequence = new Uint32Array(0))),
      line: take(this.#line, () => (this.#line = new Uint32Array(0))),
    };
    this.length = 0;
    return columns;
  }

  /** Feeds that are written trip by trip need no other order. */
  #isOrdered(): boolean {
    const [trip, sequence] = [this.#trip, this.#sequence];
    for (let i = 1; i < this.length; i++)
      if (trip[i]! < trip[i - 1]! || (trip[i] === trip[i - 1] && sequence[i]! < sequence[i - 1]!))
        return false;
    return true;
  }

  #offsets(tripCount: number): Uint32Array {
    const offsets = new Uint32Array(tripCount + 1);
    for (let i = 0; i < this.length; i++) offsets[this.#trip[i]! + 1]!++;
    for (let t = 0; t < tripCount; t++) offsets[t + 1]! += offsets[t]!;
    return offsets;
  }

  /** Counting sort by trip; feeds are nearly always in sequence already, so only the others are sorted. */
  #order(offsets: Uint32Array): Uint32Array {
    const order = new Uint32Array(this.length);
    const next = offsets.slice();
    for (let i = 0; i < this.length; i++) order[next[this.#trip[i]!]!++] = i;
    const sequence = this.#sequence;
    for (let t = 0; t + 1 < offsets.length; t++) {
      const rows = order.subarray(offsets[t], offsets[t + 1]);
      let sorted = true;
      for (let i = 1; i < rows.length && sorted; i++) sorted = sequence[rows[i - 1]!]! <= sequence[rows[i]!]!;
      if (!sorted) rows.sort((a, b) => sequence[a]! - sequence[b]! || a - b);
    }
    return order;
  }

  #grow(): void {
    this.#trip = doubled(this.#trip);
    this.#stop = doubled(this.#stop);
    this.#arrival = doubled(this.#arrival);
    this.#departure = doubled(this.#departure);
    this.#distance = doubled(this.#distance);
    this.#flags = doubled(this.#flags);
    this.#sequence = doubled(this.#sequence);
    this.#line = doubled(this.#line);
  }
}

function doubled<T extends Column>(column: T): T {
  const next = new (column.constructor as new (length: number) => T)(column.length * 2);
  next.set(column);
  return next;
}

function permuted<T extends Column>(column: T, order: Uint32Array): T {
  const next = new (column.constructor as new (length: number) => T)(order.length);
  for (let i = 0; i < order.length; i++) next[i] = column[order[i]!]!;
  return next;
}

/** The calls with `keep[i]` set, in the same order. */
export function selectCalls(calls: CallColumns, keep: Uint8Array): CallColumns {
  const offsets = new Uint32Array(calls.offsets.length);
  let kept = 0;
  for (let t = 0; t + 1 < calls.offsets.length; t++) {
    for (let i = calls.offsets[t]!; i < calls.offsets[t + 1]!; i++) kept += keep[i]!;
    offsets[t + 1] = kept;
  }
  const order = new Uint32Array(kept);
  let at = 0;
  for (let i = 0; i < keep.length; i++) if (keep[i] === 1) order[at++] = i;
  return {
    offsets,
    stop: permuted(calls.stop, order),
    arrival: permuted(calls.arrival, order),
    departure: permuted(calls.departure, order),
    distance: permuted(calls.distance, order),
    flags: permuted(calls.flags, order),
    sequence: permuted(calls.sequence, order),
    line: permuted(calls.line, order),
  };
}
