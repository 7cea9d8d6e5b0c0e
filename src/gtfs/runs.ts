import { ESTIMATED, type RunInput, type StopTimeColumns } from '../engine/timetable/input.ts';
import { UNTIMED } from './calls.ts';
import { distanceUnit, runKilometres } from './distance.ts';
import type { Feed, Frequency, Trip } from './feed.ts';
import type { NoticeLog } from './notice.ts';
import { refusal } from './refusal.ts';

/** What to do with calls that have no time: leave them out, or estimate the time on the way. */
export type UntimedCalls = 'skip' | 'interpolate';

/** Indexes of one feed's things in the network. */
export interface FeedIndexes {
  readonly feed: Feed;
  readonly log: NoticeLog;
  /** '' or `feed:`. */
  readonly prefix: string;
  readonly firstStop: number;
  /** By route; -1 when no run needs it. */
  readonly lines: Int32Array;
  /** By service; -1 when it never runs in the calendar window. */
  readonly services: Int32Array;
}

const SECONDS = 60;
/** A headway of a second over a day would make 86,400 runs of each trip. */
const MOST_RUNS = 4_000_000;
/** 17 bytes each, and half as much again in the image. */
const MOST_CALLS = 40_000_000;

/** Departures of one trip, relative to the times that stand in `stop_times.txt`. */
interface Departure {
  readonly shift: number;
  readonly headway: number;
}
const asPrinted: readonly Departure[] = [{ shift: 0, headway: 0 }];

interface PlannedTrip {
  readonly owner: FeedIndexes;
  readonly trip: number;
  /** Rows of the feed's calls that are used. */
  readonly rows: readonly number[] | { readonly from: number; readonly to: number };
  readonly departures: readonly Departure[];
}

/** Runs and calls of all feeds, frequencies expanded, distances in kilometres. */
export function buildRuns(
  owners: readonly FeedIndexes[],
  untimed: UntimedCalls,
): { runs: RunInput[]; stopTimes: StopTimeColumns } {
  for (const { feed } of owners) refuseTooManyRuns(feed);
  const planned = owners.flatMap((owner) => planTrips(owner, untimed));
  let runCount = 0;
  let callCount = 0;
  for (const { rows, departures } of planned) {
    runCount += departures.length;
    callCount += departures.length * rowCount(rows);
  }
  const stopTimes = {
    offsets: new Uint32Array(runCount + 1),
    stop: new Uint32Array(callCount),
    arrival: new Int32Array(callCount),
    departure: new Int32Array(callCount),
    distance: new Float32Array(callCount),
    flags: new Uint8Array(callCount),
  };
  const runs: RunInput[] = [];
  const units = new Map(owners.map((owner) => [owner, distanceUnit(owner.feed, owner.log)]));
  let at = 0;
  for (const plan of planned) at = writeTrip(plan, units.get(plan.owner) ?? null, runs, stopTimes, at);
  return { runs, stopTimes };
}

/** Counted before any run is made: a line of text can stand for 86,400 runs. */
function refuseTooManyRuns({ frequencies, calls }: Feed): void {
  let runs = 0;
  let runCalls = 0;
  for (const { trip, from, to, headway } of frequencies) {
    const departures = Math.ceil((to - from) / headway);
    runs += departures;
    runCalls += departures * (calls.offsets[trip + 1]! - calls.offsets[trip]!);
  }
  if (runs <= MOST_RUNS && runCalls <= MOST_CALLS) return;
  throw refusal(
    'TOO_MANY_RUNS',
    { file: 'frequencies.txt', column: 'headway_secs' },
    `frequencies.txt stands for ${runs} runs with ${runCalls} calls, more than ${MOST_RUNS} or ${MOST_CALLS}; its headways are probably wrong.`,
  );
}

const rowCount = (rows: PlannedTrip['rows']): number =>
  'length' in rows ? rows.length : rows.to - rows.from;

function planTrips(owner: FeedIndexes, untimed: UntimedCalls): PlannedTrip[] {
  const { feed, log } = owner;
  const { offsets, arrival } = feed.calls;
  const frequencies = Map.groupBy(feed.frequencies, (frequency) => frequency.trip);
  const planned: PlannedTrip[] = [];
  let withoutDays = 0;
  let untimedCalls = 0;
  for (const [trip, { service }] of feed.trips.entries()) {
    const from = offsets[trip]!;
    const to = offsets[trip + 1]!;
    if (from === to) continue;
    if (owner.services[service] === -1) {
      withoutDays++;
      continue;
    }
    let gaps = 0;
    for (let i = from; i < to; i++) if (arrival[i] === UNTIMED) gaps++;
    untimedCalls += gaps;
    const rows = gaps === 0 ? { from, to } : usedRows(arrival, from, to, untimed);
    const first = feed.calls.departure['length' in rows ? rows[0]! : from]!;
    const departures = feed.patternTrips.has(trip)
      ? (frequencies.get(trip) ?? []).flatMap((frequency) => departuresOf(frequency, first))
      : asPrinted;
    planned.push({ owner, trip, rows, departures });
  }
  if (withoutDays > 0)
    log.add(
      'RUNS_WITHOUT_DAYS',
      { file: 'trips.txt' },
      `${withoutDays} trips have no day in the calendar used.`,
    );
  if (untimedCalls > 0) tellUntimed(untimedCalls, untimed, log);
  return planned;
}

