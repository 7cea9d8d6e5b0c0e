import type { TimetableInput } from './input.ts';

/** A timetable that cannot be compiled. The reader of a feed reports such rows as notices and leaves them out. */
export class TimetableError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'TimetableError';
  }
}

/** Times are kept as 16-bit minutes: 22 days and 18 hours from service-day start. */
const LATEST_MINUTE = 32_767;
const LONGEST_CALENDAR = 65_534;

/** Throws `TimetableError`, naming the row, when the input contradicts its own description. */
export function checkTimetable(input: TimetableInput): void {
  demand(
    Number.isInteger(input.dayCount) && input.dayCount > 0 && input.dayCount <= LONGEST_CALENDAR,
    `A calendar has 1 to ${LONGEST_CALENDAR} days, not ${input.dayCount}`,
  );
  demand(input.zones.length > 0, 'A timetable needs at least one time zone');
  checkCalendars(input);
  checkStops(input);
  checkRuns(input);
  for (const line of input.lines)
    demand(isIndex(line.routeType, 0x10000), `Line ${line.id}: ${line.routeType} is not a route type`);
  for (const link of input.links) {
    const ends = `Link ${link.from} → ${link.to}`;
    demand(
      isIndex(link.from, input.stops.length) && isIndex(link.to, input.stops.length),
      `${ends}: unknown stop`,
    );
    demand(isIndex(link.minutes, 0x10000), `${ends}: ${link.minutes} is not a number of minutes`);
    const { priceMinor = 0, vehicleCapacity = 0 } = link;
    demand(isIndex(priceMinor, 1_000_000_001), `${ends}: ${priceMinor} is not a price in minor units`);
    demand(isIndex(vehicleCapacity, 0x100), `${ends}: ${vehicleCapacity} is not a number of passengers`);
  }
}

function checkCalendars(input: TimetableInput): void {
  for (const zone of input.zones) {
    demand(zone.dayStart.length === input.dayCount, `Zone ${zone.name}: one start per service day is needed`);
    for (let day = 1; day < input.dayCount; day++)
      demand(
        zone.dayStart[day]! > zone.dayStart[day - 1]!,
        `Zone ${zone.name}: day ${day} starts before the day before it`,
      );
    zone.dayStart.forEach((start, day) =>
      demand(
        Math.abs(start - 1440 * day) < 1440,
        `Zone ${zone.name}: day ${day} starts a day or more from midnight UTC`,
      ),
    );
  }
  input.services.forEach((service, index) => {
    demand(isIndex(service.zone, input.zones.length), `Service ${index}: unknown zone ${service.zone}`);
    demand(service.days.length === input.dayCount, `Service ${index}: one flag per service day is needed`);
  });
}

function checkStops(input: TimetableInput): void {
  const seen = new Set<string>();
  for (const stop of input.stops) {
    demand(!seen.has(stop.id), `Stop id ${stop.id} is used twice`);
    seen.add(stop.id);
    demand(isIndex(stop.zone, input.zones.length), `Stop ${stop.id}: unknown zone ${stop.zone}`);
    demand(stop.parent === -1 || isIndex(stop.parent, input.stops.length), `Stop ${stop.id}: unknown parent`);
  }
}

function checkRuns(input: TimetableInput): void {
  const { offsets, stop, arrival, departure, distance, flags } = input.stopTimes;
  const rows = offsets[input.runs.length];
  demand(
    offsets.length === input.runs.length + 1 && offsets[0] === 0,
    'Stop times: one offset per run and one more are needed',
  );
  for (const column of [stop, arrival, departure, distance, flags])
    demand(column.length >= rows!, 'Stop times: a column is shorter than the rows of the runs');
  input.runs.forEach((run, index) => {
    demand(isIndex(run.line, input.lines.length), `Run ${run.id}: unknown line ${run.line}`);
    demand(isIndex(run.service, input.services.length), `Run ${run.id}: unknown service ${run.service}`);
    demand(isIndex(run.headway, 0x10000), `Run ${run.id}: ${run.headway} is not a number of minutes`);
    demand(
      offsets[index + 1]! >= offsets[index]!,
      `Run ${run.id}: its rows overlap those of the run before it`,
    );
    demand(offsets[index + 1]! - offsets[index]! < 0x10000, `Run ${run.id}: has too many calls`);
    checkCalls(input, run.id, offsets[index]!, offsets[index + 1]!);
  });
}

function checkCalls(input: TimetableInput, run: string, start: number, end: number): void {
  const { stop, arrival, departure } = input.stopTimes;
  let last = 0;
  for (let row = start; row < end; row++) {
    const call = row - start + 1;
    if (stop[row]! >= input.stops.length) throw new TimetableError(`Run ${run}, call ${call}: unknown stop`);
    if (arrival[row]! < last || departure[row]! < arrival[row]!)
      throw new TimetableError(`Run ${run}, call ${call}: its times go back`);
    last = departure[row]!;
  }
  if (last > LATEST_MINUTE)
    throw new TimetableError(
      `Run ${run}: ends ${last} minutes after its service day starts, ${LATEST_MINUTE} is the most`,
    );
}

const isIndex = (value: number, length: number): boolean =>
  Number.isInteger(value) && value >= 0 && value < length;

function demand(condition: boolean, message: string): asserts condition {
  if (!condition) throw new TimetableError(message);
}
