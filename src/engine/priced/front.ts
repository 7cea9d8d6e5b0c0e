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
  /** Row after row, one for each number of rides: arrivals and prices, `count` of them in use. */
  private arrivals: Float64Array;
  private prices: Float64Array;
  private readonly count: Int32Array;
  private readonly members: Member[][] = [];
  private length = 16;

  constructor(maxRides: number) {
    this.arrivals = new Float64Array((maxRides + 1) * this.length);
    this.prices = new Float64Array((maxRides + 1) * this.length);
    this.count = new Int32Array(maxRides + 1);
    for (let rides = 0; rides <= maxRides; rides++) this.members[rides] = [];
  }

  /** Whether a member with at most so many rides is neither later nor dearer. */
  covers(rides: number, arrival: number, price: number): boolean {
    const { arrivals, prices } = this;
    const end = rides * this.length + this.count[rides]!;
    for (let at = rides * this.length; at < end && arrivals[at]! <= arrival; at++)
      if (prices[at]! <= price) return true;
    return false;
  }

  add(member: Member): void {
    const { rides, arrival, price } = member;
    for (let most = rides; most < this.members.length; most++) {
      if (this.covers(most, arrival, price)) return;
      const own = this.members[most]!;
      let at = 0;
      while (at < own.length && own[at]!.arrival < arrival) at++;
      let end = at;
      while (end < own.length && own[end]!.price >= price) end++;
      own.splice(at, end - at, member);
      if (own.length > this.length) this.grow();
      const row = most * this.length;
      for (let m = at; m < own.length; m++) {
        this.arrivals[row + m] = own[m]!.arrival;
        this.prices[row + m] = own[m]!.price;
      }
      this.count[most] = own.length;
    }
  }

  private grow(): void {
    const length = 2 * this.length;
    const longer = (rows: Float64Array): Float64Array => {
      const all = new Float64Array(this.members.length * length);
      for (let row = 0; row < this.members.length; row++)
        all.set(rows.subarray(row * this.length, (row + 1) * this.length), row * length);
      return all;
    };
    this.arrivals = longer(this.arrivals);
    this.prices = longer(this.prices);
    this.length = length;
  }

  /** The non-dominated members: by rides, then by arrival. */
  all(): Member[] {
    return this.members.flatMap((own, rides) => own.filter((member) => member.rides === rides));
  }
}
