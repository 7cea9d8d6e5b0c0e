import type { NetworkImage } from '../timetable/image.ts';
import { NEVER } from './query.ts';
import type { Query } from './query.ts';

/** Destinations whose minutes are kept: four bytes a stop each, 2.2 MB for all Indian rail. */
const MOST_KNOWN = 64;

/**
 * Minutes that it takes at least from each stop to the destination, if every hop were as quick as the quickest run
 * makes it and every train waited: Dijkstra on the map of hops, turned round. What a search must still add to an
 * arrival before it can be one at the destination.
 */
export class LowerMinutes {
  /** What was answered, by question, the one asked last at the end: a search asks for few destinations again and again. */
  private readonly known = new Map<string, Int32Array>();
  private minutes: Int32Array = new Int32Array(0);
  private readonly image: NetworkImage;
  /** Hops to stop s: `hops[s]` to `hops[s + 1]`. */
  private readonly hops: Uint32Array;
  private readonly from: Uint32Array;
  private readonly length: Int32Array;
  /** Heap of stops by minutes. */
  private readonly keys: number[] = [];
  private readonly stops: number[] = [];

  constructor(image: NetworkImage) {
    this.image = image;
    const quickest = quickestHops(image);
    const ends = [...quickest.keys()].toSorted((a, b) => a - b);
    this.hops = new Uint32Array(image.stopCount + 1);
    this.from = Uint32Array.from(ends, (key) => key % image.stopCount);
    this.length = Int32Array.from(ends, (key) => quickest.get(key)!);
    for (const key of ends) this.hops[Math.floor(key / image.stopCount) + 1]!++;
    for (let stop = 0; stop < image.stopCount; stop++) this.hops[stop + 1]! += this.hops[stop]!;
  }

  /** Per stop; NEVER where no way leads to the destination. Not to be changed, and valid for the next few questions. */
  compute(query: Pick<Query, 'egress' | 'links'>): Int32Array {
    const key = `${query.links} ${query.egress.map(({ stop, minutes }) => `${stop}:${minutes}`).join(' ')}`;
    const known = this.known.get(key);
    this.known.delete(key);
    if (known) this.minutes = known;
    else {
      this.minutes = this.known.size < MOST_KNOWN ? new Int32Array(this.image.stopCount) : this.forgotten();
      this.dijkstra(query);
    }
    this.known.set(key, this.minutes);
    return this.minutes;
  }

  /** The memory of the question asked longest ago. */
  private forgotten(): Int32Array {
    const [[key, minutes]] = [...this.known] as [[string, Int32Array]];
    this.known.delete(key);
    return minutes;
  }

  private dijkstra(query: Pick<Query, 'egress' | 'links'>): void {
    const { minutes, hops, from, length } = this;
    const { linksBack, linkIndexBack, linkFrom, linkMinutes } = this.image.views;
    minutes.fill(NEVER);
    for (const { stop, minutes: own } of query.egress) this.lower(stop, own);
    while (this.keys.length > 0) {
      const known = this.keys[0]!;
      const stop = this.pop();
      if (known > minutes[stop]!) continue;
      for (let hop = hops[stop]!; hop < hops[stop + 1]!; hop++) this.lower(from[hop]!, known + length[hop]!);
      if (query.links)
        for (let l = linksBack[stop]!; l < linksBack[stop + 1]!; l++) {
          const link = linkIndexBack[l]!;
          this.lower(linkFrom[link]!, known + linkMinutes[link]!);
        }
    }
  }

  private lower(stop: number, minutes: number): void {
    if (minutes >= this.minutes[stop]!) return;
    this.minutes[stop] = minutes;
    const { keys, stops } = this;
    let at = keys.length;
    for (; at > 0; at = (at - 1) >> 1) {
      const above = (at - 1) >> 1;
      if (keys[above]! <= minutes) break;
      keys[at] = keys[above]!;
      stops[at] = stops[above]!;
    }
    keys[at] = minutes;
    stops[at] = stop;
  }

  private pop(): number {
    const { keys, stops } = this;
    const first = stops[0]!;
    const [key, stop] = [keys.pop()!, stops.pop()!];
    if (keys.length === 0) return first;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= keys.length) break;
      if (below + 1 < keys.length && keys[below + 1]! < keys[below]!) below++;
      if (keys[below]! >= key) break;
      keys[at] = keys[below]!;
      stops[at] = stops[below]!;
      at = below;
    }
    keys[at] = key;
    stops[at] = stop;
    return first;
  }
}

/** By `to × stops + from`: the least minutes of any run from one call to the next. */
function quickestHops(image: NetworkImage): Map<number, number> {
  const { patternCalls, patternRuns, patternTimes, callStop, arrival, departure } = image.views;
  const quickest = new Map<number, number>();
  for (let pattern = 0; pattern < image.patternCount; pattern++) {
    const runs = patternRuns[pattern + 1]! - patternRuns[pattern]!;
    const first = patternCalls[pattern]!;
    for (let call = first + 1; call < patternCalls[pattern + 1]!; call++) {
      const column = patternTimes[pattern]! + (call - first) * runs;
      let least = NEVER;
      for (let run = column; run < column + runs; run++)
        least = Math.min(least, arrival[run]! - departure[run - runs]!);
      const key = callStop[call]! * image.stopCount + callStop[call - 1]!;
      if (least < (quickest.get(key) ?? NEVER)) quickest.set(key, least);
    }
  }
  return quickest;
}
