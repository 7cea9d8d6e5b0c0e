import { collectCalendar, fillDayTables } from './calendar.ts';
import type { Calendar } from './calendar.ts';
import { fillCells } from './cells.ts';
import { checkTimetable } from './checks.ts';
import { dayOffsets, fillHops } from './hops.ts';
import { openImage } from './image.ts';
import type { NetworkImage } from './image.ts';
import { linkKinds, NO_ALIGHTING, NO_BOARDING } from './input.ts';
import type { TimetableInput } from './input.ts';
import { allocate } from './layout.ts';
import type { Views } from './layout.ts';
import { modeBit, modeOfRouteType } from './modes.ts';
import { groupRuns } from './patterns.ts';
import type { Pattern } from './patterns.ts';
import { StringPool } from './strings.ts';

/**
 * Compiles a timetable into one shared buffer. The same input gives the same bytes. Stops, lines and zones
 * keep their numbers; runs are numbered anew, and those that never run are left out (`stats().runsLeftOut`).
 *
 * Throws `TimetableError` when the input contradicts itself.
 */
export function compileTimetable(input: TimetableInput): NetworkImage {
  checkTimetable(input);
  const calendar = collectCalendar(input);
  const patterns = groupRuns(input, calendar);
  const links = input.links
    .filter((link) => link.from !== link.to)
    .toSorted((a, b) => a.from - b.from || a.to - b.to);
  const strings = new StringPool();
  const texts = collectTexts(input, patterns, strings);
  const offsets = input.zones.map(dayOffsets);
  const { buffer, views } = allocate({
    firstDay: input.firstDay,
    dayCount: input.dayCount,
    stops: input.stops.length,
    lines: input.lines.length,
    runs: sum(patterns, ({ runs }) => runs.length),
    patterns: patterns.length,
    services: calendar.days.length,
    zones: input.zones.length,
    links: links.length,
    calls: sum(patterns, ({ length }) => length),
    stopTimes: sum(patterns, ({ length, runs }) => length * runs.length),
    boardings: sum(patterns, (pattern) => countCalls(input, pattern, NO_BOARDING)),
    alightings: sum(patterns, (pattern) => countCalls(input, pattern, NO_ALIGHTING)),
    strings: strings.count,
    stringBytes: strings.byteLength,
    lastMinute: patterns.reduce((last, pattern) => Math.max(last, lastMinute(input, pattern)), 0),
    runsLeftOut: input.runs.length - sum(patterns, ({ runs }) => runs.length),
    activeDays: activeDays(calendar, input.dayCount),
    hops: sum(patterns, ({ length, runs, zone }) => (length - 1) * runs.length * offsets[zone]!.length),
  });
  for (const [name, column] of Object.entries(texts)) views[name as keyof Texts].set(column);
  strings.writeTo(views.stringOffset, views.stringBytes);
  fillCalendar(input, calendar, views);
  fillStops(input, views);
  fillLines(input, views);
  fillPatterns(input, calendar, patterns, views);
  fillStopCalls(views);
  fillCells(views);
  fillHops(views, offsets);
  fillUse(input, calendar, patterns, views);
  fillLinks(links, views);
  return openImage(buffer);
}

function sum<T>(items: readonly T[], amount: (item: T) => number): number {
  return items.reduce((total, item) => total + amount(item), 0);
}

/** Calls where the rule does not forbid it: boarding except at the last, alighting except at the first. */
function countCalls(input: TimetableInput, { row, length }: Pattern, rule: number): number {
  const first = rule === NO_ALIGHTING ? 1 : 0;
  let count = 0;
  for (let i = first; i < first + length - 1; i++) if (!(input.stopTimes.flags[row + i]! & rule)) count++;
  return count;
}

/** The runs of a pattern follow each other, so the last one ends last. */
function lastMinute(input: TimetableInput, { runs, length }: Pattern): number {
  const { offsets, departure } = input.stopTimes;
  return departure[offsets[runs.at(-1)!]! + length - 1]!;
}

function activeDays(calendar: Calendar, dayCount: number): number {
  let count = 0;
  for (let day = 0; day < dayCount; day++) if (calendar.days.some((days) => days[day])) count++;
  return count;
}

type Texts = ReturnType<typeof collectTexts>;

function collectTexts(input: TimetableInput, patterns: readonly Pattern[], strings: StringPool) {
  const runs = patterns.flatMap((pattern) => pattern.runs.map((run) => input.runs[run]!));
  return {
    zoneName: input.zones.map((zone) => strings.add(zone.name)),
    stopId: input.stops.map((stop) => strings.add(stop.id)),
    stopName: input.stops.map((stop) => strings.add(stop.name)),
    stopCode: input.stops.map((stop) => strings.add(stop.code)),
    lineId: input.lines.map((line) => strings.add(line.id)),
    lineShortName: input.lines.map((line) => strings.add(line.shortName)),
    lineLongName: input.lines.map((line) => strings.add(line.longName)),
    lineOperator: input.lines.map((line) => strings.add(line.operator)),
    lineColor: input.lines.map((line) => strings.add(line.color)),
    runId: runs.map((run) => strings.add(run.id)),
    runNumber: runs.map((run) => strings.add(run.number)),
    runHeadsign: runs.map((run) => strings.add(run.headsign)),
  };
}

function fillCalendar(input: TimetableInput, calendar: Calendar, views: Views): void {
  input.zones.forEach((zone, index) => views.dayStart.set(zone.dayStart, index * input.dayCount));
  const width = input.dayCount + 1;
  calendar.days.forEach((days, service) => {
    const [start, end] = [service * width, (service + 1) * width];
    fillDayTables(days, views.nextDay.subarray(start, end), views.previousDay.subarray(start, end));
  });
}

