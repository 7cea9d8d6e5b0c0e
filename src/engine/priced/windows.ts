import type { NetworkImage } from '../timetable/image.ts';
import { LowerMinutes } from '../routing/lowerMinutes.ts';
import { NEVER } from '../routing/query.ts';
import type { Endpoint } from '../routing/query.ts';
import type { PricedQuery, Via } from './query.ts';

/** What is left of a question for one layer, since those after it need time and rides, too. */
export interface Window {
  /** Where the layer ends. */
  readonly targets: readonly Endpoint[];
  /** Minute by which one must be there. */
  readonly last: number;
  /** Rides, those of the layers before included. */
  readonly maxRides: number;
  /** Per stop: minutes that it takes at least to the end of the layer, with any number of rides; or `NEVER`. */
  readonly onward: Int32Array;
}

/** The windows of the layers of a question. */
export class Windows {
  private readonly image: NetworkImage;
  private lower: LowerMinutes | undefined;
  private readonly onward: Int32Array[] = [];
  private readonly anywhere: Int32Array;

  constructor(image: NetworkImage) {
    this.image = image;
    this.anywhere = new Int32Array(image.stopCount);
  }

  /** From the destination, to be reached by minute `last`, back. Valid until the next question. */
  compute(query: PricedQuery, last: number): Window[] {
    const { vias = [] } = query;
    const windows: Window[] = [];
    let next: Window | undefined;
    for (let layer = vias.length; layer >= 0; layer--) {
      const via = vias[layer];
      next = {
        targets: via ? via.stops.map((stop) => ({ stop, minutes: 0 })) : query.egress,
        // Without vias the bounds that count rides are enough.
        onward: vias.length === 0 ? this.anywhere : this.onwardTo(layer, query, via),
        last: next && via ? this.latest(query, via, next) : last,
        maxRides:
          next && via && this.needsRide(query, via, next)
            ? next.maxRides - 1
            : (next?.maxRides ?? query.maxRides),
      };
      windows.unshift(next);
    }
    return windows;
  }

  private onwardTo(layer: number, query: PricedQuery, via: Via | undefined): Int32Array {
    while (this.onward.length <= layer) this.onward.push(new Int32Array(this.image.stopCount));
    const egress = via ? via.stops.map((stop) => ({ stop, minutes: 0 })) : query.egress;
    const own = this.onward[layer]!;
    this.lower ??= new LowerMinutes(this.image);
    own.set(this.lower.compute({ ...query, egress }));
    return own;
  }

  /** Minute by which one must be at a via to be in time where the next layer ends. */
  private latest(query: PricedQuery, { stops, dwell }: Via, { last, onward }: Window): number {
    let least: number = NEVER;
    for (const stop of stops) least = Math.min(least, onward[stop]!);
    // Who rides through is there without alighting.
    const alight = dwell === 0 ? Math.max(0, ...(query.alightMinutes ?? [])) : 0;
    return last - dwell - least + alight;
  }

  /** Whether from the via no link alone leads to where the next layer ends, nor the ride on which one came. */
  private needsRide(query: PricedQuery, { stops, dwell }: Via, { targets }: Window): boolean {
    if (dwell === 0) return false;
    if (!query.links) return true;
    const { links, linkTo } = this.image.views;
    const ends = new Set<number>(targets.map(({ stop }) => stop));
    for (const stop of stops)
      for (let link = links[stop]!; link < links[stop + 1]!; link++)
        if (ends.has(linkTo[link]!)) return false;
    return true;
  }
}
