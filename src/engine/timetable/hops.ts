import type { ZoneInput } from './input.ts';
import { NO_BOARDING } from './input.ts';
import { cellCount } from './layout.ts';
import type { Views } from './layout.ts';

/**
 * The order in which the connection scans read the timetable: every hop of every run, from one call to the next, by
 * the minute of the UTC day at which it departs, and within a minute by the cell of its stop (see `cells.ts`). A day of the timeline is one turn through it: on that day the hop
 * is that of the service day `hopDay` says, if the run runs then, and no hop is kept once for every day.
 *
 * Where clocks change within the calendar, a service day begins at another UTC minute: each hop of the zone is there
 * once for every such minute, and a scan takes the one that fits the service day.
 */
export const hopBits = {
  /** Days from the service day to the day of the timeline, plus 1: 0 to 24. */
  days: 31,
  noBoarding: 32,
  /** It arrives in the minute in which it departs. */
  instant: 64,
} as const;

const MINUTES = 1440;

/** Minutes from midnight UTC to the start of a service day, each that occurs in the zone's calendar once. */
export function dayOffsets({ dayStart }: Pick<ZoneInput, 'dayStart'>): number[] {
  return [...new Set(dayStart.map((start, day) => start - MINUTES * day))];
}

/** Fills the hop columns: a counting sort by minute and cell, stable, so that a run's hops within a cell keep their order. */
export function fillHops(views: Views, offsetsOfZone: readonly (readonly number[])[]): void {
  const { hops, departure, callStop, stopCell } = views;
  const cells = cellCount(stopCell.length);
  const slot = (minute: number, call: number): number =>
    minuteOf(minute) * cells + stopCell[callStop[call]!]!;
  forEachHop(views, offsetsOfZone, (at, call, offset) => {
    hops[slot(offset + departure[at]!, call) + 1]!++;
  });
  for (let at = 1; at < hops.length; at++) hops[at]! += hops[at - 1]!;
  const next = hops.slice();
  const { hopFrom, hopRun, hopCall, hopDay, callFlags, arrival } = views;
  forEachHop(views, offsetsOfZone, (at, call, offset, run, position, runs) => {
    const minute = offset + departure[at]!;
    const hop = next[slot(minute, call)]!++;
    hopFrom[hop] = callStop[call]!;
    hopRun[hop] = run;
    hopCall[hop] = position;
    hopDay[hop] =
      (Math.floor(minute / MINUTES) + 1) |
      (callFlags[call]! & NO_BOARDING ? hopBits.noBoarding : 0) |
      (arrival[at + runs] === departure[at] ? hopBits.instant : 0);
  });
}

const minuteOf = (minute: number): number => ((minute % MINUTES) + MINUTES) % MINUTES;

/** `at`: where the times of the hop's first call stand; `runs`: how far on those of the next call stand. */
function forEachHop(
  views: Views,
  offsetsOfZone: readonly (readonly number[])[],
  visit: (at: number, call: number, offset: number, run: number, position: number, runs: number) => void,
): void {
  const { patternCalls, patternRuns, patternTimes, patternZone } = views;
  for (let pattern = 0; pattern < patternZone.length; pattern++) {
    const first = patternRuns[pattern]!;
    const runs = patternRuns[pattern + 1]! - first;
    const calls = patternCalls[pattern]!;
    const last = patternCalls[pattern + 1]! - calls - 1;
    for (const offset of offsetsOfZone[patternZone[pattern]!]!)
      for (let run = 0; run < runs; run++)
        for (let position = 0; position < last; position++)
          visit(
            patternTimes[pattern]! + position * runs + run,
            calls + position,
            offset,
            first + run,
            position,
            runs,
          );
  }
}