function tellUntimed(count: number, untimed: UntimedCalls, log: NoticeLog): void {
  const place = { file: 'stop_times.txt', column: 'arrival_time' };
  if (untimed === 'skip')
    log.add('UNTIMED_SKIPPED', place, `${count} calls have no time; trips pass there without stopping.`);
  else
    log.add('UNTIMED_INTERPOLATED', place, `${count} calls have no time; it was estimated by the distance.`);
}

function usedRows(arrival: Int32Array, from: number, to: number, untimed: UntimedCalls): number[] {
  let first = from;
  let last = to - 1;
  while (arrival[first] === UNTIMED) first++;
  while (arrival[last] === UNTIMED) last--;
  const rows: number[] = [];
  for (let i = first; i <= last; i++) if (untimed === 'interpolate' || arrival[i] !== UNTIMED) rows.push(i);
  return rows;
}

/** A departure every headway from the start of the block up to, not including, its end. */
function departuresOf({ from, to, headway, exact }: Frequency, firstDeparture: number): Departure[] {
  const departures: Departure[] = [];
  const shown = exact ? 0 : Math.max(1, Math.round(headway / SECONDS));
  for (let second = from; second < to; second += headway)
    departures.push({ shift: Math.floor(second / SECONDS) - firstDeparture, headway: shown });
  return departures;
}

function writeTrip(
  plan: PlannedTrip,
  unit: number | null,
  runs: RunInput[],
  columns: StopTimeColumns,
  start: number,
): number {
  const { owner, rows, departures } = plan;
  const { feed } = owner;
  const { offsets, stop, flags } = feed.calls;
  const trip = feed.trips[plan.trip]!;
  const from = offsets[plan.trip]!;
  const onBackwards = (call: number): void =>
    owner.log.add(
      'DISTANCE_BACKWARDS',
      { file: 'stop_times.txt', row: feed.calls.line[call]!, column: 'shape_dist_traveled' },
      `The distance of trip ${trip.id} goes back here; straight lines between its stops are used.`,
    );
  const km = runKilometres(feed, unit, from, offsets[plan.trip + 1]!, onBackwards);
  const used = 'length' in rows ? rows : Array.from({ length: rows.to - rows.from }, (_, i) => rows.from + i);
  const times = timesOf(feed, used, km, from);
  const firstKm = km[used[0]! - from]!;
  let at = start;
  for (const { shift, headway } of departures) {
    columns.offsets[runs.length] = at;
    runs.push(runOf(owner, trip, departures === asPrinted ? null : times.departure[0]! + shift, headway));
    for (const [k, row] of used.entries()) {
      columns.stop[at] = stop[row]! + owner.firstStop;
      // Nobody alights at the first call, and its arrival may lie before the service day.
      columns.arrival[at] = Math.max(0, times.arrival[k]! + shift);
      columns.departure[at] = times.departure[k]! + shift;
      columns.distance[at] = km[row - from]! - firstKm;
      columns.flags[at] = flags[row]! | (feed.calls.arrival[row] === UNTIMED ? ESTIMATED : 0);
      at++;
    }
  }
  columns.offsets[runs.length] = at;
  return at;
}

/** Arrival and departure of the used calls; untimed ones in proportion to the distance between timed ones. */
function timesOf(
  feed: Feed,
  rows: readonly number[],
  km: Float64Array,
  from: number,
): { arrival: Int32Array; departure: Int32Array } {
  const arrival = Int32Array.from(rows, (row) => feed.calls.arrival[row]!);
  const departure = Int32Array.from(rows, (row) => feed.calls.departure[row]!);
  let last = 0;
  for (let i = 1; i < rows.length; i++) {
    if (arrival[i] === UNTIMED) continue;
    const base = km[rows[last]! - from]!;
    const length = km[rows[i]! - from]! - base;
    const span = arrival[i]! - departure[last]!;
    for (let j = last + 1; j < i; j++) {
      const share = length > 0 ? (km[rows[j]! - from]! - base) / length : (j - last) / (i - last);
      arrival[j] = departure[j] = departure[last]! + Math.floor(share * span);
    }
    last = i;
  }
  return { arrival, departure };
}

/** `25:10`: hours beyond midnight stay, so that ids of one service day differ. */
const serviceTime = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

const RAIL = /^(2|1\d\d)$/;

function runOf(owner: FeedIndexes, trip: Trip, departure: number | null, headway: number): RunInput {
  const route = owner.feed.routes[trip.route]!;
  const id = departure === null ? trip.id : `${trip.id}@${serviceTime(departure)}`;
  // Feeds of railways put the train number into either field; some put the kind of train into the first.
  const isRail = RAIL.test(String(route.type));
  const number = [trip.shortName, isRail ? route.shortName : ''].find((text) => /\d/.test(text)) ?? '';
  return {
    id: owner.prefix + id,
    line: owner.lines[trip.route]!,
    service: owner.services[trip.service]!,
    number,
    headsign: trip.headsign,
    headway,
  };
}
