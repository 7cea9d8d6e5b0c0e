import { unitHead } from '../fares/fareTable.ts';
import type { FareTable } from '../fares/fareTable.ts';
import { Instances } from '../routing/instances.ts';
import { writeJourney } from '../routing/journey.ts';
import type { Journey, Step } from '../routing/journey.ts';
import { asLink, FIRST } from '../routing/labels.ts';
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
type Found = RideStep | LinkStep;

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
    for (; labels.how[at] !== FIRST; at = labels.parent[at]!)
      found.unshift(
        labels.how[at]! >= 0
          ? {
              unit: labels.how[at]!,
              instance: labels.instance[at]!,
              board: labels.board[at]!,
              alight: labels.alight[at]!,
            }
          : { link: asLink(labels.how[at]!) },
      );
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
      legPrices: found.map((step) => ('link' in step ? prices.ofLink(step.link) : this.priceOf(prices, step))),
    };
  }

  private priceOf({ scale }: Prices, { unit, board, alight }: RideStep): number {
    const calls = this.entry(unit, unitHead.calls);
    const { metres } = this.table;
    return scale.price(this.entry(unit, unitHead.family), metres[calls + alight]! - metres[calls + board]!);
  }

  private step(found: Found): Step {
    if ('link' in found) return found;
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
      if ('link' in step) {
        if (latest !== undefined) latest -= this.table.image.views.linkMinutes[step.link]!;
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
