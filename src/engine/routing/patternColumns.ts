import type { NetworkImage } from '../timetable/image.ts';
import { NEVER } from './query.ts';

/** Entries of a pattern in `PatternColumns.head`. */
export const head = {
  calls: 0,
  length: 1,
  firstRun: 2,
  runs: 3,
  times: 4,
  zone: 5,
  mode: 6,
  size: 8,
} as const;

/** The columns that a search reads for every pattern it scans, as plain fields, which the JIT reads fastest. */
export class PatternColumns {
  readonly callStop: Uint32Array;
  readonly callFlags: Uint8Array;
  readonly arrival: Int16Array;
  readonly departure: Int16Array;
  readonly dayStart: Int32Array;
  readonly dayCount: number;
  /**
   * Per pattern, side by side in one cache line: first call, number of calls, first run, number of runs, first
   * time, first of the zone's day starts, mode.
   */
  readonly head: Int32Array;

  constructor(image: NetworkImage) {
    const { views } = image;
    this.dayCount = image.dayCount;
    ({
      callStop: this.callStop,
      callFlags: this.callFlags,
      arrival: this.arrival,
      departure: this.departure,
      dayStart: this.dayStart,
    } = views);
    const { patternCalls, patternRuns, patternTimes, patternZone, patternMode } = views;
    this.head = new Int32Array(image.patternCount * head.size);
    for (let pattern = 0; pattern < image.patternCount; pattern++)
      this.head.set(
        [
          patternCalls[pattern]!,
          patternCalls[pattern + 1]! - patternCalls[pattern]!,
          patternRuns[pattern]!,
          patternRuns[pattern + 1]! - patternRuns[pattern]!,
          patternTimes[pattern]!,
          patternZone[pattern]! * image.dayCount,
          patternMode[pattern]!,
        ],
        pattern * head.size,
      );
  }
}

/**
 * When the instance after one arrives at a call, whether or not it runs: one who must be there before has nothing later
 * to arrive by. The parameters are those of `leftBefore`.
 */
export function arrivesAfter(
  columns: PatternColumns,
  column: number,
  runs: number,
  zone: number,
  start: number,
  day: number,
  run: number,
): number {
  if (run + 1 < runs) return start + columns.arrival[column + run + 1]!;
  return day + 1 < columns.dayCount ? columns.dayStart[zone + day + 1]! + columns.arrival[column]! : NEVER;
}

/**
 * When the instance before one has left a call, whether or not it runs: a traveller who is ready only later has
 * nothing earlier to catch there, and most often no look-up is needed. `column`, `runs`, `zone`: as for
 * `Instances.departing`; `start`, `day`, `run`: of the instance.
 */
export function leftBefore(
  columns: PatternColumns,
  column: number,
  runs: number,
  zone: number,
  start: number,
  day: number,
  run: number,
): number {
  if (run > 0) return start + columns.departure[column + run - 1]!;
  return day > 0 ? columns.dayStart[zone + day - 1]! + columns.departure[column + runs - 1]! : -NEVER;
}
