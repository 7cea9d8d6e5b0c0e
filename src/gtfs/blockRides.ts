import { ESTIMATED } from '../engine/timetable/input.ts';
import { modeOfRouteType } from '../engine/timetable/modes.ts';
import { type CallColumns, UNTIMED } from './calls.ts';
import { distanceUnit, wayKilometres } from './distance.ts';
import type { Feed, Frequency } from './feed.ts';
import { NoticeLog } from './notice.ts';
import { LEAST_KM, rideSpeeds } from './speeds.ts';

const SECONDS = 60;
/** Blocks are written as 05:00:00 to 08:00:00 or to 07:59:59, and times are cut to minutes. */
const SLACK_MINUTES = 1;

/**
 * Some feeds write the end of a frequency block as the arrival of its trip: "every 6 minutes from 5 to 8" becomes a
 * metro ride of three hours. A ride exactly as long as its block and slower than its mode can be gets times by
 * distance at the mode's typical speed, from its own first departure, and a notice. Either sign alone may be true:
 * a ride of an hour in a block of an hour, a bus behind a procession. Changes `feed.calls` in place.
 */
export function retimeBlockRides(feed: Feed, log: NoticeLog): void {
  const { arrival, departure } = feed.calls;
  let unit: number | null | undefined;
  for (const [trip, blocks] of Map.groupBy(feed.frequencies, (frequency) => frequency.trip)) {
    const speeds = rideSpeeds[modeOfRouteType(feed.routes[feed.trips[trip]!.route]!.type)];
    const ends = timedEnds(feed.calls, trip);
    if (speeds === undefined || ends === null) continue;
    const { first, last } = ends;
    const minutes = arrival[last]! - departure[first]!;
    if (!isAsLongAsBlock(minutes, blocks)) continue;
    // The notice about the unit is given once, when the timetable is built.
    unit = unit === undefined ? distanceUnit(feed, new NoticeLog(feed.name)) : unit;
    const km = wayKilometres(feed, unit, trip, first, last + 1);
    const total = km?.at(-1) ?? 0;
    if (km === null || total <= LEAST_KM || (total * 60) / minutes >= speeds.slowest) continue;
    tell(feed, trip, last, minutes, total, speeds.typical, log);
    retime(feed.calls, first, km, speeds.typical);
  }
}

/** First and last timed call; `null` when they are one or none. */
function timedEnds({ offsets, arrival }: CallColumns, trip: number): { first: number; last: number } | null {
  let first = offsets[trip]!;
  let last = offsets[trip + 1]! - 1;
  while (first < last && arrival[first] === UNTIMED) first++;
  while (first < last && arrival[last] === UNTIMED) last--;
  return first < last ? { first, last } : null;
}

/** One of the blocks lasts as long as the ride, or all do from the first start to the last end. */
function isAsLongAsBlock(minutes: number, blocks: readonly Frequency[]): boolean {
  const lasts = (from: number, to: number): boolean =>
    Math.abs(minutes - (Math.floor(to / SECONDS) - Math.floor(from / SECONDS))) <= SLACK_MINUTES;
  if (minutes <= SLACK_MINUTES) return false;
  let [start, end] = [Infinity, 0];
  for (const { from, to } of blocks) {
    if (lasts(from, to)) return true;
    [start, end] = [Math.min(start, from), Math.max(end, to)];
  }
  return lasts(start, end);
}

/** Whole minutes, rounded up: nobody is promised an early arrival. Stops are part of the speed. */
const minutesFor = (km: number, speed: number): number => Math.ceil((km * 60) / speed);

function retime(
  { arrival, departure, flags }: CallColumns,
  first: number,
  km: Float64Array,
  speed: number,
): void {
  for (let i = first + 1; i < first + km.length; i++) {
    if (arrival[i] === UNTIMED) continue;
    arrival[i] = departure[i] = departure[first]! + minutesFor(km[i - first]!, speed);
    flags[i]! |= ESTIMATED;
  }
}

function tell(
  feed: Feed,
  trip: number,
  last: number,
  minutes: number,
  km: number,
  speed: number,
  log: NoticeLog,
): void {
  const { arrival, line } = feed.calls;
  const [hour, minute] = [Math.floor(arrival[last]! / 60), arrival[last]! % 60];
  const value = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
  log.add(
    'RIDE_TIMED_BY_DISTANCE',
    { file: 'stop_times.txt', row: line[last]!, column: 'arrival_time', value },
    `The ride of trip ${feed.trips[trip]!.id} takes ${minutes} minutes for ${Math.round(km)} km, as long as its block in frequencies.txt; it was timed by distance: ${minutesFor(km, speed)} minutes.`,
  );
}
