import type { NetworkImage } from '../timetable/image.ts';
import { NO_DAY } from '../timetable/layout.ts';

/** The columns in which instances are looked for: those of an image, or others arranged like them. */
export interface InstanceColumns {
  readonly runService: Uint32Array;
  readonly arrival: Int16Array;
  readonly departure: Int16Array;
}

/** No instance to be had. */
export const NONE = -1;

/**
 * Finds instances of a pattern: a run on one of its service days, given as `day * runs of the pattern + run`.
 * By the rule of patterns (see patterns.ts) that number orders the instances at every stop alike, so the
 * first one caught is the best, and a smaller number is never worse.
 *
 * The day is derived from the call's own minute: a run on its third day is looked for three days back.
 */
export class Instances {
  private readonly dayCount: number;
  private readonly dayStart: Int32Array;
  private readonly nextDay: Uint16Array;
  private readonly previousDay: Uint16Array;
  private readonly runService: Uint32Array;
  private readonly arrival: Int16Array;
  private readonly departure: Int16Array;

  constructor(image: NetworkImage, columns: InstanceColumns = image.views) {
    this.dayCount = image.dayCount;
    ({ dayStart: this.dayStart, nextDay: this.nextDay, previousDay: this.previousDay } = image.views);
    ({ runService: this.runService, arrival: this.arrival, departure: this.departure } = columns);
  }

  /**
   * The first instance that departs at `earliest` or later. `column`: first of the position's times;
   * `runs`: number of runs; `firstRun`: the pattern's first run; `zone`: first of the zone's day starts.
   */
  departing(column: number, runs: number, firstRun: number, zone: number, earliest: number): number {
    const { departure, runService, nextDay } = this;
    const width = this.dayCount + 1;
    const day = this.firstDayAt(zone, earliest - departure[column + runs - 1]!);
    if (day === this.dayCount) return NONE;
    if (runs === 1) {
      const next = nextDay[runService[firstRun]! * width + day]!;
      return next === NO_DAY ? NONE : next;
    }
    const minute = earliest - this.dayStart[zone + day]!;
    let low = 0;
    let high = runs - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (departure[column + middle]! < minute) low = middle + 1;
      else high = middle;
    }
    for (let run = low; run < runs; run++)
      if (nextDay[runService[firstRun + run]! * width + day] === day) return day * runs + run;
    let best = NO_DAY;
    let bestRun = 0;
    for (let run = 0; run < runs && best > day + 1; run++) {
      const next = nextDay[runService[firstRun + run]! * width + day + 1]!;
      if (next < best) {
        best = next;
        bestRun = run;
      }
    }
    return best === NO_DAY ? NONE : best * runs + bestRun;
  }

  /** The last instance that arrives at `latest` or earlier; parameters as above. */
  arriving(column: number, runs: number, firstRun: number, zone: number, latest: number): number {
    return this.last(this.arrival, column, runs, firstRun, zone, latest);
  }

  /** The last instance that departs at `latest` or earlier; parameters as above. */
  departedBy(column: number, runs: number, firstRun: number, zone: number, latest: number): number {
    return this.last(this.departure, column, runs, firstRun, zone, latest);
  }

  /** The timeline minute at which an instance departs. */
  departureOf(instance: number, column: number, runs: number, zone: number): number {
    const run = instance % runs;
    return this.dayStart[zone + (instance - run) / runs]! + this.departure[column + run]!;
  }

  private last(
    times: Int16Array,
    column: number,
    runs: number,
    firstRun: number,
    zone: number,
    latest: number,
  ): number {
    const { runService, previousDay } = this;
    const width = this.dayCount + 1;
    const day = this.lastDayAt(zone, latest - times[column]!);
    if (day < 0) return NONE;
    if (runs === 1) {
      const previous = previousDay[runService[firstRun]! * width + day]!;
      return previous === NO_DAY ? NONE : previous;
    }
    const minute = latest - this.dayStart[zone + day]!;
    let low = 0;
    let high = runs - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (times[column + middle]! > minute) high = middle - 1;
      else low = middle;
    }
    for (let run = low; run >= 0; run--)
      if (previousDay[runService[firstRun + run]! * width + day] === day) return day * runs + run;
    if (day === 0) return NONE;
    let best = -1;
    let bestRun = 0;
    for (let run = runs - 1; run >= 0 && best < day - 1; run--) {
      const previous = previousDay[runService[firstRun + run]! * width + day - 1]!;
      if (previous !== NO_DAY && previous > best) {
        best = previous;
        bestRun = run;
      }
    }
    return best < 0 ? NONE : best * runs + bestRun;
  }

  /** The first day that starts at `minute` or later; the number of days when none does. */
  private firstDayAt(zone: number, minute: number): number {
    const { dayStart, dayCount } = this;
    const passed = minute - dayStart[zone]!;
    if (passed <= 0) return 0;
    let day = ((passed + 1439) / 1440) | 0;
    if (day > dayCount) day = dayCount;
    // Where clocks change, days are not all 1440 minutes long.
    while (day > 0 && dayStart[zone + day - 1]! >= minute) day--;
    while (day < dayCount && dayStart[zone + day]! < minute) day++;
    return day;
  }

  /** The last day that starts at `minute` or earlier; -1 when none does. */
  private lastDayAt(zone: number, minute: number): number {
    const { dayStart, dayCount } = this;
    const passed = minute - dayStart[zone]!;
    if (passed < 0) return -1;
    let day = (passed / 1440) | 0;
    if (day >= dayCount) day = dayCount - 1;
    while (day >= 0 && dayStart[zone + day]! > minute) day--;
    while (day < dayCount - 1 && dayStart[zone + day + 1]! <= minute) day++;
    return day;
  }
}
