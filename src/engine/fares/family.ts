/**
 * Fares as data: a family prices one ride, from boarding to alighting, by its distance. Feeds with fares and the
 * India tables both become families; the engine knows no country.
 */
export interface FareFamily {
  readonly id: string;
  /** Lines by GTFS route type and by id; either makes a line belong. */
  readonly routeTypes: readonly number[];
  readonly routeIds: readonly string[];
  /** Minor units per boarding, part of what `minimumMinor` and rounding look at. */
  readonly baseMinor: number;
  /** Minor units per boarding, on top of the rounded fare: a reservation or superfast charge. */
  readonly perBoardingMinor: number;
  /** In travel order; only the last may be without an end. Beyond the last end, no more is charged. */
  readonly slabs: readonly FareSlab[];
  /**
   * A price for each band of kilometres, as metros have: never falling, beyond the last end the last. A family has
   * slabs or steps, not both.
   */
  readonly steps: readonly FareStep[];
  readonly minimumMinor: number;
  /** A fare is rounded up to a multiple of this. */
  readonly roundUpToMinor: number;
  /** The fare is per vehicle of so many seats; null: per passenger. */
  readonly vehicleCapacity: number | null;
  readonly transfer: FareTransfer | null;
}

export interface FareSlab {
  /** End of the slab in kilometres from boarding; null: no end. */
  readonly upToKm: number | null;
  readonly minorPerKm: number;
}

export interface FareStep {
  /** Last kilometre of the band, itself included; null: no end. */
  readonly upToKm: number | null;
  readonly priceMinor: number;
}

/**
 * A paid ride makes a ticket: rides of the same family boarded at most `minutes` after that ride was boarded (the
 * first validation, as `transfer_duration` of GTFS counts) may be had for `priceMinor` each, instead of their whole
 * fare, `count` times. Who pays the whole fare anew has a new ticket in place of the old one: whichever comes
 * cheaper in the end is charged. Rides of other families, links and stays on the way do not matter.
 */
export interface FareTransfer {
  readonly minutes: number;
  readonly priceMinor: number;
  readonly count: number;
}

export interface Fares {
  /** ISO 4217. */
  readonly currency: string;
  /** The first one that a line belongs to prices it. */
  readonly families: readonly FareFamily[];
}

/** No family: the line has no price. */
export const NO_FAMILY = -1;

/** Finds the number of the family that prices a line, or `NO_FAMILY`. */
export function familyFinder({
  families,
}: Fares): (line: { readonly id: string; readonly routeType: number }) => number {
  const [byId, byType] = [new Map<string, number>(), new Map<number, number>()];
  families.forEach(({ routeIds, routeTypes }, family) => {
    for (const id of routeIds) if (!byId.has(id)) byId.set(id, family);
    for (const type of routeTypes) if (!byType.has(type)) byType.set(type, family);
  });
  return ({ id, routeType }) => {
    const first = Math.min(byId.get(id) ?? Infinity, byType.get(routeType) ?? Infinity);
    return first === Infinity ? NO_FAMILY : first;
  };
}
