import type { NetworkImage } from '../timetable/image.ts';
import type { StopIndex } from '../timetable/indexes.ts';
import { NO_ALIGHTING, NO_BOARDING } from '../timetable/input.ts';
import type { Journey, Leg, RideLeg } from './journey.ts';
import type { Query } from './query.ts';
import { QuietHours } from './quietHours.ts';

/**
 * The searches do not care where two rides that meet more than once are changed: they may ride past the stop of a
 * change and come back to it. This finds the change at which less of both is ridden, with the longest time for it. The
 * journey leaves and arrives as before, with as many rides, and has more time to change.
 */
export class SoonerChange {
  private readonly image: NetworkImage;
  private readonly quiet: QuietHours;

  constructor(image: NetworkImage) {
    this.image = image;
    this.quiet = new QuietHours(image);
  }

  /** The journey with no change that can be made sooner; itself when there is none. */
  of(query: Query, journey: Journey): Journey {
    let legs: Leg[] | undefined;
    const isQuiet = this.quiet.set(query.quietHours);
    for (let second = 1; second < journey.legs.length; second++) {
      const [before, after] = [(legs ?? journey.legs)[second - 1]!, journey.legs[second]!];
      if (before.kind !== 'ride' || after.kind !== 'ride') continue;
      const changed = this.change(before, after, isQuiet);
      if (!changed) continue;
      legs ??= [...journey.legs];
      [legs[second - 1], legs[second]] = changed;
    }
    return legs ? { ...journey, legs } : journey;
  }

  /** Alighting sooner and boarding later is in time wherever the rules of the calls and quiet hours permit it. */
  private change(before: RideLeg, after: RideLeg, isQuiet: boolean): readonly [RideLeg, RideLeg] | undefined {
    const { views } = this.image;
    const { callStop, callFlags } = views;
    const [ridden, boarded] = [this.firstCall(before), this.firstCall(after)];
    let longest = after.departure - before.arrival;
    let changed: readonly [RideLeg, RideLeg] | undefined;
    for (let alight = before.boardCall + 1; alight < before.alightCall; alight++) {
      if (callFlags[ridden + alight]! & NO_ALIGHTING) continue;
      const stop = callStop[ridden + alight]! as StopIndex;
      for (let board = after.boardCall + 1; board < after.alightCall; board++) {
        if (callStop[boarded + board] !== stop || callFlags[boarded + board]! & NO_BOARDING) continue;
        const arrival = this.timeAt(before, views.arrival, alight);
        const departure = this.timeAt(after, views.departure, board);
        if (departure - arrival <= longest) continue;
        if (isQuiet && this.quiet.after(stop, departure) !== departure) continue;
        longest = departure - arrival;
        changed = [
          { ...before, alightCall: alight, to: stop, arrival },
          { ...after, boardCall: board, from: stop, departure },
        ];
      }
    }
    return changed;
  }

  private firstCall({ run }: RideLeg): number {
    const { patternCalls, runPattern } = this.image.views;
    return patternCalls[runPattern[run]!]!;
  }

  private timeAt({ run, day }: RideLeg, times: Int16Array, call: number): number {
    return this.image.dayStart(run, day) + times[this.image.timeIndex(run, call)]!;
  }
}
