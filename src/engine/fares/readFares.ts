import type { FareFamily, Fares, FareSlab, FareStep, FareTransfer } from './family.ts';

/** A fare file that does not say what it must; the message names the place. */
export class FaresError extends Error {
  constructor(place: string, fault: string) {
    super(`${place} ${fault}`);
    this.name = 'FaresError';
  }
}

/**
 * Fares from the parsed JSON of a `--fares` file: `{"currency", "families": […]}`. Throws `FaresError` at the first
 * fault, and for any key that is not in this list. A family has
 * - `id`: a name of its own;
 * - `route_types`, `route_ids`: the lines that it prices, of which it needs one; the first family of a line counts;
 * - `base_minor` (default 0): minor units per ride, a part of the fare;
 * - `slabs`: `[{"up_to_km", "minor_per_km"}]`, kilometre by kilometre; the last may lack its end, beyond which no
 *   more is charged; or
 * - `steps`: `[{"up_to_km", "price_minor"}]`, one price for the whole ride by the band in which its distance lies,
 *   the end included; never falling; beyond the last end the last price;
 * - `minimum_minor` (0): the fare is no less; then `round_up_to_minor` (1): it is rounded up to a multiple;
 * - `per_boarding_minor` (0): added after that, at every boarding;
 * - `vehicle_capacity` (null): all of this is per vehicle of so many seats; null: per passenger;
 * - `transfer`: `{"minutes", "price_minor", "count"}`: so many further rides of the family, each boarded at most so
 *   many minutes after a ride that was paid in full had been boarded, may be had for this price each (default 0,
 *   `count` 1) instead of the fare and the charge per boarding. A traveller who pays in full again holds the new
 *   ticket instead of the old one; the cheapest way to pay is the price of a journey.
 */
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
  'per_boarding_minor',
  'slabs',
  'steps',
  'minimum_minor',
  'round_up_to_minor',
  'vehicle_capacity',
  'transfer',
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
  const slabs = readSlabs(listAt(family['slabs'] ?? [], `${place}.slabs`), `${place}.slabs`);
  const steps = readSteps(listAt(family['steps'] ?? [], `${place}.steps`), `${place}.steps`);
  if (slabs.length > 0 && steps.length > 0)
    throw new FaresError(`${place}.steps`, 'cannot stand beside slabs: one of them prices a ride');
  return {
    id,
    routeTypes,
    routeIds,
    baseMinor: wholeAt(family['base_minor'] ?? 0, `${place}.base_minor`),
    perBoardingMinor: wholeAt(family['per_boarding_minor'] ?? 0, `${place}.per_boarding_minor`),
    slabs,
    steps,
    minimumMinor: wholeAt(family['minimum_minor'] ?? 0, `${place}.minimum_minor`),
    roundUpToMinor: wholeAt(family['round_up_to_minor'] ?? 1, `${place}.round_up_to_minor`, 1),
    vehicleCapacity: capacity === null ? null : wholeAt(capacity, `${place}.vehicle_capacity`, 1),
    transfer: readTransfer(family['transfer'] ?? null, `${place}.transfer`),
  };
}

function readTransfer(json: unknown, place: string): FareTransfer | null {
  if (json === null) return null;
  const transfer = objectAt(json, place, ['minutes', 'price_minor', 'count']);
  return {
    minutes: wholeAt(transfer['minutes'], `${place}.minutes`, 1, MOST_TRANSFER_MINUTES),
    priceMinor: wholeAt(transfer['price_minor'] ?? 0, `${place}.price_minor`),
    count: wholeAt(transfer['count'] ?? 1, `${place}.count`, 1),
  };
}

/** Thirty days; longer than any journey, so that the minute at which a ticket ends is always a timeline minute. */
const MOST_TRANSFER_MINUTES = 30 * 1440;

function readSlabs(list: readonly unknown[], place: string): FareSlab[] {
  return readBands(list, place, 'slab', 'minor_per_km').map(({ at, upToKm, json }) => ({
    upToKm,
    minorPerKm: numberAt(json, at),
  }));
}

function readSteps(list: readonly unknown[], place: string): FareStep[] {
  let last = 0;
  return readBands(list, place, 'step', 'price_minor').map(({ at, upToKm, json }) => {
    const priceMinor = wholeAt(json, at);
    if (priceMinor < last)
      throw new FaresError(at, `must not be less than ${last}: a longer ride is never cheaper`);
    last = priceMinor;
    return { upToKm, priceMinor };
  });
}

/** Bands of kilometres with one more key; each ends farther out than the one before. */
function readBands(
  list: readonly unknown[],
  place: string,
  what: string,
  key: string,
): { readonly at: string; readonly upToKm: number | null; readonly json: unknown }[] {
  let last = 0;
  return list.map((json, index) => {
    const at = `${place}[${index}]`;
    const band = objectAt(json, at, ['up_to_km', key]);
    const end = band['up_to_km'] ?? null;
    if (end === null) {
      if (index < list.length - 1)
        throw new FaresError(`${at}.up_to_km`, `is missing: only the last ${what} may be without an end`);
      return { at: `${at}.${key}`, upToKm: null, json: band[key] };
    }
    const upToKm = numberAt(end, `${at}.up_to_km`);
    if (upToKm <= last) throw new FaresError(`${at}.up_to_km`, `must be more than ${last}`);
    last = upToKm;
    return { at: `${at}.${key}`, upToKm, json: band[key] };
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

function wholeAt(json: unknown, place: string, least = 0, most = MOST): number {
  if (!Number.isInteger(json) || (json as number) < least || (json as number) > most)
    throw new FaresError(place, `must be a whole number from ${least} to ${most}`);
  return json as number;
}
