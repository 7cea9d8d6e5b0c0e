import type { PlaceIndex } from './placeIndex.ts';

const DEVANAGARI = /^[\u0900-\u097F]/;

/**
 * The Hindi name of each place that has one, by the name that searches and suggestions use. Cities come last, so that a
 * city and a station of one name are called as the city.
 */
export function hindiNames(index: Pick<PlaceIndex, 'places'>): Readonly<Record<string, string>> {
  const known = made.get(index) ?? named(index);
  made.set(index, known);
  return known;
}

/** Made once an index: a real network has tens of thousands of places. */
const made = new WeakMap<object, Readonly<Record<string, string>>>();

function named(index: Pick<PlaceIndex, 'places'>): Readonly<Record<string, string>> {
  const names: Record<string, string> = {};
  for (const { place, terms } of index.places.toSorted((a, b) => rank(a.place) - rank(b.place))) {
    const hindi = terms.find(({ text }) => DEVANAGARI.test(text))?.text;
    if (hindi !== undefined) names[place.name] = hindi;
  }
  return names;
}

const rank = ({ kind }: { readonly kind: string }): number => (kind === 'city' ? 1 : 0);
