import type { LineIndex, RunIndex, StopIndex } from '../timetable/indexes.ts';
import type { NetworkImage } from '../timetable/image.ts';
import type { LinkKind } from '../timetable/input.ts';
import type { Mode } from '../timetable/modes.ts';
import type { Endpoint, Query } from './query.ts';

/** All times are timeline minutes. */
export interface Journey {
  /** Leaving the origin, as late as the first leg allows; arriving at the destination. */
  readonly departure: number;
  readonly arrival: number;
  readonly rides: number;
  readonly access: Endpoint;
  readonly egress: Endpoint;
  readonly legs: readonly Leg[];
}

export type Leg = RideLeg | LinkLeg;

export interface RideLeg {
  readonly kind: 'ride';
  readonly run: RunIndex;
  readonly line: LineIndex;
  readonly mode: Mode;
  /** Service day of the run: `image.firstDay + day` is its date, perhaps days before `departure`. */
  readonly day: number;
  /** Positions in `image.runCalls(run)`. */
  readonly boardCall: number;
  readonly alightCall: number;
  readonly from: StopIndex;
  readonly to: StopIndex;
  readonly departure: number;
  readonly arrival: number;
}

export interface LinkLeg {
  readonly kind: 'link';
  readonly from: StopIndex;
  readonly to: StopIndex;
  readonly departure: number;
  readonly arrival: number;
  readonly linkKind: LinkKind;
  /** Minor units, per vehicle when the capacity is not 0, else per passenger. */
  readonly priceMinor: number;
  readonly vehicleCapacity: number;
}

/** What a search found, before times are written out: rides and links in travel order. */
export type Step =
  | { readonly run: number; readonly day: number; readonly board: number; readonly alight: number }
  | { readonly link: number }
  /** A stay of so many minutes where the leg before has ended. */
  | { readonly dwell: number };

/**
 * Writes out the steps of a search. A link before the first ride ends when boarding must begin, every other
 * link starts at once; a journey that is only a link starts at `start`.
 */
export function writeJourney(
  image: NetworkImage,
  query: Query,
  found: { access: Endpoint; egress: Endpoint; steps: readonly Step[]; start: number },
): Journey {
  const { access, egress, steps } = found;
  const legs: Leg[] = [];
  let ready = found.start;
  steps.forEach((step, index) => {
    if ('dwell' in step) {
      ready += step.dwell;
      return;
    }
    if ('link' in step) {
      const following = steps[index + 1];
      if (index === 0 && following && 'run' in following)
        ready =
          rideOf(image, following).departure -
          boardMinutes(image, query, following.run) -
          image.link(step.link).minutes;
      const leg = linkOf(image, step.link, ready);
      legs.push(leg);
      ready = leg.arrival;
      return;
    }
    const leg = rideOf(image, step);
    legs.push(leg);
    ready = leg.arrival + (query.alightMinutes?.[leg.mode] ?? 0);
  });
  const [first, firstStep] = [legs[0]!, steps[0]!];
  const atFirst =
    'run' in firstStep ? first.departure - boardMinutes(image, query, firstStep.run) : first.departure;
  return {
    departure: atFirst - access.minutes,
    arrival: ready + egress.minutes,
    rides: steps.filter((step) => 'run' in step).length,
    access,
    egress,
    legs,
  };
}

function boardMinutes(image: NetworkImage, query: Query, run: number): number {
  const { runPattern, patternMode } = image.views;
  return query.boardMinutes?.[patternMode[runPattern[run]!]!] ?? 0;
}

function rideOf(image: NetworkImage, step: Extract<Step, { run: number }>): RideLeg {
  const { views } = image;
  const pattern = views.runPattern[step.run]!;
  const calls = views.patternCalls[pattern]!;
  const start = image.dayStart(step.run, step.day);
  return {
    kind: 'ride',
    run: step.run as RunIndex,
    line: views.runLine[step.run] as LineIndex,
    mode: views.patternMode[pattern] as Mode,
    day: step.day,
    boardCall: step.board,
    alightCall: step.alight,
    from: views.callStop[calls + step.board] as StopIndex,
    to: views.callStop[calls + step.alight] as StopIndex,
    departure: start + views.departure[image.timeIndex(step.run, step.board)]!,
    arrival: start + views.arrival[image.timeIndex(step.run, step.alight)]!,
  };
}

function linkOf(image: NetworkImage, link: number, departure: number): LinkLeg {
  const { from, to, minutes, kind, priceMinor, vehicleCapacity } = image.link(link);
  const arrival = departure + minutes;
  return { kind: 'link', from, to, departure, arrival, linkKind: kind, priceMinor, vehicleCapacity };
}
