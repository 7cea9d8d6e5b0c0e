import { distanceKm } from '../../units/geo.ts';
import type { Place } from './contract.ts';
import { editDistance, fold, withinOneEdit } from './folding.ts';
import type { KnownPlace, PlaceIndex, Term } from './placeIndex.ts';

export interface PlaceMatch {
  readonly known: KnownPlace;
  readonly score: number;
  readonly term: Term;
  /** The text was not written as any name: a small typing error was allowed. */
  readonly typo: boolean;
}

/** Suggestions shown. */
export const MAX_PLACES = 8;
/** Shorter words are too alike for a typing error to be told from another name. */
const TYPO_LETTERS = 5;

/**
 * Scores of the ways to match, far enough apart that `weight` (0–99) only orders equals. A city named
 * exactly stands before a station with that code (PUNE, GAYA); a hub named exactly before a city whose
 * alias it is ("New Delhi" is the station).
 */
const SCORE = {
  cityName: 1200,
  code: 1100,
  hubName: 1000,
  cityAlias: 900,
  alias: 800,
  prefix: 500,
  words: 300,
  typo: 100,
} as const;
const CITY_BONUS = 110;

function scoreTerm(known: KnownPlace, term: Term, query: string, words: readonly string[]): number {
  const city = known.place.kind === 'city';
  if (term.kind === 'code') {
    if (term.folded === query) return SCORE.code;
    return query.length >= 2 && term.folded.startsWith(query) ? SCORE.words - 100 : 0;
  }
  if (term.folded === query) {
    if (term.kind === 'alias') return city ? SCORE.cityAlias : SCORE.alias;
    return city ? SCORE.cityName : SCORE.hubName;
  }
  const bonus = (city ? CITY_BONUS : 0) - (term.kind === 'alias' ? 5 : 0);
  if (term.folded.startsWith(query)) return SCORE.prefix + bonus;
  return hasWords(term.words, words) ? SCORE.words + bonus : 0;
}

/** Every word of the query begins a word of the name, in the same order. */
function hasWords(name: readonly string[], words: readonly string[]): boolean {
  let at = 0;
  for (const word of words) {
    const found = name.findIndex((one, position) => position >= at && one.startsWith(word));
    if (found < 0) return false;
    at = found + 1;
  }
  return words.length > 0;
}

function typoScore(known: KnownPlace, term: Term, query: string): number {
  if (term.kind === 'code' || query.length < TYPO_LETTERS || term.folded.length < TYPO_LETTERS - 1) return 0;
  const city = known.place.kind === 'city' ? CITY_BONUS / 2 : 0;
  if (withinOneEdit(term.folded, query)) return SCORE.typo + 60 + city;
  if (query.length > TYPO_LETTERS && withinOneEdit(term.folded.slice(0, query.length), query))
    return SCORE.typo + city;
  return term.words.length > 1 &&
    term.words.some((word) => word.length >= TYPO_LETTERS && withinOneEdit(word, query))
    ? SCORE.typo + city
    : 0;
}

function best(known: KnownPlace, score: (term: Term) => number, typo: boolean): PlaceMatch | null {
  let found: PlaceMatch | null = null;
  for (const term of known.terms) {
    const value = score(term);
    if (value > 0 && (!found || value + known.weight > found.score))
      found = { known, score: value + known.weight, term, typo };
  }
  return found;
}

/** "New Delhi (NDLS), Delhi" → name, code and what qualifies it. */
function readQuery(text: string): { query: string; code: string | null; qualifiers: string[] } {
  const code = /\(([A-Za-z0-9-]{2,12})\)/.exec(text)?.[1] ?? null;
  const [head = '', ...rest] = text.replace(/\([^)]*\)/g, ' ').split(',');
  return { query: fold(head), code: code ? fold(code) : null, qualifiers: rest.map(fold).filter(Boolean) };
}

/**
 * Places that a text may mean, best first: exact city, code, hub, alias, then beginnings, words and small
 * typing errors. "Name, City" and "Name (CODE)" narrow the choice when anything fits.
 */
