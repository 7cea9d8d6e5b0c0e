import { unitCall, unitHead } from '../fares/fareTable.ts';
import type { FareTable } from '../fares/fareTable.ts';
import { Instances, NONE } from '../routing/instances.ts';
import { writeJourney } from '../routing/journey.ts';
import type { Journey, Step } from '../routing/journey.ts';
import { asLink, FIRST, STAY } from '../routing/labels.ts';
import { NEVER } from '../routing/query.ts';
import { QuietHours } from '../routing/quietHours.ts';
import type { Member } from './front.ts';
import type { PricedLabels } from './labels.ts';
import type { PricedQuery } from './query.ts';

/** A journey with what it costs the whole party, in minor units. */
export interface PricedJourney extends Journey {
  readonly price: number;
  /** Leg by leg; with the prices of access and egress the sum is `price`. */
  readonly legPrices: readonly number[];
}

interface RideStep {
  readonly unit: number;
  readonly instance: number;
  readonly board: number;
  readonly alight: number;
}
interface LinkStep {
  readonly link: number;
}
interface StayStep {
  readonly dwell: number;
  /** Must not be longer than so many minutes; `NEVER`: may be. */
  readonly most: number;
}
type Found = RideStep | LinkStep | StayStep;

/** Writes out members of the front; every ride but the last is put off as long as the next one allows. */
export class Reconstruction {
  private readonly table: FareTable;
  private readonly instances: Instances;
  private readonly quiet: QuietHours;

  constructor(table: FareTable) {
    this.table = table;
    this.instances = new Instances(table.image, table);
    this.quiet = new QuietHours(table.image);
  }

  journey(query: PricedQuery, labels: PricedLabels, member: Member): PricedJourney {
    const found: Found[] = [];
    const legPrices: number[] = [];
    let at = member.label;
    for (; labels.how[at] !== FIRST; at = labels.parent[at]!) {
      const parent = labels.parent[at]!;
      if (labels.how[at] === STAY) {
        const { dwell, maxDwell: most = NEVER } = query.vias![labels.instance[at]!]!;
        // Before a ride the change time counts in; a link is set out on when the stay is over.
        const linked = found[0] && 'link' in found[0];
        found.unshift({ dwell: linked ? dwell : labels.ready[at]! - labels.ready[parent]!, most });
        continue;
      }
      found.unshift(this.found(labels, at));
      legPrices.unshift(labels.price[at]! - labels.price[parent]!);
    }
    const access = query.access[labels.instance[at]!]!;
    const steps = this.waiting(query, this.putOff(query, found));
    const written = writeJourney(this.table.image, query, {
      access,
      egress: query.egress[member.egress]!,
      steps: steps.map((step) => this.step(step)),
      start: this.start(query, steps) ?? query.time + access.minutes,
    });
    return { ...written, price: member.price, legPrices };
  }

  private found({ how, instance, board, alight }: PricedLabels, at: number): Found {
    if (how[at]! < 0) return { link: asLink(how[at]!) };
    return { unit: how[at]!, instance: instance[at]!, board: board[at]!, alight: alight[at]! };
  }

  private step(found: Found): Step {
    if ('link' in found) return found;
    if ('dwell' in found) return { dwell: found.dwell };
    const runs = this.entry(found.unit, unitHead.runs);
    const run = found.instance % runs;
    return {
      run: this.table.run[this.entry(found.unit, unitHead.firstRun) + run]!,
      day: (found.instance - run) / runs,
      board: found.board,
      alight: found.alight,
    };
  }

  /**
   * From the last ride back: the last instance of each unit that still arrives in time for the next ride. Not put off
   * are rides from a via that one must leave in time, and those that may be ridden on a ticket that ends.
   */
  private putOff(query: PricedQuery, found: readonly Found[]): Found[] {
    const later: Found[] = [];
    const quiet = query.quietHours !== undefined && this.quiet.set(query.quietHours);
    let latest: number | undefined;
    for (const [index, step] of [...found.entries()].toReversed()) {
      if (!('unit' in step)) {
        if (latest !== undefined)
          latest -= 'dwell' in step ? step.dwell : this.table.image.views.linkMinutes[step.link]!;
        later.unshift(step);
        continue;
      }
      const mode = this.entry(step.unit, unitHead.mode);
      const ride =
        latest === undefined || this.isFixed(found, index)
          ? step
          : {
              ...step,
              instance: this.lastArriving(step, latest - (query.alightMinutes?.[mode] ?? 0), quiet),
            };
      later.unshift(ride);
      latest = this.boardingBy(query, ride, hasRideBefore(found, index));
    }
    return later;
  }

