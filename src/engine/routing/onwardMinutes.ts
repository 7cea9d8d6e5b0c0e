import type { NetworkImage } from '../timetable/image.ts';
import { NO_ALIGHTING, NO_BOARDING } from '../timetable/input.ts';
import { modeBit } from '../timetable/modes.ts';
import { head } from './patternColumns.ts';
import type { PatternColumns } from './patternColumns.ts';
import { PatternQueue } from './patternQueue.ts';
import { NEVER } from './query.ts';
import type { Query } from './query.ts';
import type { Waits } from './waits.ts';

/** When more than one stop of so many has been lowered, all patterns are scanned, from the end of memory, as each is. */
const DENSE = 16;
/** In `fromCall`: no way to the destination; other minutes are at most one less. */
export const NO_WAY = 0xffff;
const MOST = NO_WAY - 1;

/**
 * Minutes that a traveller who is ready at a stop needs at least to the destination, by the number of rides that
 * are still to come: rounds of rides backwards, in which every run is as quick from call to call as the quickest of
 * its pattern and departs at once. What a search must add to a ready minute before it can be an arrival.
 *
 * Unlike `LowerMinutes` it knows that a change costs time and a ride.
 */
export class OnwardMinutes {
  private readonly image: NetworkImage;
  private readonly columns: PatternColumns;
  /**
   * Per number of rides (0 and up, at most so many) and stop: minutes, NEVER where so many do not lead there. After the
   * stops stands one more, from which none lead there.
   */
  readonly fromStop: Int32Array[] = [];
  /** Per number of rides (1 and up) and call of a pattern: minutes when the first of them is boarded there, or `NO_WAY`. */
  readonly fromCall: Uint16Array[] = [];
  /** Per call of a pattern: the stop, or where nobody may alight the one after all stops: so no rule is asked. */
  private readonly alightStop: Uint32Array;
  /**
   * Per call of a pattern, packed, since these are read from end to end: least minutes from the departure before to
   * the arrival, and from the arrival to the departure.
   */
  private readonly hopAndStay: Uint32Array;
  private readonly queue: PatternQueue;
  private readonly isMarked: Uint8Array;
  private readonly marked: Int32Array;
  private markedCount = 0;

  constructor(image: NetworkImage, columns: PatternColumns) {
    this.image = image;
    this.columns = columns;
    this.alightStop = columns.callStop.map((stop, call) =>
      columns.callFlags[call]! & NO_ALIGHTING ? image.stopCount : stop,
    );
    this.hopAndStay = new Uint32Array(columns.callStop.length);
    this.queue = new PatternQueue(image, columns);
    this.isMarked = new Uint8Array(image.stopCount);
    this.marked = new Int32Array(image.stopCount);
    for (let pattern = 0; pattern < image.patternCount; pattern++) this.measurePattern(pattern);
  }

  /** Fills both tables for up to `query.maxRides` rides. `waits`: those of a ride that follows another. */
  compute(query: Query, waits: Waits): void {
    const { fromStop, fromCall } = this;
    while (fromStop.length <= query.maxRides) {
      fromStop.push(new Int32Array(this.image.stopCount + 1));
      fromCall.push(new Uint16Array(this.hopAndStay.length).fill(NO_WAY));
    }
    fromStop[0]!.fill(NEVER);
    fromCall[0]!.fill(NO_WAY);
    for (const { stop, minutes } of query.egress) this.lower(fromStop[0]!, stop, minutes);
    if (query.links) this.takeLinks(fromStop[0]!);
    for (let rides = 1; rides < query.maxRides; rides++) {
      fromStop[rides]!.set(fromStop[rides - 1]!);
      this.ride(query.modes, waits, rides);
      if (query.links) this.takeLinks(fromStop[rides]!);
    }
    this.unmark();
  }

  private measurePattern(pattern: number): void {
    const { columns } = this;
    const at = pattern * head.size;
    const calls = columns.head[at + head.calls]!;
    const runs = columns.head[at + head.runs]!;
    const times = columns.head[at + head.times]!;
    for (let call = 0; call < columns.head[at + head.length]!; call++) {
      const column = times + call * runs;
      let hop = NEVER;
      let stay = NEVER;
      for (let time = column; time < column + runs; time++) {
        stay = Math.min(stay, columns.departure[time]! - columns.arrival[time]!);
        if (call > 0) hop = Math.min(hop, columns.arrival[time]! - columns.departure[time - runs]!);
      }
      this.hopAndStay[calls + call] = ((call > 0 ? hop : 0) << 16) | stay;
    }
  }

