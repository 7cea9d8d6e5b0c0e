import { FareScale } from '../fares/fareScale.ts';
import type { FareTable } from '../fares/fareTable.ts';

/** What rides and links cost one party. */
export class Prices {
  readonly scale: FareScale;
  private readonly table: FareTable;
  private readonly passengers: number;
  /** Whether no ride costs anything, as with `freeFares`. */
  readonly ridesAreFree: boolean;

  constructor(table: FareTable, passengers: number) {
    this.table = table;
    this.passengers = passengers;
    this.scale = new FareScale(table.fares.families, passengers);
    this.ridesAreFree = table.fares.families.every(
      (family, index) => family.transfer === null && this.scale.price(index, table.longest[index]!) === 0,
    );
  }

  ofLink(link: number): number {
    const { linkPrice, linkCapacity } = this.table.image.views;
    const price = linkPrice[link]!;
    if (price === 0) return 0;
    const capacity = linkCapacity[link]!;
    return price * (capacity === 0 ? this.passengers : Math.ceil(this.passengers / capacity));
  }
}
