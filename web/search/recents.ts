/** Recent places and searches, kept in this browser only. */
import type { SearchParams } from './query.ts';
import { pairsOf, readParams } from './query.ts';
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

/** As links. What an older version stored in another shape is left out. */
export function recentSearches(): SearchParams[] {
  return load(SEARCHES_KEY)
    .filter((entry) => typeof entry === 'string')
    .map((entry) => readParams(new URLSearchParams(entry)))
    .filter(({ origin, destination }) => origin !== undefined && destination !== undefined);
}

/** Places, stops and how many travel: a recent search is repeated for another day, and who travels is nobody's here. */
export function rememberSearch(params: SearchParams): void {
  const { origin, originAt, destination, destinationAt, stop, stopAt, passengers, preference, modes } =
    params;
  const kept = { origin, originAt, destination, destinationAt, stop, stopAt, passengers, preference, modes };
  const text = new URLSearchParams(pairsOf(told(kept))).toString();
  const others = recentSearches()
    .filter((other) => other.origin !== origin || other.destination !== destination)
    .map((other) => new URLSearchParams(pairsOf(other)).toString());
  save(SEARCHES_KEY, [text, ...others].slice(0, MAX_SEARCHES));
}

const told = (params: {
  readonly [Name in keyof SearchParams]: SearchParams[Name] | undefined;
}): SearchParams => Object.fromEntries(Object.entries(params).filter(([, value]) => value !== undefined));

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
