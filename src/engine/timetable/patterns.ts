import type { Calendar } from './calendar.ts';
import { shortestDays } from './calendar.ts';
import { ESTIMATED, NO_ALIGHTING, NO_BOARDING } from './input.ts';
import type { TimetableInput } from './input.ts';
import { modeOfRouteType } from './modes.ts';
import type { Mode } from './modes.ts';

/** Runs with the same stops, boarding rules, mode and zone that never overtake one another. */
export interface Pattern {
  readonly zone: number;
  readonly mode: Mode;
  readonly length: number;
  /** Row of the first call of the first run: its stops and flags hold for all. */
  readonly row: number;
  /** Runs of the input in the order in which they follow each other. */
  readonly runs: readonly number[];
}

/**
 * Groups the runs that run at all. In a group the instances (service day, run), taken in that order, arrive
 * and depart in the same order at every stop, on whatever days each run is active: so the first instance
 * caught at a stop is the best at every later stop. For that, the last run of a service day must nowhere be
 * later than the first run of the next, which starts one (shortest) day later.
 */
export function groupRuns(input: TimetableInput, calendar: Calendar): Pattern[] {
  const shortest = shortestDays(input);
  const buckets = new Map<number, Bucket[]>();
  const order: Bucket[] = [];
  input.runs.forEach((run, index) => {
    const row = input.stopTimes.offsets[index]!;
    const length = input.stopTimes.offsets[index + 1]! - row;
    if (length < 2 || calendar.serviceOf[run.service] === -1) return;
    const zone = input.services[run.service]!.zone;
    const mode = modeOfRouteType(input.lines[run.line]!.routeType);
    const hash = hashOf(input, row, length, zone * 8 + mode);
    let candidates = buckets.get(hash);
    if (!candidates) buckets.set(hash, (candidates = []));
    let bucket = candidates.find(
      (other) =>
        other.zone === zone &&
        other.mode === mode &&
        other.length === length &&
        sameCalls(input, other.row, row, length),
    );
    if (!bucket) {
      bucket = { zone, mode, length, row, runs: [] };
      candidates.push(bucket);
      order.push(bucket);
    }
    bucket.runs.push(index);
  });
  return order.flatMap((bucket) => split(input, bucket, shortest[bucket.zone]!));
}

interface Bucket extends Pattern {
  readonly runs: number[];
}

/** The flags that hold for all runs of a pattern: what the search heeds, and which times are estimates. */
const RULES = NO_BOARDING | NO_ALIGHTING | ESTIMATED;

function hashOf(input: TimetableInput, row: number, length: number, seed: number): number {
  const { stop, flags } = input.stopTimes;
  let hash = 0x811c9dc5 ^ seed;
  for (let at = row; at < row + length; at++) {
    hash = Math.imul(hash ^ stop[at]!, 0x01000193);
    hash = Math.imul(hash ^ (flags[at]! & RULES), 0x01000193);
  }
  return hash;
}

function sameCalls(input: TimetableInput, a: number, b: number, length: number): boolean {
  const { stop, flags } = input.stopTimes;
  for (let i = 0; i < length; i++)
    if (stop[a + i] !== stop[b + i] || (flags[a + i]! & RULES) !== (flags[b + i]! & RULES)) return false;
  return true;
}

/** First fit: each run joins the first group in which it follows the last run without overtaking. */
function split(input: TimetableInput, bucket: Bucket, dayLength: number): Pattern[] {
  const { offsets, arrival, departure } = input.stopTimes;
  const groups: number[][] = [];
  const sorted = bucket.runs.toSorted((a, b) => {
    const rowA = offsets[a]!;
    const rowB = offsets[b]!;
    return (
      departure[rowA]! - departure[rowB]! ||
      arrival[rowA + bucket.length - 1]! - arrival[rowB + bucket.length - 1]! ||
      a - b
    );
  });
  /** At every stop: run b is not before run a, and at most `span` minutes behind it. */
  const follows = (a: number, b: number, span: number): boolean => {
    const rowA = offsets[a]!;
    const rowB = offsets[b]!;
    for (let i = 0; i < bucket.length; i++) {
      const early = arrival[rowB + i]! - arrival[rowA + i]!;
      const late = departure[rowB + i]! - departure[rowA + i]!;
      if (early < 0 || late < 0 || early > span || late > span) return false;
    }
    return true;
  };
  for (const run of sorted) {
    const group = groups.find(
      (runs) => follows(runs.at(-1)!, run, Infinity) && follows(runs[0]!, run, dayLength),
    );
    if (group) group.push(run);
    else groups.push([run]);
  }
  const { zone, mode, length } = bucket;
  return groups.map((runs) => ({ zone, mode, length, row: offsets[runs[0]!]!, runs }));
}
