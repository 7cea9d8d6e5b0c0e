import type { FareFamily } from './family.ts';

/** Lines of price by distance that no ride of a family lies below. */
export interface Floor {
  /** True: the least of the lines; false: the greatest. */
  readonly least: boolean;
  /** Minor units for the whole party, and per metre. */
  readonly intercepts: readonly number[];
  readonly rates: readonly number[];
  readonly minimum: number;
}

/**
 * The families of one question as columns. Distances are whole metres, so that the difference of two single
 * precision kilometre marks is exact again; within, prices are thousandths of a minor unit per metre-kilometre.
 */
export class FareScale {
  /** Slabs of family f: `slabs[f]` to `slabs[f + 1]`. */
  readonly slabs: Uint32Array;
  /** Metres at which a slab begins; the line of its price, `intercept + rate × metres`, before the minimum. */
  readonly from: Float64Array;
  readonly intercept: Float64Array;
  readonly rate: Float64Array;
  readonly minimum: Float64Array;
  readonly step: Float64Array;
  /** Tickets (or vehicles) that the party needs. */
  readonly tickets: Float64Array;
  readonly mostRate: Float64Array;
  readonly floors: readonly Floor[];

  constructor(families: readonly FareFamily[], passengers: number) {
    const lines = families.map(linesOf);
    const column = (value: (family: FareFamily, index: number) => number): Float64Array =>
      Float64Array.from(families, value);
    this.slabs = new Uint32Array(families.length + 1);
    lines.forEach((own, family) => (this.slabs[family + 1] = this.slabs[family]! + own.length));
    this.from = Float64Array.from(lines.flat(), (line) => line.from);
    this.intercept = Float64Array.from(lines.flat(), (line) => line.intercept);
    this.rate = Float64Array.from(lines.flat(), (line) => line.rate);
    this.minimum = column(({ minimumMinor }) => 1000 * minimumMinor);
    this.step = column(({ roundUpToMinor }) => 1000 * roundUpToMinor);
    this.tickets = column(({ vehicleCapacity }) =>
      vehicleCapacity === null ? passengers : Math.ceil(passengers / vehicleCapacity),
    );
    this.mostRate = Float64Array.from(lines, (own) => Math.max(...own.map(({ rate }) => rate)));
    this.floors = lines.map((own, family) =>
      floorOf(own, this.tickets[family]! / 1000, this.minimum[family]!),
    );
  }

  /** Party price, in minor units, of a ride over so many metres. */
  price(family: number, metres: number): number {
    const { from, slabs, minimum } = this;
    let slab = slabs[family + 1]! - 1;
    while (metres < from[slab]!) slab--;
    let amount = this.intercept[slab]! + this.rate[slab]! * metres;
    if (amount < minimum[family]!) amount = minimum[family]!;
    return this.tickets[family]! * this.rounded(family, amount);
  }

  /** At most so much dearer becomes a ride by starting so many metres earlier. */
  mostIncrease(family: number, metres: number): number {
    return metres <= 0
      ? 0
      : this.tickets[family]! * this.rounded(family, this.mostRate[family]! * metres);
  }

  /** Thousandths to minor units, up to the family's step; the hair takes off what binary fractions add. */
  private rounded(family: number, amount: number): number {
    const step = this.step[family]!;
    return Math.ceil(amount / step - 1e-9) * (step / 1000);
  }
}

interface Line {
  readonly from: number;
  readonly intercept: number;
  readonly rate: number;
}

function linesOf({ baseMinor, slabs }: FareFamily): Line[] {
  const lines: Line[] = [];
  let from = 0;
  let cost = 1000 * baseMinor;
  const add = (rate: number): void => {
    lines.push({ from, intercept: cost - rate * from, rate });
  };
  for (const { upToKm, minorPerKm } of slabs) {
    add(minorPerKm);
    if (upToKm === null) return lines;
    cost += minorPerKm * (1000 * upToKm - from);
    from = 1000 * upToKm;
  }
  add(0);
  return lines;
}

/** Where rates fall, a price is the least of its slabs' lines; where they rise, the greatest. */
function floorOf(lines: readonly Line[], tickets: number, minimum: number): Floor {
  const falls = lines.every(({ rate }, index) => index === 0 || rate <= lines[index - 1]!.rate);
  const rises = lines.every(({ rate }, index) => index === 0 || rate >= lines[index - 1]!.rate);
  const own =
    falls || rises
      ? lines
      : [{ intercept: lines[0]!.intercept, rate: Math.min(...lines.map(({ rate }) => rate)) }];
  return {
    least: falls,
    intercepts: own.map(({ intercept }) => tickets * intercept),
    rates: own.map(({ rate }) => tickets * rate),
    minimum: tickets * minimum,
  };
}
