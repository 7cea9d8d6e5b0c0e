import type { NetworkImage } from '../timetable/image.ts';
import { asLink } from '../routing/labels.ts';
import { NEVER } from '../routing/query.ts';
import type { Endpoint } from '../routing/query.ts';
import { Front } from './front.ts';
import type { Member } from './front.ts';
import type { PricedLabels } from './labels.ts';
import type { PricedQuery, Via } from './query.ts';
import { StopSet } from './stopSet.ts';
import type { Tickets } from './tickets.ts';

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
  private leastRides = 0;
  private last = 0;
  private readonly linkMinutes: Uint16Array;

  constructor(image: NetworkImage, labels: PricedLabels, tickets: Tickets) {
    this.stops = new StopSet(image.stopCount);
    ({ linkMinutes: this.linkMinutes } = image.views);
    this.labels = labels;
    this.tickets = tickets;
  }

  /** To the via, or without one to the destination; nothing counts that arrives after `last`. */
  open(query: PricedQuery, via: Via | undefined, last: number): readonly Endpoint[] {
    this.via = via;
    this.last = last;
    this.targets = via ? via.stops.map((stop) => ({ stop, minutes: 0 })) : query.egress;
    this.ridesThrough = via?.dwell === 0;
    this.leastRides = via ? 0 : (query.minRides ?? 0);
    this.arrivals = via && (via.maxDwell !== undefined || this.tickets.any) ? [] : null;
    this.fronts = (via ? this.targets : [0]).map(() => new Front(query.maxRides));
    this.stops.clear();
    for (const { stop } of this.targets) this.stops.add(stop);
    return this.targets;
  }

  /** Whether those who ride through this stop have been at the via. */
  callsAt(stop: number): boolean {
    return this.ridesThrough && this.stops.has(stop);
  }

  /**
   * Whether every front has a member that is neither later nor dearer, nor has more rides. Where one may also ride
   * through, or every arrival counts, arriving earlier and cheaper is not all to hope for: nothing is covered then.
   */
  covers(rides: number, arrival: number, price: number): boolean {
    if (this.ridesThrough || this.arrivals !== null) return false;
    const { fronts } = this;
    for (let f = 0; f < fronts.length; f++) if (!fronts[f]!.covers(rides, arrival, price)) return false;
    return true;
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
      else this.fronts[this.via ? egress : 0]!.add(member);
    }
  }

  /** What the layer has found, without those that others make useless. */
  members(maxRides: number): Member[] {
    return this.arrivals
      ? this.worthwhile(this.arrivals, maxRides)
      : this.fronts.flatMap((front) => front.all());
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