  private lower(minutes: Int32Array, stop: number, to: number): void {
    if (to >= minutes[stop]!) return;
    minutes[stop] = to;
    if (this.isMarked[stop]) return;
    this.isMarked[stop] = 1;
    this.marked[this.markedCount++] = stop;
  }

  private unmark(): void {
    for (let m = 0; m < this.markedCount; m++) this.isMarked[this.marked[m]!] = 0;
    this.markedCount = 0;
  }

  /** One link before the next ride, or after the last; two in a row, which no journey has, only lower the bound. */
  private takeLinks(minutes: Int32Array): void {
    const { linksBack, linkIndexBack, linkFrom, linkMinutes } = this.image.views;
    const count = this.markedCount;
    for (let m = 0; m < count; m++) {
      const stop = this.marked[m]!;
      for (let l = linksBack[stop]!; l < linksBack[stop + 1]!; l++) {
        const link = linkIndexBack[l]!;
        this.lower(minutes, linkFrom[link]!, minutes[stop]! + linkMinutes[link]!);
      }
    }
  }

  /** One more ride, to the stops that the round before has lowered. */
  private ride(modes: number, waits: Waits, rides: number): void {
    const { columns, fromCall, queue } = this;
    if (this.markedCount < this.image.stopCount / DENSE) {
      fromCall[rides]!.set(fromCall[rides - 1]!);
      queue.fillBackward(this.marked, this.markedCount, modes);
      this.unmark();
      for (let q = 0; q < queue.count; q++) {
        const pattern = queue.patterns[q]!;
        this.scan(pattern * head.size, queue.take(pattern), waits, rides);
      }
      queue.count = 0;
      return;
    }
    this.unmark();
    for (let at = columns.head.length - head.size; at >= 0; at -= head.size) {
      if (!(modes & modeBit(columns.head[at + head.mode]!))) continue;
      this.scan(at, columns.head[at + head.length]! - 1, waits, rides);
    }
  }

  /** `at`: of the pattern in `columns.head`. */
  private scan(at: number, from: number, waits: Waits, rides: number): void {
    const { columns, hopAndStay, alightStop, marked, isMarked } = this;
    const { callStop, callFlags } = columns;
    let count = this.markedCount;
    const after = this.fromStop[rides - 1]!;
    const minutes = this.fromStop[rides]!;
    const boarded = this.fromCall[rides]!;
    const mode = columns.head[at + head.mode]!;
    const first = columns.head[at + head.calls]!;
    const boardWait = waits.board[mode]!;
    const alightWait = waits.alight[mode]!;
    const end = first + from;
    // Of the calls beyond, where nothing has changed; the last call of a pattern has no way.
    let aboard = boarded[end] === NO_WAY ? NEVER : boarded[end]! - boardWait;
    let stop = alightStop[end]!;
    for (let call = end; call > first; call--) {
      // From the arrival at this call, then from the departure at the call before.
      const between = hopAndStay[call]!;
      aboard += between & 0xffff;
      // The lesser of the two without a branch, which cannot be foretold.
      const saved = after[stop]! + alightWait - aboard;
      aboard += (saved & (saved >> 31)) + (between >>> 16);
      stop = alightStop[call - 1]!;
      const ready = aboard + boardWait;
      boarded[call - 1] = ready < MOST ? ready : aboard < NEVER ? MOST : NO_WAY;
      // No call from here: this loop is a third of a range, and a call makes it read all columns' places again.
      if (ready >= minutes[stop]! || callFlags[call - 1]! & NO_BOARDING) continue;
      const boardStop = callStop[call - 1]!;
      if (ready >= minutes[boardStop]!) continue;
      minutes[boardStop] = ready;
      if (isMarked[boardStop]) continue;
      isMarked[boardStop] = 1;
      marked[count++] = boardStop;
    }
    this.markedCount = count;
  }
}
