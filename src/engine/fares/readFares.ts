import type { FareFamily, Fares, FareSlab } from './family.ts';

/** A fare file that does not say what it must; the message names the place. */
export class FaresError extends Error {
  constructor(place: string, fault: string) {
    super(`${place} ${fault}`);
    this.name = 'FaresError';
  }
}

/** Fares from the parsed JSON of a `--fares` file. Throws `FaresError` at the first fault. */
export function readFares(json: unknown): Fares {
  const file = objectAt(json, 'The fares', ['currency', 'families']);
  const { currency } = file;
  if (typeof currency !== 'string' || !/^[A-Z]{3}$/.test(currency))
    throw new FaresError('currency', 'must be an ISO 4217 code such as "INR"');
  const families = listAt(file['families'], 'families').map(readFamily);
  if (families.length === 0) throw new FaresError('families', 'must have at least one family');
  const seen = new Map<string, number>();
  families.forEach(({ id }, index) => {
    if (seen.has(id)) throw new FaresError(`families[${index}].id`, `"${id}" is used twice`);
    seen.set(id, index);
  });
  return { currency, families };
}

const familyKeys = [
  'id',
  'route_types',
  'route_ids',
  'base_minor',
  'slabs',
  'minimum_minor',
  'round_up_to_minor',
  'vehicle_capacity',
];

function readFamily(json: unknown, index: number): FareFamily {
  const place = `families[${index}]`;
  const family = objectAt(json, place, familyKeys);
  const { id } = family;
  if (typeof id !== 'string' || id === '') throw new FaresError(`${place}.id`, 'must be a text');
  const routeTypes = listAt(family['route_types'] ?? [], `${place}.route_types`).map((type, at) =>
    wholeAt(type, `${place}.route_types[${at}]`),
  );
  const routeIds = listAt(family['route_ids'] ?? [], `${place}.route_ids`).map((line, at) => {
    if (typeof line !== 'string') throw new FaresError(`${place}.route_ids[${at}]`, 'must be a text');
    return line;
  });
  if (routeTypes.length + routeIds.length === 0)
    throw new FaresError(place, 'needs route_types or route_ids, or it prices nothing');
  const capacity = family['vehicle_capacity'] ?? null;
  return {
    id,
    routeTypes,
    routeIds,
    baseMinor: wholeAt(family['base_minor'] ?? 0, `${place}.base_minor`),
    slabs: readSlabs(listAt(family['slabs'] ?? [], `${place}.slabs`), `${place}.slabs`),
    minimumMinor: wholeAt(family['minimum_minor'] ?? 0, `${place}.minimum_minor`),
    roundUpToMinor: wholeAt(family['round_up_to_minor'] ?? 1, `${place}.round_up_to_minor`, 1),
    vehicleCapacity: capacity === null ? null : wholeAt(capacity, `${place}.vehicle_capacity`, 1),
  };
}

function readSlabs(list: readonly unknown[], place: string): FareSlab[] {
  let last = 0;
  return list.map((json, index) => {
    const at = `${place}[${index}]`;
    const slab = objectAt(json, at, ['up_to_km', 'minor_per_km']);
    const minorPerKm = numberAt(slab['minor_per_km'], `${at}.minor_per_km`);
    const end = slab['up_to_km'] ?? null;
    if (end === null) {
      if (index < list.length - 1)
        throw new FaresError(`${at}.up_to_km`, 'is missing: only the last slab may be without an end');
      return { upToKm: null, minorPerKm };
    }
    const upToKm = numberAt(end, `${at}.up_to_km`);
    if (upToKm <= last) throw new FaresError(`${at}.up_to_km`, `must be more than ${last}`);
    last = upToKm;
    return { upToKm, minorPerKm };
  });
}

function objectAt(json: unknown, place: string, keys: readonly string[]): Record<string, unknown> {
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw new FaresError(place, 'must be an object');
  for (const key of Object.keys(json))
    if (!keys.includes(key)) throw new FaresError(place, `has "${key}", which is none of ${keys.join(', ')}`);
  return json as Record<string, unknown>;
}

function listAt(json: unknown, place: string): readonly unknown[] {
  if (!Array.isArray(json)) throw new FaresError(place, 'must be a list');
  return json;
}

/** Most minor units, kilometres and so on: keeps every sum of a journey an exact whole number. */
const MOST = 1_000_000_000;

function numberAt(json: unknown, place: string): number {
  if (typeof json !== 'number' || !(json >= 0 && json <= MOST))
    throw new FaresError(place, `must be a number from 0 to ${MOST}`);
  return json;
}

function wholeAt(json: unknown, place: string, least = 0): number {
  if (!Number.isInteger(json) || (json as number) < least || (json as number) > MOST)
    throw new FaresError(place, `must be a whole number from ${least} to ${MOST}`);
  return json as number;
}