function fillStops(input: TimetableInput, views: Views): void {
  input.stops.forEach((stop, index) => {
    views.stopPosition[2 * index] = stop.lat;
    views.stopPosition[2 * index + 1] = stop.lng;
    views.stopZone[index] = stop.zone;
    views.stopParent[index] = stop.parent;
  });
  const ids = input.stops.map((stop) => stop.id);
  views.stopsById.set(ids.map((_, index) => index).toSorted((a, b) => (ids[a]! < ids[b]! ? -1 : 1)));
}

function fillLines(input: TimetableInput, views: Views): void {
  input.lines.forEach((line, index) => {
    views.lineRouteType[index] = line.routeType;
    views.lineMode[index] = modeOfRouteType(line.routeType);
  });
}

function fillPatterns(
  input: TimetableInput,
  calendar: Calendar,
  patterns: readonly Pattern[],
  views: Views,
): void {
  const { offsets, stop, arrival, departure, distance, flags } = input.stopTimes;
  let [call, run, time] = [0, 0, 0];
  patterns.forEach((pattern, index) => {
    views.patternCalls[index] = call;
    views.patternRuns[index] = run;
    views.patternTimes[index] = time;
    views.patternZone[index] = pattern.zone;
    views.patternMode[index] = pattern.mode;
    for (let i = 0; i < pattern.length; i++) {
      views.callStop[call] = stop[pattern.row + i]!;
      views.callFlags[call++] = flags[pattern.row + i]!;
    }
    pattern.runs.forEach((inputRun, j) => {
      const source = input.runs[inputRun]!;
      views.runLine[run] = source.line;
      views.runService[run] = calendar.serviceOf[source.service]!;
      views.runPattern[run] = index;
      views.runHeadway[run++] = source.headway;
      for (let i = 0; i < pattern.length; i++) {
        const [row, at] = [offsets[inputRun]! + i, time + i * pattern.runs.length + j];
        views.arrival[at] = arrival[row]!;
        views.departure[at] = departure[row]!;
        views.distance[at] = distance[row]!;
      }
    });
    time += pattern.length * pattern.runs.length;
  });
  views.patternCalls[patterns.length] = call;
  views.patternRuns[patterns.length] = run;
  views.patternTimes[patterns.length] = time;
}

const boards = (position: number, last: number, flags: number): boolean =>
  position < last && !(flags & NO_BOARDING);
const alights = (position: number, flags: number): boolean => position > 0 && !(flags & NO_ALIGHTING);

/** For every stop the calls of patterns where one can board, and where one can alight. */
function fillStopCalls(views: Views): void {
  const each = (
    visit: (stop: number, pattern: number, position: number, last: number, flags: number) => void,
  ) => {
    for (let pattern = 0; pattern < views.patternZone.length; pattern++) {
      const start = views.patternCalls[pattern]!;
      const last = views.patternCalls[pattern + 1]! - start - 1;
      for (let i = 0; i <= last; i++)
        visit(views.callStop[start + i]!, pattern, i, last, views.callFlags[start + i]!);
    }
  };
  each((stop, _pattern, position, last, flags) => {
    if (boards(position, last, flags)) views.boardings[stop + 1]!++;
    if (alights(position, flags)) views.alightings[stop + 1]!++;
  });
  accumulate(views.boardings);
  accumulate(views.alightings);
  const boardAt = views.boardings.slice();
  const alightAt = views.alightings.slice();
  each((stop, pattern, position, last, flags) => {
    if (boards(position, last, flags)) {
      const at = boardAt[stop]!++;
      views.boardingPattern[at] = pattern;
      views.boardingPosition[at] = position;
    }
    if (alights(position, flags)) {
      const at = alightAt[stop]!++;
      views.alightingPattern[at] = pattern;
      views.alightingPosition[at] = position;
    }
  });
}

/** Per stop: the modes that call there, and departures per day that anything runs. */
function fillUse(
  input: TimetableInput,
  calendar: Calendar,
  patterns: readonly Pattern[],
  views: Views,
): void {
  const total = new Float64Array(input.stops.length);
  patterns.forEach((pattern, index) => {
    const days = sum(
      pattern.runs,
      (run) => calendar.dayTotals[calendar.serviceOf[input.runs[run]!.service]!]!,
    );
    const start = views.patternCalls[index]!;
    for (let i = 0; i < pattern.length; i++) {
      const stop = views.callStop[start + i]!;
      views.stopModes[stop]! |= modeBit(pattern.mode);
      if (boards(i, pattern.length - 1, views.callFlags[start + i]!)) total[stop]! += days;
    }
  });
  const active = Math.max(1, activeDays(calendar, input.dayCount));
  total.forEach((departures, stop) => (views.stopDepartures[stop] = departures / active));
}

function fillLinks(links: TimetableInput['links'], views: Views): void {
  links.forEach((link, index) => {
    views.links[link.from + 1]!++;
    views.linksBack[link.to + 1]!++;
    views.linkFrom[index] = link.from;
    views.linkTo[index] = link.to;
    views.linkMinutes[index] = link.minutes;
    views.linkKind[index] = linkKinds.indexOf(link.kind);
    views.linkPrice[index] = link.priceMinor ?? 0;
    views.linkCapacity[index] = link.vehicleCapacity ?? 0;
  });
  accumulate(views.links);
  accumulate(views.linksBack);
  const at = views.linksBack.slice();
  links.forEach((link, index) => (views.linkIndexBack[at[link.to]!++] = index));
}

/** Turns counts at `[i + 1]` into offsets. */
function accumulate(offsets: Uint32Array): void {
  for (let i = 1; i < offsets.length; i++) offsets[i]! += offsets[i - 1]!;
}
