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

export interface RoadTravel {
  readonly vehicle: Vehicle;
  /** Whole minutes door to door, waiting for the vehicle included. */
  readonly minutes: number;
  /** Kilometres along the road. */
  readonly km: number;
}

/** How long `straightKm` (great circle) takes in a vehicle. */
export function travelBy(vehicle: Vehicle, straightKm: number): RoadTravel {
  const rule = vehicleRule(vehicle);
  const km = straightKm * rule.road_factor;
  const first = Math.min(km, rule.first_km);
  const then = Math.min(Math.max(0, km - rule.first_km), Math.max(0, rule.far_km - rule.first_km));
  const far = km - first - then;
  const hours = first / rule.first_kmh + then / rule.then_kmh + far / rule.far_kmh;
  return { vehicle, km, minutes: Math.max(1, Math.ceil(rule.wait_minutes + hours * 60)) };
}

/**
 * The usual way over a distance: on foot, else by auto for short ways, else by taxi; `null` when farther
 * than any of them goes. `longest` lowers the limit of vehicles, in kilometres along the road.
 */
export function usualTravel(straightKm: number, longest = Infinity): RoadTravel | null {
  for (const vehicle of vehicles) {
    const rule = vehicleRule(vehicle);
    const km = straightKm * rule.road_factor;
    if (km <= rule.max_km && (vehicle === 'walk' || km <= longest)) return travelBy(vehicle, straightKm);
  }
  return null;
}
