import type { FareFamily } from './family.ts';

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
  /**
   * Lines of the party's price by metres, below which no ride of family f lies: `floors[f]` to `floors[f + 1]`.
   * With `floorIsLeast` it is the least of them, else the greatest; and never below `floorMinimum`.
   */
  readonly floors: Uint32Array;
  readonly floorIntercept: Float64Array;
  readonly floorRate: Float64Array;
  readonly floorIsLeast: Uint8Array;
  readonly floorMinimum: Float64Array;

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
    const floors = lines.map(floorOf);
    const perTicket = (value: number, family: number): number => (value * this.tickets[family]!) / 1000;
    this.floors = new Uint32Array(families.length + 1);
    floors.forEach((own, family) => (this.floors[family + 1] = this.floors[family]! + own.lines.length));
    this.floorIntercept = Float64Array.from(
      floors.flatMap((own, family) => own.lines.map(({ intercept }) => perTicket(intercept, family))),
    );
    this.floorRate = Float64Array.from(
      floors.flatMap((own, family) => own.lines.map(({ rate }) => perTicket(rate, family))),
    );
    this.floorIsLeast = Uint8Array.from(floors, ({ least }) => (least ? 1 : 0));
    this.floorMinimum = this.minimum.map(perTicket);
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
    return metres <= 0 ? 0 : this.tickets[family]! * this.rounded(family, this.mostRate[family]! * metres);
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
function floorOf(lines: readonly Line[]): { least: boolean; lines: readonly Omit<Line, 'from'>[] } {
  const falls = lines.every(({ rate }, index) => index === 0 || rate <= lines[index - 1]!.rate);
  const rises = lines.every(({ rate }, index) => index === 0 || rate >= lines[index - 1]!.rate);
  if (falls || rises) return { least: falls, lines };
  const rate = Math.min(...lines.map((line) => line.rate));
  return { least: true, lines: [{ intercept: lines[0]!.intercept, rate }] };
}
