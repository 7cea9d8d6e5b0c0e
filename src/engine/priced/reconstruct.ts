import { unitCall, unitHead } from '../fares/fareTable.ts';
import type { FareTable } from '../fares/fareTable.ts';
import { Instances } from '../routing/instances.ts';
import { writeJourney } from '../routing/journey.ts';
import type { Journey, Step } from '../routing/journey.ts';
import { asLink, FIRST, STAY } from '../routing/labels.ts';
import type { Member } from './front.ts';
import type { PricedLabels } from './labels.ts';
import type { Prices } from './prices.ts';
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
}
type Found = RideStep | LinkStep | StayStep;

/** Writes out members of the front; every ride but the last is put off as long as the next one allows. */
export class Reconstruction {
  private readonly table: FareTable;
  private readonly instances: Instances;

  constructor(table: FareTable) {
    this.table = table;
    this.instances = new Instances(table.image, table);
  }

  journey(query: PricedQuery, prices: Prices, labels: PricedLabels, member: Member): PricedJourney {
    const found: Found[] = [];
    let at = member.label;
    for (; labels.how[at] !== FIRST; at = labels.parent[at]!) found.unshift(this.found(labels, at));
    const access = query.access[labels.instance[at]!]!;
    const egress = query.egress[member.egress]!;
    const steps = this.putOff(query, found).map((step) => this.step(step));
    const written = writeJourney(this.table.image, query, {
      access,
      egress,
      steps,
      start: query.time + access.minutes,
    });
    return {
      ...written,
      price: member.price,
      legPrices: found.flatMap((step) =>
        'dwell' in step ? [] : 'link' in step ? prices.ofLink(step.link) : this.priceOf(prices, step),
      ),
    };
  }

  private found({ how, instance, board, alight, ready, parent }: PricedLabels, at: number): Found {
    if (how[at] === STAY) return { dwell: ready[at]! - ready[parent[at]!]! };
    if (how[at]! < 0) return { link: asLink(how[at]!) };
    return { unit: how[at]!, instance: instance[at]!, board: board[at]!, alight: alight[at]! };
  }

  private priceOf({ scale }: Prices, { unit, board, alight }: RideStep): number {
    const first = this.entry(unit, unitHead.calls);
    const mark = (call: number): number =>
      this.table.calls[(first + call) * unitCall.size + unitCall.metres]!;
    return scale.price(this.entry(unit, unitHead.family), mark(alight) - mark(board));
  }

  private step(found: Found): Step {
    if (!('unit' in found)) return found;
    const runs = this.entry(found.unit, unitHead.runs);
    const run = found.instance % runs;
    return {
      run: this.table.run[this.entry(found.unit, unitHead.firstRun) + run]!,
      day: (found.instance - run) / runs,
      board: found.board,
      alight: found.alight,
    };
  }

  /** From the last ride back: the last instance of each unit that still arrives in time for the next ride. */
  private putOff(query: PricedQuery, found: readonly Found[]): Found[] {
    const later: Found[] = [];
    let latest: number | undefined;
    for (const step of found.toReversed()) {
      if (!('unit' in step)) {
        if (latest !== undefined)
          latest -= 'dwell' in step ? step.dwell : this.table.image.views.linkMinutes[step.link]!;
        later.unshift(step);
        continue;
      }
      const mode = this.entry(step.unit, unitHead.mode);
      const ride =
        latest === undefined
          ? step
          : { ...step, instance: this.lastArriving(step, latest - (query.alightMinutes?.[mode] ?? 0)) };
      later.unshift(ride);
      latest =
        this.timeOf(ride, ride.board, this.table.departure) -
        Math.max(query.changeMinutes, query.boardMinutes?.[mode] ?? 0);
    }
    return later;
  }

  private lastArriving({ unit, alight, instance }: RideStep, latest: number): number {
    const runs = this.entry(unit, unitHead.runs);
    const column = this.entry(unit, unitHead.times) + alight * runs;
    const firstRun = this.entry(unit, unitHead.firstRun);
    const last = this.instances.arriving(column, runs, firstRun, this.entry(unit, unitHead.zone), latest);
    return Math.max(last, instance);
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
