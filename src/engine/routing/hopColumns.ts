import type { NetworkImage } from '../timetable/image.ts';
import { cellCount } from '../timetable/layout.ts';
import { head, PatternColumns } from './patternColumns.ts';

/** The columns that the connection scans read, as plain fields, which the JIT reads fastest. */
export class HopColumns {
  readonly patterns: PatternColumns;
  readonly dayCount: number;
  /** The last timeline minute at which anything departs, or before it. */
  readonly lastMinute: number;
  readonly hops: Uint32Array;
  readonly cells: number;
  readonly stopCell: Uint8Array;
  readonly from: Uint32Array;
  readonly run: Uint32Array;
  readonly call: Uint16Array;
  readonly day: Uint8Array;
  /** Hops in the busiest minute. */
  readonly mostAtOnce: number;
  /** Whether a service day of some zone starts at another UTC minute than its others: then see `hops.ts`. */
  readonly clocksChange: boolean;
  private readonly nextDay: Uint16Array;
  /** Per run, side by side: where the head of its pattern stands in `patterns.head`, and its row in `nextDay`. */
  private readonly runs: Int32Array;

  constructor(image: NetworkImage) {
    const { views } = image;
    this.patterns = new PatternColumns(image);
    this.dayCount = image.dayCount;
    const lookBack = image.stats().lookBackDays;
    // Service days start less than a day from midnight UTC.
    this.lastMinute = (image.dayCount + lookBack + 1) * 1440;
    ({
      hops: this.hops,
      stopCell: this.stopCell,
      hopFrom: this.from,
      hopRun: this.run,
      hopCall: this.call,
      hopDay: this.day,
      nextDay: this.nextDay,
    } = views);
    this.cells = cellCount(image.stopCount);
    const { runPattern, runService, patternZone } = views;
    this.runs = new Int32Array(2 * image.runCount);
    for (let run = 0; run < image.runCount; run++) {
      this.runs[2 * run] = runPattern[run]! * head.size;
      this.runs[2 * run + 1] = runService[run]! * (image.dayCount + 1);
    }
    const { dayStart } = this.patterns;
    this.clocksChange = patternZone.some((zone) => {
      const first = zone * image.dayCount;
      for (let day = 1; day < image.dayCount; day++)
        if (dayStart[first + day]! - dayStart[first]! !== 1440 * day) return true;
      return false;
    });
    let most = 0;
    for (let minute = 0; minute < 1440; minute++)
      most = Math.max(most, this.hops[(minute + 1) * this.cells]! - this.hops[minute * this.cells]!);
    this.mostAtOnce = most;
  }

  /** Where the head of a run's pattern stands in `patterns.head`. */
  headOf(run: number): number {
    return this.runs[2 * run]!;
  }

  isActive(run: number, day: number): boolean {
    if (day < 0 || day >= this.dayCount) return false;
    return this.nextDay[this.runs[2 * run + 1]! + day] === day;
  }
}
