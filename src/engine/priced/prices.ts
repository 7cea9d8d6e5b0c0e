import { FareScale } from '../fares/fareScale.ts';
import type { FareTable } from '../fares/fareTable.ts';

/** What rides and links cost one party. */
export class Prices {
  readonly scale: FareScale;
  private readonly table: FareTable;
  private readonly passengers: number;

  constructor(table: FareTable, passengers: number) {
    this.table = table;
    this.passengers = passengers;
    this.scale = new FareScale(table.fares.families, passengers);
  }

  ofLink(link: number): number {
    const { linkPrice, linkCapacity } = this.table.image.views;
    const price = linkPrice[link]!;
    if (price === 0) return 0;
    const capacity = linkCapacity[link]!;
    return price * (capacity === 0 ? this.passengers : Math.ceil(this.passengers / capacity));
  }
}
