import type { FareFamily } from './family.ts';

/**
 * The families of one question as columns. Distances are whole metres, so that the difference of two single
 * precision kilometre marks is exact again; within, prices are thousandths of a minor unit per metre-kilometre.
 */
export class FareScale {
  /** Slabs (or steps) of family f: `slabs[f]` to `slabs[f + 1]`. */
  readonly slabs: Uint32Array;
  /** Metres at which a slab begins; the line of its price, `intercept + rate × metres`, before the minimum. */
  readonly from: Float64Array;
  readonly intercept: Float64Array;
  readonly rate: Float64Array;
  readonly minimum: Float64Array;
  readonly step: Float64Array;
  /** Minor units on top of the rounded fare. */
  readonly perBoarding: Float64Array;
  /** Tickets (or vehicles) that the party needs. */
  readonly tickets: Float64Array;
  readonly mostRate: Float64Array;
  /** Per family with steps: how much dearer a ride can be that is more than so many metres longer. */
  private readonly rises: readonly (readonly Rise[])[];
  /**
   * Lines of the party's price by metres, below which no ride of family f lies: `floors[f]` to `floors[f + 1]`.
   * With `floorIsLeast` it is the least of them, else the greatest; and never below `floorMinimum`.
   */
  readonly floors: Uint32Array;
  readonly floorIntercept: Float64Array;
  readonly floorRate: Float64Array;
  readonly floorIsLeast: Uint8Array;
  readonly floorMinimum: Float64Array;
  /** What a ride on a running ticket costs the party; how often (0: no such thing), and how long the ticket runs. */
  readonly transferPrice: Float64Array;
  readonly transferCount: Int32Array;
  readonly transferMinutes: Int32Array;

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
    this.perBoarding = column(({ perBoardingMinor }) => perBoardingMinor);
    this.tickets = column(({ vehicleCapacity }) =>
      vehicleCapacity === null ? passengers : Math.ceil(passengers / vehicleCapacity),
    );
    this.mostRate = Float64Array.from(lines, (own) => Math.max(...own.map(({ rate }) => rate)));
    this.rises = families.map(risesOf);
    this.transferPrice = column(
      ({ transfer }, family) => (transfer?.priceMinor ?? 0) * this.tickets[family]!,
    );
    this.transferCount = Int32Array.from(families, ({ transfer }) => transfer?.count ?? 0);
    this.transferMinutes = Int32Array.from(families, ({ transfer }) => transfer?.minutes ?? 0);
    const floors = families.map((family, index) => floorOf(family, lines[index]!));
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
    this.floorMinimum = Float64Array.from(floors, ({ minimum }, family) => perTicket(minimum, family));
  }

  /** Party price, in minor units, of a ride over so many metres. */
  price(family: number, metres: number): number {
    const { from, slabs, minimum } = this;
    let slab = slabs[family + 1]! - 1;
    while (metres < from[slab]!) slab--;
    let amount = this.intercept[slab]! + this.rate[slab]! * metres;
    if (amount < minimum[family]!) amount = minimum[family]!;
    return this.tickets[family]! * (this.rounded(family, amount) + this.perBoarding[family]!);
  }

  /** At most so much dearer becomes a ride by starting so many metres earlier. */
  mostIncrease(family: number, metres: number): number {
    if (metres <= 0) return 0;
    let amount = this.mostRate[family]! * metres;
    for (const { over, amount: rise } of this.rises[family]!)
      if (metres > over && rise > amount) amount = rise;
    return this.tickets[family]! * this.rounded(family, amount);
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

interface Rise {
  readonly over: number;
  readonly amount: number;
}

/** Distances are whole metres: half a metre beyond its last one a band is over. */
const bandEnd = (upToKm: number): number => Math.floor(1000 * upToKm + 1e-6) + 0.5;

function linesOf({ baseMinor, slabs, steps }: FareFamily): Line[] {
  if (steps.length > 0)
    return steps.map(({ priceMinor }, index) => ({
      from: index === 0 ? 0 : bandEnd(steps[index - 1]!.upToKm!),
      intercept: 1000 * (baseMinor + priceMinor),
      rate: 0,
    }));
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

/** From a band to a later one it takes more metres than all bands between them have. */
function risesOf({ steps }: FareFamily): Rise[] {
  return steps.flatMap(({ upToKm, priceMinor }, band) =>
    steps.slice(band + 1).map((later, between) => ({
      over: bandEnd(steps[band + between]!.upToKm!) - bandEnd(upToKm!),
      amount: 1000 * (later.priceMinor - priceMinor),
    })),
  );
}

/**
 * Where rates fall, a price is the least of its slabs' lines; where they rise, the greatest. Whoever may ride on a
 * ticket that runs already may pay no more than that costs.
 */
function floorOf(
  { minimumMinor, perBoardingMinor, transfer }: FareFamily,
  lines: readonly Line[],
): { least: boolean; lines: readonly Omit<Line, 'from'>[]; minimum: number } {
  const minimum = 1000 * (minimumMinor + perBoardingMinor);
  const all = lines.map(({ intercept, rate }) => ({ intercept: intercept + 1000 * perBoardingMinor, rate }));
  const first = all[0]!;
  if (transfer) {
    const least = Math.min(1000 * transfer.priceMinor, Math.max(minimum, first.intercept));
    return { least: true, lines: [{ intercept: least, rate: 0 }], minimum: least };
  }
  const falls = all.every(({ rate }, index) => index === 0 || rate <= all[index - 1]!.rate);
  const rises = all.every(({ rate }, index) => index === 0 || rate >= all[index - 1]!.rate);
  if (falls || rises) return { least: falls, lines: all, minimum };
  const rate = Math.min(...all.map((line) => line.rate));
  return { least: true, lines: [{ intercept: first.intercept, rate }], minimum };
}
