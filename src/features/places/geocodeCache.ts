import { translatingErrors } from '../../database/sqlstate.ts';
import {
  type GeocodeCacheRow,
  type GeocodeRow,
  type Queryable,
  selectGeocode,
  selectGeocodeCache,
  upsertGeocode,
} from './store.ts';

/** Where an address lies, as a geocoder answered. */
export interface Geocode extends Omit<GeocodeRow, 'country'> {
  /** Default `India`. */
  readonly country?: string;
}

/** The document's 24 hours. */
const TTL_SECONDS = 24 * 3600;
const LONGEST_ADDRESS = 500;

/**
 * The key under which an address is kept: one for all spellings that differ in case, width or spaces.
 * NFKC before and after lower-casing, because lower case can leave the form (and the CHECK asks for both).
 * Control characters count as spaces. Null: empty, or too long to be an address.
 */
export function normaliseAddress(text: string): string | null {
  const address = lower(lower(text.toWellFormed().normalize('NFKC')))
    .replaceAll(/[\s\p{Cc}\p{Z}\u180e\u200b]+/gu, ' ')
    .trim();
  // PostgreSQL counts characters, a string UTF-16 units: never fewer.
  return address === '' || address.length > LONGEST_ADDRESS ? null : address;
}

const lower = (text: string): string => text.toLowerCase().normalize('NFKC');

/** What was found for this address in the last 24 hours, or null. */
export async function getCachedGeocode(db: Queryable, address: string): Promise<Required<Geocode> | null> {
  const key = normaliseAddress(address);
  return key === null ? null : selectGeocode(db, key);
}

/** Keeps a geocoder's answer for 24 hours, in place of an older one. What is no address is not kept. */
export async function cacheGeocode(db: Queryable, address: string, found: Geocode): Promise<void> {
  const key = normaliseAddress(address);
  if (key !== null) await upsertGeocode(db, key, { country: 'India', ...found }, TTL_SECONDS);
}

/** What lies in the cache. */
export const geocodeCacheHealth = (db: Queryable): Promise<GeocodeCacheRow> =>
  translatingErrors(() => selectGeocodeCache(db));
