import { z } from 'zod';
import { cell, provenance, readTable } from '../rule-tables/index.ts';

export const vehicles = ['walk', 'auto', 'taxi'] as const;
export type Vehicle = (typeof vehicles)[number];

const vehicleRow = z.object({
  vehicle: z.enum(vehicles),
  max_km: cell(),
  road_factor: cell(),
  wait_minutes: cell(),
  first_km: cell(),
  first_kmh: cell(),
  then_kmh: cell(),
  far_km: cell(),
  far_kmh: cell(),
  /** Persons a vehicle carries; 0 = any number. */
  capacity: cell(),
  ...provenance,
});
export type VehicleRule = z.infer<typeof vehicleRow>;

let table: ReadonlyMap<Vehicle, VehicleRule> | undefined;

/** The rule of one vehicle, from `data/rules/vehicles.csv`, read once. */
export function vehicleRule(vehicle: Vehicle): VehicleRule {
  table ??= new Map(readTable('rules/vehicles.csv', vehicleRow).map((row) => [row.vehicle, row]));
  const rule = table.get(vehicle);
  if (!rule) throw new Error(`data/rules/vehicles.csv has no row for ${vehicle}`);
  return rule;
}

const hillRow = z.object({
  /** Gazetteer id. */
  city: z.string().min(1),
  /** Kilometres of road for one of the straight line, and how fast one gets on. */
  road_factor: cell(),
  kmh: cell(),
  ...provenance,
});
/** Where roads wind. */
export type HillRoads = Pick<z.infer<typeof hillRow>, 'road_factor' | 'kmh'>;
/** In a town itself roads are as everywhere. */
const TOWN_KM = 8;

let hills: ReadonlyMap<string, HillRoads> | undefined;

/** The roads to any of these towns, from `data/rules/hill-roads.csv`, read once; undefined in the plains. */
export function hillRoads(...cityIds: readonly (string | null)[]): HillRoads | undefined {
  hills ??= new Map(readTable('rules/hill-roads.csv', hillRow).map((row) => [row.city, row]));
  for (const id of cityIds) {
    const roads = id === null ? undefined : hills.get(id);
    if (roads) return roads;
  }
  return undefined;
}

export interface RoadTravel {
  readonly vehicle: Vehicle;
  /** Whole minutes door to door, waiting for the vehicle included. */
  readonly minutes: number;
  /** Kilometres along the road. */
  readonly km: number;
}

/** How long `straightKm` (great circle) takes in a vehicle; `roads`: those of the hills it goes to. */
export function travelBy(vehicle: Vehicle, straightKm: number, roads?: HillRoads): RoadTravel {
  const rule = vehicleRule(vehicle);
  if (roads && straightKm > TOWN_KM) {
    const km = straightKm * roads.road_factor;
    return { vehicle, km, minutes: Math.ceil(rule.wait_minutes + (km / roads.kmh) * 60) };
  }
  const km = straightKm * rule.road_factor;
  const first = Math.min(km, rule.first_km);
  const then = Math.min(Math.max(0, km - rule.first_km), Math.max(0, rule.far_km - rule.first_km));
  const far = km - first - then;
  const hours = first / rule.first_kmh + then / rule.then_kmh + far / rule.far_kmh;
  return { vehicle, km, minutes: Math.max(1, Math.ceil(rule.wait_minutes + hours * 60)) };
}

/**
 * The usual way of a party over a distance: on foot, else by auto for short ways, else by taxi; `null` when farther
 * than any of them goes. Who does not fit into one auto takes a taxi.
 */
export function usualTravel(
  straightKm: number,
  { heads = 1, roads }: { heads?: number; roads?: HillRoads | undefined } = {},
): RoadTravel | null {
  for (const vehicle of vehicles) {
    const { max_km, capacity } = vehicleRule(vehicle);
    if (vehicle === 'auto' && heads > capacity) continue;
    const travel = travelBy(vehicle, straightKm, roads);
    if (travel.km <= max_km) return travel;
  }
  return null;
}
