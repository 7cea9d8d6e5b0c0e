import type { NetworkImage } from '../timetable/image.ts';
import { asStop } from '../timetable/indexes.ts';
import { cellCount } from '../timetable/layout.ts';
import type { LowerMinutes } from './lowerMinutes.ts';
import { NEVER } from './query.ts';
import type { Endpoint } from './query.ts';

/** In a row: no way to the cell. */
const NO_WAY = 0xffff;
const MOST = NO_WAY - 1;

/**
 * Minutes that it takes at least from each stop to the destination's cell, and from there: what a scan must still add
 * to a ready minute before it can be an arrival. `LowerMinutes` to the destination itself would rule out a little more
 * (with 64 cells 1,190 rides of all Indian rail are boarded a query instead of 1,020, and 2,210 without bounds), but
 * it takes as long as the scan. Minutes to a cell are the same for every question; they are found when the first asks
 * and kept: two bytes a stop and cell, 1.1 MB for all Indian rail.
 */
export class CellBounds {
  /** Per stop, and behind the stops per cell the least of its stops; NEVER where no way leads to the destination. */
  readonly minutes: Int32Array;
  private readonly stops: number;
  private readonly stopCell: Uint8Array;
  private readonly lower: LowerMinutes;
  private readonly rows: (Uint16Array | undefined)[];
  /** Per cell: minutes from its nearest endpoint to the destination, NEVER without one. */
  private readonly own: Int32Array;

  constructor(image: NetworkImage, lower: LowerMinutes) {
    const cells = cellCount(image.stopCount);
    this.stops = image.stopCount;
    this.stopCell = image.views.stopCell;
    this.lower = lower;
    this.minutes = new Int32Array(image.stopCount + cells);
    this.rows = Array.from({ length: cells }, () => undefined);
    this.own = new Int32Array(cells);
  }

  /** No bounds: for a scan to everywhere. */
  clear(): void {
    this.minutes.fill(0);
  }

  /** Fills `minutes`, whatever modes and links are permitted. */
  compute(egress: readonly Endpoint[]): void {
    const { minutes, own, stopCell } = this;
    own.fill(NEVER);
    for (const way of egress) {
      const cell = stopCell[way.stop]!;
      own[cell] = Math.min(own[cell]!, way.minutes);
    }
    minutes.fill(NEVER);
    for (let cell = 0; cell < own.length; cell++) if (own[cell]! < NEVER) this.lowerBy(cell, own[cell]!);
  }

  private lowerBy(cell: number, own: number): void {
    const { minutes } = this;
    const row = (this.rows[cell] ??= this.rowTo(cell));
    for (let at = 0; at < row.length; at++) {
      const known = row[at]!;
      const least = known === NO_WAY ? NEVER : known + own;
      if (least < minutes[at]!) minutes[at] = least;
    }
  }

  private rowTo(cell: number): Uint16Array {
    const { stops, stopCell } = this;
    const egress: Endpoint[] = [];
    for (let stop = 0; stop < stops; stop++)
      if (stopCell[stop] === cell) egress.push({ stop: asStop(stop), minutes: 0 });
    const minutes = this.lower.compute({ egress, links: true });
    const row = new Uint16Array(this.minutes.length).fill(NO_WAY);
    for (let stop = 0; stop < stops; stop++) {
      if (minutes[stop] === NEVER) continue;
      const ofCell = stops + stopCell[stop]!;
      row[stop] = Math.min(minutes[stop]!, MOST);
      row[ofCell] = Math.min(row[ofCell]!, row[stop]!);
    }
    return row;
  }
}
