/** Recent places and searches, kept in this browser only. */
import type { SearchParams } from './query.ts';
import { readParams } from './query.ts';
import type { Place } from './shapes.ts';

const PLACES_KEY = 'routestitch.recentPlaces';
const SEARCHES_KEY = 'routestitch.recentSearches';
const MAX_PLACES = 5;
const MAX_SEARCHES = 4;

/** Storage may be off or full: recents are then missing, and nothing else. */
function load(key: string): unknown[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

function save(key: string, value: readonly unknown[]): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Nothing depends on it.
  }
}

export function recentPlaces(): Place[] {
  return load(PLACES_KEY).filter(isPlace);
}

export function rememberPlace(place: Place): void {
  const others = recentPlaces().filter(({ id }) => id !== place.id);
  save(PLACES_KEY, [{ ...place, matched: null }, ...others].slice(0, MAX_PLACES));
}

/** Without dates: a recent search is repeated for another day. */
export function recentSearches(): SearchParams[] {
  return load(SEARCHES_KEY)
    .filter((entry): entry is Record<string, unknown> => typeof entry === 'object' && entry !== null)
    .map(readParams)
    .filter(({ origin, destination }) => origin !== undefined && destination !== undefined);
}

export function rememberSearch(params: SearchParams): void {
  const { date: _date, time: _time, arriveBy: _arriveBy, sort: _sort, ...kept } = params;
  const others = recentSearches().filter(
    ({ origin, destination }) => origin !== kept.origin || destination !== kept.destination,
  );
  save(SEARCHES_KEY, [kept, ...others].slice(0, MAX_SEARCHES));
}

export function forgetRecents(): void {
  save(SEARCHES_KEY, []);
  save(PLACES_KEY, []);
}

/** What an older version of the page stored may have another shape. */
function isPlace(value: unknown): value is Place {
  if (typeof value !== 'object' || value === null) return false;
  const fields = new Map<string, unknown>(Object.entries(value));
  return (
    ['id', 'kind', 'name', 'displayName', 'detail'].every((name) => typeof fields.get(name) === 'string') &&
    ['lat', 'lng'].every((name) => typeof fields.get(name) === 'number')
  );
}
