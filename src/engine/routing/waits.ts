import { modeCount } from '../timetable/modes.ts';
import type { Query } from './query.ts';

/** By mode: minutes to be ready before a departure, and from an arrival until ready to go on. */
export class Waits {
  readonly board = new Int32Array(modeCount);
  readonly alight = new Int32Array(modeCount);

  /** Those of a query for its first ride, or for the rides that follow one. */
  set(query: Query, rideBefore: boolean): void {
    const change = rideBefore ? query.changeMinutes : 0;
    for (let mode = 0; mode < modeCount; mode++) {
      this.board[mode] = Math.max(change, query.boardMinutes?.[mode] ?? 0);
      this.alight[mode] = query.alightMinutes?.[mode] ?? 0;
    }
  }
}
