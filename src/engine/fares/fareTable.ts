import type { NetworkImage } from '../timetable/image.ts';
import { NO_ALIGHTING, NO_BOARDING } from '../timetable/input.ts';
import { familyFinder, NO_FAMILY } from './family.ts';
import type { Fares } from './family.ts';

/** Entries of a unit in `FareTable.head`. */
export const unitHead = {
  calls: 0,
  length: 1,
  firstRun: 2,
  runs: 3,
  times: 4,
  zone: 5,
  mode: 6,
  family: 7,
  size: 8,
} as const;

/** Entries of a call in `FareTable.calls`. */
export const unitCall = {
  /** Stop × 4 + flags of the call. */
  stop: 0,
  /** Metres from the unit's first call, never falling. */
  metres: 1,
  /** Minutes from the first call if every hop and every wait were as short as the shortest of any run. */
  soonestArrival: 2,
  soonestDeparture: 3,
  size: 4,
} as const;

interface Unit {
  readonly pattern: number;
  readonly family: number;
  /** Runs of the image, in the order in which they follow each other. */
  readonly runs: readonly number[];
  readonly metres: Int32Array;
}

/**
 * The priced part of a network, beside its image: patterns are divided into units, whose runs cost the same from
 * any call to any other. Among the instances of a unit the first one caught is therefore best by price, too.
 * Runs of lines without a family are in no unit.
 */
export class FareTable {
  readonly image: NetworkImage;
  readonly fares: Fares;
  readonly unitCount: number;
  /**
   * Per unit: first call, number of calls, first run, number of runs, first time, first of the zone's day starts,
   * mode, family.
   */
  readonly head: Int32Array;
  /** Side by side in one cache line, call by call. */
  readonly calls: Int32Array;
  /** Number in the image, by run of the units; the columns in which `Instances` looks. */
  readonly run: Uint32Array;
  readonly runService: Uint32Array;
  readonly arrival: Int16Array;
  readonly departure: Int16Array;
  /** Where one can board at stop s: `boardings[s]` to `boardings[s + 1]`; alighting alike. */
  readonly boardings: Uint32Array;
  readonly boardingUnit: Uint32Array;
  readonly boardingPosition: Uint16Array;
  readonly alightings: Uint32Array;
  readonly alightingUnit: Uint32Array;
  readonly alightingPosition: Uint16Array;
  /** Per family: metres of its longest unit. */
  readonly longest: Float64Array;

  constructor(image: NetworkImage, fares: Fares) {
    this.image = image;
    this.fares = fares;
    const units = divide(image, fares);
    this.unitCount = units.length;
    this.longest = new Float64Array(fares.families.length);
    let [calls, runs, times] = [0, 0, 0];
    for (const unit of units) {
      this.longest[unit.family] = Math.max(this.longest[unit.family]!, unit.metres.at(-1)!);
      calls += unit.metres.length;
      runs += unit.runs.length;
      times += unit.metres.length * unit.runs.length;
    }
    this.head = new Int32Array(units.length * unitHead.size);
    this.calls = new Int32Array(calls * unitCall.size);
    this.run = new Uint32Array(runs);
    this.runService = new Uint32Array(runs);
    this.arrival = new Int16Array(times);
    this.departure = new Int16Array(times);
    this.fill(units);
    const boards = this.index(NO_BOARDING);
    const alights = this.index(NO_ALIGHTING);
    [this.boardings, this.boardingUnit, this.boardingPosition] = boards;
    [this.alightings, this.alightingUnit, this.alightingPosition] = alights;
  }

  private fill(units: readonly Unit[]): void {
    const { views, dayCount } = this.image;
    let [call, run, time] = [0, 0, 0];
    units.forEach(({ pattern, family, runs, metres }, index) => {
      const first = views.patternCalls[pattern]!;
      const { length } = metres;
      this.head.set(
        [
          call,
          length,
          run,
          runs.length,
          time,
          views.patternZone[pattern]! * dayCount,
          views.patternMode[pattern]!,
          family,
        ],
        index * unitHead.size,
      );
      for (let i = 0; i < length; i++) {
        const at = (call + i) * unitCall.size;
        this.calls[at + unitCall.stop] = views.callStop[first + i]! * 4 + (views.callFlags[first + i]! & 3);
        this.calls[at + unitCall.metres] = metres[i]!;
      }
      runs.forEach((number, j) => {
        this.run[run + j] = number;
        this.runService[run + j] = views.runService[number]!;
        for (let i = 0; i < length; i++) {
          const at = this.image.timeIndex(number, i);
          this.arrival[time + i * runs.length + j] = views.arrival[at]!;
          this.departure[time + i * runs.length + j] = views.departure[at]!;
        }
      });
      this.fillSoonest(call, length, time, runs.length);
      call += length;
      run += runs.length;
      time += length * runs.length;
    });
  }

