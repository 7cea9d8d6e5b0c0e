import { NO_ALIGHTING, NO_BOARDING } from '../../engine/timetable/input.ts';
import { CallBuilder, UNTIMED } from '../calls.ts';
import type { CsvRecord } from '../csv.ts';
import type { NoticeLog } from '../notice.ts';
import { refusal } from '../refusal.ts';
import type { FeedSource } from '../source.ts';
import { readTable, type TableRow } from '../table.ts';
import type { Stops } from './stops.ts';
import type { Trips } from './trips.ts';

/** The search looks back 8 service days, so nothing may run longer. */
export const LATEST_MINUTE = 8 * 24 * 60;
const MALFORMED = -2;
const NOT_AVAILABLE = 1;
const BY_PHONE = 2;
const WITH_DRIVER = 3;

/**
 * Reads the one large table. It touches characters rather than strings: 200,000 rows take about 0.15 s.
 * Throws `FEED_REJECTED` beyond `maxRows`.
 */
export async function readStopTimes(
  source: FeedSource,
  log: NoticeLog,
  trips: Trips,
  stops: Stops,
  maxRows: number,
): Promise<CallBuilder> {
  const calls = new CallBuilder();
  const state: ReaderState = { tripId: '', trip: -1, skipped: 0, onRequest: 0, atStation: new Set() };
  let columns: Columns | null = null;
  const required = ['trip_id', 'stop_id', 'stop_sequence', 'arrival_time', 'departure_time'];
  await readTable(source, 'stop_times.txt', log, { required, essential: true }, (row) => {
    columns ??= columnsOf(row);
    if (calls.length >= maxRows)
      throw refusal(
        'TOO_MANY_STOP_TIMES',
        { file: 'stop_times.txt', row: row.record.line },
        `stop_times.txt has more than ${maxRows} rows; split the feed.`,
      );
    readCall(row, columns, state, trips, stops, calls);
  });
  if (state.skipped > 0)
    log.add(
      'DROPPED_REFERENCE',
      { file: 'stop_times.txt' },
      `${state.skipped} rows belong to trips or stops that were left out, and were left out with them.`,
    );
  if (state.onRequest > 0)
    log.add(
      'ON_REQUEST',
      { file: 'stop_times.txt' },
      `${state.onRequest} calls are only made when arranged by phone or with the driver; offered like others.`,
    );
  return calls;
}

interface ReaderState {
  tripId: string;
  trip: number;
  skipped: number;
  onRequest: number;
  /** Stations that were called at, each told once. */
  readonly atStation: Set<number>;
}

type Columns = ReturnType<typeof columnsOf>;

const columnsOf = (row: TableRow) => ({
  trip: row.index('trip_id'),
  stop: row.index('stop_id'),
  sequence: row.index('stop_sequence'),
  arrival: row.index('arrival_time'),
  departure: row.index('departure_time'),
  pickup: row.index('pickup_type'),
  dropOff: row.index('drop_off_type'),
  distance: row.index('shape_dist_traveled'),
});

function readCall(
  row: TableRow,
  columns: Columns,
  state: ReaderState,
  trips: Trips,
  stops: Stops,
  calls: CallBuilder,
): void {
  const { record } = row;
  const trip = tripOf(row, columns.trip, state, trips);
  if (trip === -1) return;
  const stop = stops.byId.get(record.text(columns.stop));
  if (stop === undefined) {
    if (stops.leftOut.has(record.text(columns.stop))) state.skipped++;
    else row.notice('UNKNOWN_REFERENCE', 'stop_id', 'This stop is not in stops.txt; the row was left out.');
    return;
  }
  const sequence = wholeNumber(record, columns.sequence);
  if (sequence === -1) {
    row.notice(
      'INVALID_NUMBER',
      'stop_sequence',
      'The sequence must be a whole number; the row was left out.',
    );
    return;
  }
  let arrival = timeOf(row, columns.arrival, 'arrival_time');
  let departure = timeOf(row, columns.departure, 'departure_time');
  if (arrival === MALFORMED || departure === MALFORMED) return;
  if (arrival === UNTIMED) arrival = departure;
  if (departure === UNTIMED) departure = arrival;
  if (stops.stops[stop]!.isStation) tellStation(row, stop, state);
  const pickup = accessOf(row, columns.pickup, 'pickup_type');
  const dropOff = accessOf(row, columns.dropOff, 'drop_off_type');
  if (pickup >= BY_PHONE || dropOff >= BY_PHONE) state.onRequest++;
  const flags = (pickup === NOT_AVAILABLE ? NO_BOARDING : 0) | (dropOff === NOT_AVAILABLE ? NO_ALIGHTING : 0);
  const distance = distanceOf(row, columns.distance);
  calls.add(trip, sequence, stop, arrival, departure, distance, flags, record.line);
}

