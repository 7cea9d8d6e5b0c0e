/** One way to the destination: where its chain of labels ends. */
export interface Member {
  readonly arrival: number;
  readonly price: number;
  readonly rides: number;
  readonly label: number;
  /** Number of the endpoint in `query.egress`. */
  readonly egress: number;
}

/**
 * What has been found: for every number of rides a staircase of members with at most so many rides, later ones
 * cheaper. Of members that are equal in all three criteria the first one stays.
 */
export class Front {
  private readonly arrivals: number[][] = [];
  private readonly prices: number[][] = [];
  private readonly members: Member[][] = [];

  constructor(maxRides: number) {
    for (let rides = 0; rides <= maxRides; rides++) {
      this.arrivals[rides] = [];
      this.prices[rides] = [];
      this.members[rides] = [];
    }
  }

  /** Whether a member with at most so many rides is neither later nor dearer. */
  covers(rides: number, arrival: number, price: number): boolean {
    const arrivals = this.arrivals[rides]!;
    let low = 0;
    let high = arrivals.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (arrivals[middle]! <= arrival) low = middle + 1;
      else high = middle;
    }
    return low > 0 && this.prices[rides]![low - 1]! <= price;
  }

  /** The cheapest known price with at most so many rides. */
  cheapest(rides: number): number {
    return this.prices[rides]!.at(-1) ?? Infinity;
  }

  add(member: Member): void {
    const { rides, arrival, price } = member;
    if (this.covers(rides, arrival, price)) return;
    for (let most = rides; most < this.members.length; most++) {
      if (most > rides && this.covers(most, arrival, price)) return;
      const arrivals = this.arrivals[most]!;
      const prices = this.prices[most]!;
      let at = 0;
      while (at < arrivals.length && arrivals[at]! < arrival) at++;
      let end = at;
      while (end < prices.length && prices[end]! >= price) end++;
      arrivals.splice(at, end - at, arrival);
      prices.splice(at, end - at, price);
      this.members[most]!.splice(at, end - at, member);
    }
  }

  /** The non-dominated members: by rides, then by arrival. */
  all(): Member[] {
    return this.members.flatMap((own, rides) => own.filter((member) => member.rides === rides));
  }
}