  private fillSoonest(call: number, length: number, time: number, runs: number): void {
    const { arrival, departure, calls } = this;
    let minute = 0;
    for (let i = 0; i < length; i++) {
      let [hop, wait] = [i === 0 ? 0 : Infinity, Infinity];
      for (let at = time + i * runs; at < time + (i + 1) * runs; at++) {
        if (i > 0) hop = Math.min(hop, arrival[at]! - departure[at - runs]!);
        wait = Math.min(wait, departure[at]! - arrival[at]!);
      }
      const at = (call + i) * unitCall.size;
      calls[at + unitCall.soonestArrival] = minute += hop;
      calls[at + unitCall.soonestDeparture] = minute += wait;
    }
  }

  /** Per stop the units and positions at which the rule does not forbid to board (to alight). */
  private index(rule: number): [Uint32Array, Uint32Array, Uint16Array] {
    const { head, calls } = this;
    const offsets = new Uint32Array(this.image.stopCount + 1);
    const each = (visit: (stop: number, unit: number, position: number) => void): void => {
      for (let unit = 0; unit < this.unitCount; unit++) {
        const first = head[unit * unitHead.size + unitHead.calls]!;
        const length = head[unit * unitHead.size + unitHead.length]!;
        for (let i = 0; i < length; i++) {
          const call = calls[(first + i) * unitCall.size + unitCall.stop]!;
          if (i !== (rule === NO_BOARDING ? length - 1 : 0) && !(call & rule)) visit(call >> 2, unit, i);
        }
      }
    };
    each((stop) => offsets[stop + 1]!++);
    for (let stop = 0; stop < this.image.stopCount; stop++) offsets[stop + 1]! += offsets[stop]!;
    const at = offsets.slice();
    const units = new Uint32Array(offsets[this.image.stopCount]!);
    const positions = new Uint16Array(units.length);
    each((stop, unit, position) => {
      units[at[stop]!] = unit;
      positions[at[stop]!++] = position;
    });
    return [offsets, units, positions];
  }
}

function divide(image: NetworkImage, fares: Fares): Unit[] {
  const { views } = image;
  const find = familyFinder(fares);
  const families = Int32Array.from({ length: image.lineCount }, (_, line) => find(image.line(line)));
  const units: Unit[] = [];
  for (let pattern = 0; pattern < image.patternCount; pattern++) {
    const own: (Unit & { readonly runs: number[] })[] = [];
    for (let run = views.patternRuns[pattern]!; run < views.patternRuns[pattern + 1]!; run++) {
      const family = families[views.runLine[run]!]!;
      if (family === NO_FAMILY) continue;
      const metres = metresOf(image, pattern, run);
      const known = own.find((unit) => unit.family === family && same(unit.metres, metres));
      if (known) known.runs.push(run);
      else own.push({ pattern, family, runs: [run], metres });
    }
    units.push(...own);
  }
  return units;
}

/** Kilometre marks as metres from the first call; a mark that goes back is taken for the one before it. */
function metresOf(image: NetworkImage, pattern: number, run: number): Int32Array {
  const { patternCalls, distance } = image.views;
  const metres = new Int32Array(patternCalls[pattern + 1]! - patternCalls[pattern]!);
  let first = 0;
  for (let i = 0; i < metres.length; i++) {
    const mark = Math.round(1000 * distance[image.timeIndex(run, i)]!);
    if (i === 0) first = mark;
    else metres[i] = Math.max(mark - first, metres[i - 1]!);
  }
  return metres;
}

const same = (a: Int32Array, b: Int32Array): boolean => a.every((value, index) => value === b[index]);