export function matchPlaces(index: PlaceIndex, text: string, limit: number = MAX_PLACES): PlaceMatch[] {
  const { query, code, qualifiers } = readQuery(text);
  const wanted = query || code;
  if (!wanted) return [];
  const words = wanted.split(' ');
  let matches = collect(index, (known) =>
    best(known, (term) => scoreTerm(known, term, wanted, words), false),
  );
  if (matches.length === 0)
    matches = collect(index, (known) => best(known, (term) => typoScore(known, term, wanted), true));
  if (code) {
    const coded = matches.filter(({ known }) =>
      known.terms.some((term) => term.kind === 'code' && term.folded === code),
    );
    if (coded.length > 0) matches = coded;
    else if (matches.length === 0) return matchPlaces(index, code, limit);
  }
  if (qualifiers.length > 0) {
    const narrowed = matches.filter((match) => qualifies(match.known, qualifiers));
    if (narrowed.length > 0) matches = narrowed;
  }
  return withoutTwins(matches, limit);
}

function collect(index: PlaceIndex, find: (known: KnownPlace) => PlaceMatch | null): PlaceMatch[] {
  const matches: PlaceMatch[] = [];
  for (const known of index.places) {
    const match = find(known);
    if (match) matches.push(match);
  }
  return matches.toSorted(
    (a, b) =>
      b.score - a.score ||
      a.term.folded.length - b.term.folded.length ||
      (a.known.place.id < b.known.place.id ? -1 : 1),
  );
}

const qualifies = ({ place }: KnownPlace, qualifiers: readonly string[]): boolean => {
  const around = fold(`${place.city ?? ''} ${place.state ?? ''}`).split(' ');
  return qualifiers.every((qualifier) =>
    qualifier.split(' ').every((word) => around.some((one) => one.startsWith(word))),
  );
};

/** Both sides of a road are one stop to a traveller. */
const TWIN_KM = 0.6;

function withoutTwins(matches: readonly PlaceMatch[], limit: number): PlaceMatch[] {
  const kept: PlaceMatch[] = [];
  for (const match of matches) {
    if (kept.length === limit) break;
    const { place } = match.known;
    const twin = kept.some(
      ({ known }) =>
        known.place.kind === place.kind &&
        fold(known.place.name) === fold(place.name) &&
        distanceKm(known.place, place) < TWIN_KM,
    );
    if (!twin) kept.push(match);
  }
  return kept;
}

/** The autocomplete's answer: a city is followed by its busiest stations and airports. */
export function suggestPlaces(index: PlaceIndex, text: string): Place[] {
  const matches = matchPlaces(index, text);
  const rows = matches.map(({ known: { place }, term }): Place => {
    const matched = term.kind === 'alias' && fold(place.name) !== term.folded ? term.text : null;
    return Object.assign({ matched }, place);
  });
  const [first] = matches;
  if (first?.known.place.kind !== 'city' || first.term.folded !== readQuery(text).query) return rows;
  const hubs = index.places
    .filter((known) => known.cityId === first.known.cityId && known.place.id.startsWith('hub:'))
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ place }): Place => Object.assign({ matched: null }, place));
  const cities = rows.filter((row) => row.kind === 'city');
  const others = rows.filter((row) => row.kind !== 'city' && !hubs.some((hub) => hub.id === row.id));
  return [...cities, ...hubs, ...others].slice(0, MAX_PLACES);
}

/** Names near an unknown text, for the error: cities and hubs, nearest spelling first. */
export function nearNames(index: PlaceIndex, text: string, limit = 5): string[] {
  const query = readQuery(text).query;
  return index.places
    .filter((known) => !known.place.id.startsWith('stop:'))
    .map((known) => ({
      name: known.place.displayName,
      distance: Math.min(
        ...known.terms.filter((term) => term.kind !== 'code').map((term) => editDistance(query, term.folded)),
      ),
      weight: known.weight,
    }))
    .filter(({ distance }) => distance <= Math.max(2, Math.floor(query.length / 2)))
    .toSorted((a, b) => a.distance - b.distance || b.weight - a.weight)
    .slice(0, limit)
    .map(({ name }) => name);
}