function tellStation(row: TableRow, stop: number, state: ReaderState): void {
  if (state.atStation.has(stop)) return;
  state.atStation.add(stop);
  row.notice(
    'CALL_AT_STATION',
    'stop_id',
    'Trips call at platforms, not at a station as a whole (location_type 1); the call was kept.',
  );
}

/** `pickup_type` or `drop_off_type`; regular (0) when absent or unknown. */
function accessOf(row: TableRow, column: number, name: string): number {
  const { starts, ends, width } = row.record;
  if (column < 0 || column >= width || starts[column] === ends[column]) return 0;
  const type = wholeNumber(row.record, column);
  if (type >= 0 && type <= WITH_DRIVER) return type;
  row.notice('INVALID_OPTION', name, `${name} must be 0, 1, 2 or 3; the call was read as a regular one.`);
  return 0;
}

/** Rows of one trip nearly always stand together: compare with the last id before making a string. */
function tripOf(row: TableRow, column: number, state: ReaderState, trips: Trips): number {
  const { source, starts, ends, width } = row.record;
  const start = starts[column] ?? 0;
  const same =
    column < width &&
    (ends[column] ?? 0) - start === state.tripId.length &&
    source.startsWith(state.tripId, start);
  if (!same || state.trip === -1) {
    const id = row.record.text(column);
    state.tripId = id;
    state.trip = trips.byId.get(id) ?? -1;
    if (state.trip === -1) {
      if (trips.leftOut.has(id)) state.skipped++;
      else row.notice('UNKNOWN_REFERENCE', 'trip_id', 'This trip is not in trips.txt; the row was left out.');
    }
  }
  return state.trip;
}

function timeOf(row: TableRow, column: number, name: string): number {
  const { source, starts, ends } = row.record;
  const minutes = column < row.record.width ? minutesOf(source, starts[column]!, ends[column]!) : UNTIMED;
  if (minutes === MALFORMED) {
    row.notice('INVALID_TIME', name, `${name} is not a time (HH:MM:SS); the row was left out.`);
  } else if (minutes > LATEST_MINUTE) {
    row.notice('TIME_TOO_LATE', name, `${name} lies more than 8 days after the start; the row was left out.`);
    return MALFORMED;
  }
  return minutes;
}

const ZERO = 48;
const COLON = 58;

/** `H:MM:SS` to `HHH:MM:SS` in whole minutes, seconds cut off as in printed timetables. */
function minutesOf(text: string, start: number, end: number): number {
  if (start === end) return UNTIMED;
  const length = end - start;
  if (length < 7 || length > 9) return MALFORMED;
  if (text.charCodeAt(end - 3) !== COLON || text.charCodeAt(end - 6) !== COLON) return MALFORMED;
  let hours = 0;
  for (let i = start; i < end - 6; i++) {
    const digit = text.charCodeAt(i) - ZERO;
    if (digit < 0 || digit > 9) return MALFORMED;
    hours = hours * 10 + digit;
  }
  const minutes = sixty(text, end - 5);
  return minutes === -1 || sixty(text, end - 2) === -1 ? MALFORMED : hours * 60 + minutes;
}

function sixty(text: string, at: number): number {
  const tens = text.charCodeAt(at) - ZERO;
  const ones = text.charCodeAt(at + 1) - ZERO;
  return tens < 0 || tens > 5 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
}

/** A whole number of at most 9 digits, or -1. */
function wholeNumber({ source, starts, ends, width }: CsvRecord, column: number): number {
  if (column < 0 || column >= width) return -1;
  const start = starts[column]!;
  const end = ends[column]!;
  if (end === start || end - start > 9) return -1;
  let number = 0;
  for (let i = start; i < end; i++) {
    const digit = source.charCodeAt(i) - ZERO;
    if (digit < 0 || digit > 9) return -1;
    number = number * 10 + digit;
  }
  return number;
}

/** NaN when absent or unusable: distances are then taken from the map. */
function distanceOf(row: TableRow, column: number): number {
  if (column < 0) return NaN;
  const text = row.record.text(column);
  if (text === '') return NaN;
  const distance = Number(text);
  if (distance >= 0 && distance < 1e9) return distance;
  row.notice('INVALID_OPTION', 'shape_dist_traveled', 'The distance is not a number above 0; not used.');
  return NaN;
}
