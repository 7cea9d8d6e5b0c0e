import { NEVER } from './query.ts';

/** When nothing opens, cells are looked at again after so many minutes: by then some lead nowhere in time. */
const MINUTES_BETWEEN_LOOKS = 15;

/**
 * The cells of stops (see `cells.ts`) whose hops the scan looks at: with a stop where a ride might be boarded by now,
 * and from where the destination can still be reached in time.
 */
export class OpenCells {
  /** Cells `ranges[2 * n]` to before `ranges[2 * n + 1]`, as many as `rangeCount`. */
  readonly ranges: Int32Array;
  rangeCount = 0;
  /** The minute at which `ranges` are to be found again. */
  due = 0;
  /** Per cell: the minute from which on a ride might be boarded, or NEVER. */
  private readonly from: Int32Array;
  private readonly stopCell: Uint8Array;

  constructor(cells: number, stopCell: Uint8Array) {
    this.ranges = new Int32Array(cells + 1);
    this.from = new Int32Array(cells);
    this.stopCell = stopCell;
  }

  /** None, until stops open; they are looked at anew. */
  clear(): void {
    this.from.fill(NEVER);
    this.due = -NEVER;
    this.rangeCount = 0;
  }

  /** A ride might be boarded at a stop from a minute on. */
  open(stop: number, minute: number): void {
    const cell = this.stopCell[stop]!;
    if (minute >= this.from[cell]!) return;
    this.from[cell] = minute;
    if (minute < this.due) this.due = minute;
  }

  /** `least`: minutes that it takes at least from the cells to the destination, from place `first` on. */
  look(now: number, latest: number, least: Int32Array, first: number): void {
    const { from, ranges } = this;
    this.due = now + MINUTES_BETWEEN_LOOKS;
    let count = 0;
    let end = -1;
    for (let cell = 0; cell < from.length; cell++) {
      if (from[cell]! > now) {
        if (from[cell]! < this.due) this.due = from[cell]!;
        continue;
      }
      if (now + least[first + cell]! > latest) continue;
      if (end !== cell) {
        ranges[2 * count] = cell;
        count++;
      }
      end = cell + 1;
      ranges[2 * count - 1] = end;
    }
    this.rangeCount = count;
  }
}
