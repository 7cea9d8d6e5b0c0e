import type { NetworkImage } from '../timetable/image.ts';
import { modeBit } from '../timetable/modes.ts';
import { head } from './patternColumns.ts';
import type { PatternColumns } from './patternColumns.ts';

/** The patterns to scan in a round, each from the call at which it is entered. */
export class PatternQueue {
  /** The first `count` are queued. */
  readonly patterns: Int32Array;
  count = 0;
  private readonly entry: Int32Array;
  private readonly columns: PatternColumns;
  private readonly boardings: readonly [Uint32Array, Uint32Array, Uint16Array];
  private readonly alightings: readonly [Uint32Array, Uint32Array, Uint16Array];

  constructor(image: NetworkImage, columns: PatternColumns) {
    const { views } = image;
    this.columns = columns;
    this.patterns = new Int32Array(image.patternCount);
    this.entry = new Int32Array(image.patternCount).fill(-1);
    this.boardings = [views.boardings, views.boardingPattern, views.boardingPosition];
    this.alightings = [views.alightings, views.alightingPattern, views.alightingPosition];
  }

  /** Queues what can be boarded at the first `marked` of the stops, from its first such call on. */
  fillForward(stops: Int32Array, marked: number, modes: number): void {
    const { entry } = this;
    const [rows, patterns, positions] = this.boardings;
    for (let m = 0; m < marked; m++) {
      const stop = stops[m]!;
      for (let b = rows[stop]!; b < rows[stop + 1]!; b++) {
        const pattern = patterns[b]!;
        const known = entry[pattern]!;
        if (known < 0) this.add(pattern, positions[b]!, modes);
        else if (positions[b]! < known) entry[pattern] = positions[b]!;
      }
    }
  }

  /** Queues what can be alighted from at the first `marked` of the stops, from its last such call back. */
  fillBackward(stops: Int32Array, marked: number, modes: number): void {
    const { entry } = this;
    const [rows, patterns, positions] = this.alightings;
    for (let m = 0; m < marked; m++) {
      const stop = stops[m]!;
      for (let a = rows[stop]!; a < rows[stop + 1]!; a++) {
        const pattern = patterns[a]!;
        const known = entry[pattern]!;
        if (known < 0) this.add(pattern, positions[a]!, modes);
        else if (positions[a]! > known) entry[pattern] = positions[a]!;
      }
    }
  }

  /** The call at which a pattern is entered; -1 when it is not queued. */
  entryOf(pattern: number): number {
    return this.entry[pattern]!;
  }

  /** Queues a pattern, or moves its entry. */
  enter(pattern: number, call: number): void {
    if (this.entry[pattern]! < 0) this.patterns[this.count++] = pattern;
    this.entry[pattern] = call;
  }

  /** Takes a pattern's entry; the queue is empty when all have been taken and `count` is 0 again. */
  take(pattern: number): number {
    const call = this.entry[pattern]!;
    this.entry[pattern] = -1;
    return call;
  }

  private add(pattern: number, call: number, modes: number): void {
    if (!(modes & modeBit(this.columns.head[pattern * head.size + head.mode]!))) return;
    this.patterns[this.count++] = pattern;
    this.entry[pattern] = call;
  }
}