  /** Minute by which one must be ready for a ride. */
  private boardingBy(query: PricedQuery, ride: RideStep, change: boolean): number {
    const wait = query.boardMinutes?.[this.entry(ride.unit, unitHead.mode)] ?? 0;
    return (
      this.timeOf(ride, ride.board, this.table.departure) - Math.max(change ? query.changeMinutes : 0, wait)
    );
  }

  private isFixed(found: readonly Found[], index: number): boolean {
    const [before, ride] = [found[index - 1], found[index] as RideStep];
    if (before && 'dwell' in before && before.most < NEVER) return true;
    const family = this.entry(ride.unit, unitHead.family);
    return (
      this.table.fares.families[family]!.transfer !== null &&
      found
        .slice(0, index)
        .some((step) => 'unit' in step && this.entry(step.unit, unitHead.family) === family)
    );
  }

  private lastArriving({ unit, alight, board, instance }: RideStep, latest: number, quiet: boolean): number {
    const runs = this.entry(unit, unitHead.runs);
    const column = this.entry(unit, unitHead.times) + alight * runs;
    const firstRun = this.entry(unit, unitHead.firstRun);
    const zone = this.entry(unit, unitHead.zone);
    let last = this.instances.arriving(column, runs, firstRun, zone, latest);
    if (!quiet) return Math.max(last, instance);
    while (last > instance) {
      const ride = { unit, instance: last, board, alight };
      const minute = this.timeOf(ride, board, this.table.departure);
      if (this.quiet.after(this.stopOf(unit, board), minute) === minute) break;
      const earlier = this.timeOf(ride, alight, this.table.arrival) - 1;
      last = this.instances.arriving(column, runs, firstRun, zone, earlier);
      if (last === NONE) break;
    }
    return Math.max(last, instance);
  }

  /**
   * Where one must not stay as long as one likes, one waits before the link that leads there: for the ride that leaves
   * from the via, no longer before it than one may stay.
   */
  private waiting(query: PricedQuery, found: readonly Found[]): Found[] {
    const steps: Found[] = [];
    let ready: number | undefined;
    for (const [index, step] of found.entries()) {
      if ('unit' in step) {
        const mode = this.entry(step.unit, unitHead.mode);
        ready = this.timeOf(step, step.alight, this.table.arrival) + (query.alightMinutes?.[mode] ?? 0);
      } else if (ready !== undefined) {
        ready += 'dwell' in step ? step.dwell : this.table.image.views.linkMinutes[step.link]!;
        const [stay, next] = [found[index + 1], found[index + 2]];
        if ('link' in step && stay && 'dwell' in stay && stay.most < NEVER && next && 'unit' in next) {
          const over = this.timeOf(next, next.board, this.table.departure) - ready - stay.most;
          if (over > 0) {
            steps.push({ dwell: over, most: NEVER });
            ready += over;
          }
        }
      }
      steps.push(step);
    }
    return steps;
  }

  /** Where links and stays come before the first ride: as late as it allows. */
  private start(query: PricedQuery, steps: readonly Found[]): number | undefined {
    const first = steps.findIndex((step) => 'unit' in step);
    if (first < 1) return undefined;
    const before = steps.slice(0, first).reduce((sum, step) => {
      if ('unit' in step) return sum;
      return sum + ('dwell' in step ? step.dwell : this.table.image.views.linkMinutes[step.link]!);
    }, 0);
    return this.boardingBy(query, steps[first] as RideStep, false) - before;
  }

  private stopOf(unit: number, call: number): number {
    return this.table.calls[(this.entry(unit, unitHead.calls) + call) * unitCall.size + unitCall.stop]! >> 2;
  }

  private timeOf({ unit, instance }: RideStep, call: number, column: Int16Array): number {
    const runs = this.entry(unit, unitHead.runs);
    const run = instance % runs;
    const start = this.table.image.views.dayStart[this.entry(unit, unitHead.zone) + (instance - run) / runs]!;
    return start + column[this.entry(unit, unitHead.times) + call * runs + run]!;
  }

  private entry(unit: number, name: number): number {
    return this.table.head[unit * unitHead.size + name]!;
  }
}

const hasRideBefore = (found: readonly Found[], index: number): boolean =>
  found.slice(0, index).some((step) => 'unit' in step);
