import type { NetworkImage } from '../timetable/image.ts';
import { NO_ALIGHTING } from '../timetable/input.ts';
import { modeBit } from '../timetable/modes.ts';
import type { Query } from './query.ts';

/**
 * Whether any rides and links lead from the origin to the destination, whenever they run. Where none do, a scan would
 * go on to the end of the calendar in vain: half a second for half a year of city buses.
 */
export function leadsTo(image: NetworkImage, query: Query): boolean {
  const { views } = image;
  const { boardings, boardingPattern, boardingPosition, links, linkTo, patternCalls, patternMode } = views;
  const ends = new Set<number>(query.egress.map(({ stop }) => stop));
  const seen = new Uint8Array(image.stopCount);
  /** By pattern: the first call from which it has been ridden. */
  const ridden = new Uint32Array(image.patternCount).fill(0xffffffff);
  const open: number[] = [];
  const reach = (stop: number): void => {
    if (seen[stop]) return;
    seen[stop] = 1;
    open.push(stop);
  };
  const ride = (pattern: number, from: number): boolean => {
    const first = patternCalls[pattern]!;
    const last = Math.min(patternCalls[pattern + 1]! - 1, first + ridden[pattern]!);
    for (let call = first + from + 1; call <= last; call++) {
      if (views.callFlags[call]! & NO_ALIGHTING) continue;
      if (ends.has(views.callStop[call]!)) return true;
      reach(views.callStop[call]!);
    }
    ridden[pattern] = from;
    return false;
  };
  for (const { stop } of query.access) reach(stop);
  for (let stop = open.pop(); stop !== undefined; stop = open.pop()) {
    for (let b = boardings[stop]!; b < boardings[stop + 1]!; b++) {
      const [pattern, from] = [boardingPattern[b]!, boardingPosition[b]!];
      if (from >= ridden[pattern]! || !(query.modes & modeBit(patternMode[pattern]!))) continue;
      if (ride(pattern, from)) return true;
    }
    if (query.links)
      for (let link = links[stop]!; link < links[stop + 1]!; link++) {
        if (ends.has(linkTo[link]!)) return true;
        reach(linkTo[link]!);
      }
  }
  return false;
}
