import type { Feed } from '../../src/gtfs/feed.ts';

/** Minor units: base, per kilometre, least. */
const rates: Readonly<Record<string, readonly [base: number, perKm: number, least: number]>> = {
  SUB: [0, 35, 500],
  MEMU: [0, 35, 1000],
  PAS: [0, 35, 1000],
  MEX: [3000, 55, 6000],
  SUF: [6000, 60, 9000],
  VNDB: [10_000, 190, 30_000],
  RAJ: [10_000, 190, 30_000],
  DRNT: [10_000, 170, 30_000],
  SHT: [8000, 160, 25_000],
  JSH: [4000, 70, 8000],
  GBR: [6000, 100, 15_000],
};

/** Made-up rates by the kind of train that the feed writes as the trip's short name; they telescope. */
export function railFares({ trips, routes }: Feed): object {
  const kinds = new Map<string, Set<string>>();
  for (const trip of trips) {
    const kind = trip.shortName in rates ? trip.shortName : 'other';
    kinds.set(kind, (kinds.get(kind) ?? new Set()).add(routes[trip.route]!.id));
  }
  return {
    currency: 'INR',
    families: [...kinds].map(([id, own]) => {
      const [base, perKm, least] = rates[id] ?? [2000, 60, 4000];
      return {
        id,
        route_ids: [...own],
        base_minor: base,
        slabs: [
          { up_to_km: 200, minor_per_km: perKm },
          { up_to_km: 800, minor_per_km: 0.8 * perKm },
          { minor_per_km: 0.6 * perKm },
        ],
        minimum_minor: least,
        round_up_to_minor: 500,
      };
    }),
  };
}
