import type { Journey, RideLeg } from '../../engine/routing/journey.ts';
import type { Endpoint } from '../../engine/routing/query.ts';
import type { NetworkImage } from '../../engine/timetable/image.ts';
import { asLine, asStop, type RunIndex } from '../../engine/timetable/indexes.ts';
import { NO_ALIGHTING, NO_BOARDING } from '../../engine/timetable/input.ts';
import { type Mode, modeBit } from '../../engine/timetable/modes.ts';
import type { TravelWindow } from './gatherJourneys.ts';
import type { Buffers } from './rules.ts';

export interface DirectQuery {
  readonly access: readonly Endpoint[];
  readonly egress: readonly Endpoint[];
  readonly window: TravelWindow;
  /** Mask of the modes asked for. */
  readonly modes: number;
  readonly buffers: Buffers;
}

/** Where a pattern can be boarded and left: positions with the minutes to and from them. */
interface Stretch {
  readonly boardings: readonly (Endpoint & { position: number })[];
  readonly alightings: readonly (Endpoint & { position: number })[];
}

/**
 * Every run that goes from an access stop to an egress stop without a change and leaves (arrives) within the
 * window, once, boarded and left where the journey is shortest. The router names of all departures only those
 * that answer the times it is asked for; a slow cheap night train is none of them. Runs that stand for a
 * frequency are left to the router.
 */
export function directRides(image: NetworkImage, query: DirectQuery): Journey[] {
  const { views } = image;
  const found: Journey[] = [];
  for (const [pattern, stretch] of stretches(image, query)) {
    const mode = views.patternMode[pattern] as Mode;
    for (let run = views.patternRuns[pattern]!; run < views.patternRuns[pattern + 1]!; run++) {
      if (views.runHeadway[run]! > 0) continue;
      const options = pairs(image, query.buffers, run, mode, stretch);
      const best = options[0];
      if (!best) continue;
      for (const day of daysAround(image, run, best, query.window)) {
        const start = image.dayStart(run, day);
        const option = options.find((one) => fits(one, start, query.window));
        if (option) found.push(journeyOf(image, { run, day, mode, start }, option));
      }
    }
  }
  return found;
}

/** Patterns of the asked modes that call at an access stop and later at an egress stop. */
function stretches(image: NetworkImage, { access, egress, modes }: DirectQuery): Map<number, Stretch> {
  const { views } = image;
  const ends = new Map(egress.map((end) => [end.stop as number, end]));
  const starts = new Map(access.map((end) => [end.stop as number, end]));
  const seen = new Set<number>();
  const found = new Map<number, Stretch>();
  for (const stop of starts.keys())
    for (let at = views.boardings[stop]!; at < views.boardings[stop + 1]!; at++) {
      const pattern = views.boardingPattern[at]!;
      if (seen.has(pattern)) continue;
      seen.add(pattern);
      if (!(modes & modeBit(views.patternMode[pattern]!))) continue;
      const first = views.patternCalls[pattern]!;
      const length = views.patternCalls[pattern + 1]! - first;
      const calls = (of: ReadonlyMap<number, Endpoint>, barred: number): Stretch['boardings'] =>
        Array.from({ length }, (_, position) => position).flatMap((position) => {
          const end = of.get(views.callStop[first + position]!);
          return end && !(views.callFlags[first + position]! & barred) ? [{ ...end, position }] : [];
        });
      const alightings = calls(ends, NO_ALIGHTING);
      if (alightings.length > 0) found.set(pattern, { boardings: calls(starts, NO_BOARDING), alightings });
    }
  return found;
}

/** One way to use a run, in minutes from its service-day start. */
interface Pair {
  readonly board: Endpoint & { position: number };
  readonly alight: Endpoint & { position: number };
  /** Leaving the origin, and being at the destination as the engine counts it. */
  readonly leave: number;
  readonly there: number;
}

/** Shortest first. */
function pairs(
  image: NetworkImage,
  { board, alight }: Buffers,
  run: number,
  mode: Mode,
  { boardings, alightings }: Stretch,
): Pair[] {
  const { departure, arrival } = image.views;
  const found: Pair[] = [];
  for (const from of boardings)
    for (const to of alightings)
      if (to.position > from.position)
        found.push({
          board: from,
          alight: to,
          leave: departure[image.timeIndex(run, from.position)]! - (board[mode] ?? 0) - from.minutes,
          there: arrival[image.timeIndex(run, to.position)]! + (alight[mode] ?? 0) + to.minutes,
        });
  return found.toSorted((a, b) => a.there - a.leave - (b.there - b.leave));
}

const fits = ({ leave, there }: Pair, start: number, { time, span, arriveBy }: TravelWindow): boolean =>
  arriveBy
    ? start + there <= time && start + there > time - span
    : start + leave >= time && start + leave < time + span;

/** Service days on which a run may fit the window: those of the day before to the day after it. */
function daysAround(
  image: NetworkImage,
  run: number,
  { leave, there }: Pair,
  window: TravelWindow,
): number[] {
  const earliest = window.arriveBy ? window.time - window.span - there : window.time - leave;
  const first = Math.floor(earliest / 1440) - 1;
  const count = Math.ceil(window.span / 1440) + 3;
  return Array.from({ length: count }, (_, index) => first + index).filter((day) => image.isActive(run, day));
}

function journeyOf(
  image: NetworkImage,
  { run, day, mode, start }: { run: number; day: number; mode: Mode; start: number },
  { board, alight, leave, there }: Pair,
): Journey {
  const { views } = image;
  const ride: RideLeg = {
    kind: 'ride',
    run: run as RunIndex,
    line: asLine(views.runLine[run]!),
    mode,
    day,
    boardCall: board.position,
    alightCall: alight.position,
    from: asStop(board.stop),
    to: asStop(alight.stop),
    departure: start + views.departure[image.timeIndex(run, board.position)]!,
    arrival: start + views.arrival[image.timeIndex(run, alight.position)]!,
  };
  return {
    departure: start + leave,
    arrival: start + there,
    rides: 1,
    access: board,
    egress: alight,
    legs: [ride],
  };
}
