/**
 * Fares as data: a family prices one ride, from boarding to alighting, by its distance. Feeds with fares and the
 * India tables both become families; the engine knows no country.
 */
export interface FareFamily {
  readonly id: string;
  /** Lines by GTFS route type and by id; either makes a line belong. */
  readonly routeTypes: readonly number[];
  readonly routeIds: readonly string[];
  /** Minor units per boarding. */
  readonly baseMinor: number;
  /** In travel order; only the last may be without an end. Beyond the last end, no more is charged. */
  readonly slabs: readonly FareSlab[];
  readonly minimumMinor: number;
  /** A fare is rounded up to a multiple of this. */
  readonly roundUpToMinor: number;
  /** The fare is per vehicle of so many seats; null: per passenger. */
  readonly vehicleCapacity: number | null;
}

export interface FareSlab {
  /** End of the slab in kilometres from boarding; null: no end. */
  readonly upToKm: number | null;
  readonly minorPerKm: number;
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
