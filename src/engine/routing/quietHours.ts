import type { NetworkImage } from '../timetable/image.ts';
import { NONE } from './instances.ts';
import type { Instances } from './instances.ts';
import type { QuietSpan } from './query.ts';

/**
 * The hours of a query in which no ride is boarded. Minutes of the day are counted from the start of the service day
 * of the stop's zone (noon minus 12 hours), so they are the wall clock, except between midnight and the change in
 * the two nights a year in which clocks change.
 */
export class QuietHours {
  private readonly dayCount: number;
  private readonly dayStart: Int32Array;
  private readonly stopZone: Uint16Array;
  private from = 0;
  private length = 0;

  constructor(image: NetworkImage) {
    this.dayCount = image.dayCount;
    ({ dayStart: this.dayStart, stopZone: this.stopZone } = image.views);
  }

  /** Takes the hours of a query. Answers whether there are any: without them there is nothing to ask. */
  set(span: QuietSpan | undefined): boolean {
    this.from = span?.from ?? 0;
    this.length = span ? (span.to - span.from + 1440) % 1440 : 0;
    return span !== undefined;
  }

  /** The first timeline minute, `minute` or later, at which a ride may be boarded at a stop. */
  after(stop: number, minute: number): number {
    let at = minute;
    // Again where clocks change: the end of the quiet hours may fall into those of the day that follows.
    for (let passed = this.passed(stop, at); passed >= 0; passed = this.passed(stop, at))
      at += this.length - passed;
    return at;
  }

  /** The last timeline minute, `minute` or earlier, at which a ride may be boarded at a stop. */
  before(stop: number, minute: number): number {
    let at = minute;
    for (let passed = this.passed(stop, at); passed >= 0; passed = this.passed(stop, at)) at -= passed + 1;
    return at;
  }

  /** Minutes since the quiet hours have begun; -1 outside of them. */
  private passed(stop: number, minute: number): number {
    const since = (this.minuteOfDay(stop, minute) - this.from + 1440) % 1440;
    return since < this.length ? since : -1;
  }

  private minuteOfDay(stop: number, minute: number): number {
    const { dayStart, dayCount } = this;
    const zone = this.stopZone[stop]! * dayCount;
    let day = Math.floor((minute - dayStart[zone]!) / 1440);
    day = day < 0 ? 0 : day < dayCount ? day : dayCount - 1;
    // Where clocks change, days are not all 1440 minutes long.
    if (day > 0 && dayStart[zone + day]! > minute) day--;
    else if (day < dayCount - 1 && dayStart[zone + day + 1]! <= minute) day++;
    const passed = (minute - dayStart[zone + day]!) % 1440;
    return passed < 0 ? passed + 1440 : passed;
  }

  /** The first instance that departs from a stop at `earliest` or later outside of the quiet hours, or `NONE`. */
  firstBoarded(
    instances: Instances,
    stop: number,
    column: number,
    runs: number,
    firstRun: number,
    zone: number,
    earliest: number,
  ): number {
    let at = earliest;
    for (;;) {
      const instance = instances.departing(column, runs, firstRun, zone, at);
      if (instance === NONE) return NONE;
      const departure = instances.departureOf(instance, column, runs, zone);
      at = this.after(stop, departure);
      if (at === departure) return instance;
    }
  }

  /** The last instance that departs from a stop at `latest` or earlier outside of the quiet hours, or `NONE`. */
  lastBoarded(
    instances: Instances,
    stop: number,
    column: number,
    runs: number,
    firstRun: number,
    zone: number,
    latest: number,
  ): number {
    let at = latest;
    for (;;) {
      const instance = instances.departedBy(column, runs, firstRun, zone, at);
      if (instance === NONE) return NONE;
      const departure = instances.departureOf(instance, column, runs, zone);
      at = this.before(stop, departure);
      if (at === departure) return instance;
    }
  }
}
