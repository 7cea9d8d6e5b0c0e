import { unitCall, unitHead } from '../fares/fareTable.ts';
import type { FareTable } from '../fares/fareTable.ts';
import { NO_ALIGHTING, NO_BOARDING } from '../timetable/input.ts';
import { asLink } from '../routing/labels.ts';
import { NEVER } from '../routing/query.ts';
import type { Endpoint } from '../routing/query.ts';
import { Front } from './front.ts';
import type { Member } from './front.ts';
import type { PricedLabels } from './labels.ts';
import type { PricedQuery, Via } from './query.ts';
import { StopSet } from './stopSet.ts';
import type { Tickets } from './tickets.ts';

/** Which end a layer has. */
interface Aim {
  readonly query: PricedQuery;
  /** None for the last layer. */
  readonly via: Via | undefined;
  /** The via after it. */
  readonly next: Via | undefined;
  /** The stops of the via, or the destination. */
  readonly targets: readonly Endpoint[];
  /** Nothing counts that arrives later. */
  readonly last: number;
  /** Whether no ride costs anything. */
  readonly free: boolean;
}

/**
 * Where a layer of the search ends – at the destination, or at the stops of a via – and the ways found to it. The
 * destination has one front; at a via each stop has its own, for the journey goes on from there.
 */
export class Goal {
  readonly stops: StopSet;
  private readonly labels: PricedLabels;
  private readonly tickets: Tickets;
  private fronts: readonly Front[] = [];
  private targets: readonly Endpoint[] = [];
  /** Every arrival, where arrival, price and rides do not tell which of them the next layer may use. */
  private arrivals: Member[] | null = null;
  private via: Via | undefined;
  private ridesThrough = false;
  /**
   * Minutes by which one who has alighted at a via must be earlier than one who rides through, to board the same run
   * in his place; null where that is not possible, or costs more.
   */
  private lead: number | null = null;
  /** Who has come to a via by links alone, where the journey must have a ride: beats nobody who has ridden. */
  private walked: readonly Front[] | null = null;
  private leastRides = 0;
  /** Whether a journey may have no ride. */
  private mayWalk = true;
  private last = 0;
  private readonly table: FareTable;
  private readonly linkMinutes: Uint16Array;

  constructor(table: FareTable, labels: PricedLabels, tickets: Tickets) {
    this.table = table;
    this.stops = new StopSet(table.image.stopCount);
    ({ linkMinutes: this.linkMinutes } = table.image.views);
    this.labels = labels;
    this.tickets = tickets;
  }

  /** Begins a layer: nothing has been found. */
  open({ query, via, next, targets, last, free }: Aim): void {
    this.via = via;
    this.last = last;
    this.targets = targets;
    this.ridesThrough = via?.dwell === 0;
    this.mayWalk = query.minRides !== 1;
    this.leastRides = via ? 0 : (query.minRides ?? 0);
    this.arrivals = via && (via.maxDwell !== undefined || this.tickets.any) ? [] : null;
    const front = (): Front => new Front(query.maxRides);
    this.fronts = (via ? this.targets : [0]).map(front);
    this.walked = via && !this.mayWalk ? this.fronts.map(front) : null;
    // Who rides through a stop of two vias in a row has been at both; who boards there has not.
    const twice = next?.dwell === 0 && next.stops.some((stop) => via?.stops.includes(stop));
    this.lead = free && via?.dwell === 0 && !twice ? this.leadAt(query, via) : null;
    this.stops.clear();
    for (const { stop } of this.targets) this.stops.add(stop);
  }

  /** Whether those who ride through this stop have been at the via. */
  callsAt(stop: number): boolean {
    return this.ridesThrough && this.stops.has(stop);
  }

  /**
   * Whether every front has a member that is neither later nor dearer, nor has more rides. Where every arrival counts,
   * arriving earlier and cheaper is not all to hope for: nothing is covered then. Nor where one may also ride through,
   * unless rides are free: then a member beats whom it can join on board, with a ride to spare.
   */
  covers(rides: number, arrival: number, price: number): boolean {
    if (this.arrivals !== null) return false;
    let [most, minute] = [rides, arrival];
    if (this.ridesThrough) {
      if (this.lead === null || rides === 0) return false;
      most--;
      minute -= this.lead;
    }
    const { fronts } = this;
    for (let f = 0; f < fronts.length; f++) if (!fronts[f]!.covers(most, minute, price)) return false;
    return true;
  }

  private leadAt(
    { changeMinutes, boardMinutes = [], alightMinutes = [], quietHours }: PricedQuery,
    via: Via,
  ): number | null {
    if (quietHours !== undefined || via.stops.some((stop) => this.closes(stop))) return null;
    return Math.max(changeMinutes, ...boardMinutes) + Math.max(0, ...alightMinutes);
  }

  /** Whether a run lets nobody board here whom it carries on. */
  private closes(stop: number): boolean {
    const { alightings, alightingUnit, alightingPosition, head, calls } = this.table;
    for (let a = alightings[stop]!; a < alightings[stop + 1]!; a++) {
      const at = alightingUnit[a]! * unitHead.size;
      const call = alightingPosition[a]!;
      const packed = calls[(head[at + unitHead.calls]! + call) * unitCall.size + unitCall.stop]!;
      if (call < head[at + unitHead.length]! - 1 && packed & NO_BOARDING && !(packed & NO_ALIGHTING))
        return true;
    }
    return false;
  }

  arrive(label: number, rides: number): void {
    if (rides < this.leastRides) return;
    const { labels, targets } = this;
    const stop = labels.stop[label]!;
    for (let egress = 0; egress < targets.length; egress++) {
      const { stop: end, minutes, price: cost = 0 } = targets[egress]!;
      if (end !== stop) continue;
      const arrival = labels.ready[label]! + minutes;
      if (arrival > this.last) continue;
      const member = { arrival, price: labels.price[label]! + cost, rides, label, egress };
      if (this.arrivals) this.arrivals.push(member);
      else (rides === 0 && this.walked ? this.walked : this.fronts)[this.via ? egress : 0]!.add(member);
    }
  }

  /** What the layer has found, without those that others make useless. */
  members(maxRides: number): Member[] {
    return this.arrivals
      ? this.worthwhile(this.arrivals, maxRides)
      : [...(this.walked ?? []), ...this.fronts].flatMap((front) => front.all());
  }

  /**
   * Last minute at which one can be at the via on the way of this label. A run arrives when it does; before a link
   * one may wait as long as one likes, but at a via only as long as one may stay.
   */
  latestArrival(label: number): number {
    const { labels } = this;
    if (labels.how[label]! >= 0) return labels.ready[label]!;
    const from = labels.parent[label]!;
    const until = labels.until[from]!;
    return until === NEVER ? NEVER : until + this.linkMinutes[asLink(labels.how[label]!)]!;
  }

  /** Last departure from the via; `NEVER` where one may stay. */
  lastDeparture(label: number): number {
    const latest = this.latestArrival(label);
    return this.via?.maxDwell === undefined || latest === NEVER ? NEVER : latest + this.via.maxDwell;
  }

  /**
   * An earlier arrival beats a later one only if one may leave as late, and has tickets that are worth as much.
   */
  private worthwhile(arrivals: readonly Member[], maxRides: number): Member[] {
    const { labels, tickets } = this;
    const sorted = arrivals.toSorted(
      (a, b) => a.arrival - b.arrival || a.price - b.price || a.rides - b.rides,
    );
    const kept: Member[] = [];
    // Those that may still beat someone: who must leave before another can arrive and stay never does.
    let rivals: { member: Member; until: number }[] = [];
    let minute = -Infinity;
    for (const member of sorted) {
      if (member.arrival > minute) {
        minute = member.arrival;
        const least = minute + (this.via?.maxDwell ?? 0);
        rivals = rivals.filter(({ until }) => until >= least);
      }
      const until = this.lastDeparture(member.label);
      const beaten = rivals.some(
        ({ member: other, until: otherUntil }) =>
          other.egress === member.egress &&
          other.rides <= member.rides &&
          (this.mayWalk || other.rides > 0 || member.rides === 0) &&
          otherUntil >= until &&
          other.price <= member.price &&
          other.price +
            tickets.advantage(
              labels.ticket[member.label]!,
              labels.ticket[other.label]!,
              member.arrival,
              maxRides - member.rides,
            ) <=
            member.price,
      );
      if (beaten) continue;
      kept.push(member);
      rivals.push({ member, until });
    }
    return kept;
  }
}
