import { AppError } from '../../errors.ts';
import { distanceKm } from '../../units/geo.ts';
import type { Location } from './contract.ts';
import { matchPlaces, nearNames } from './matchPlaces.ts';
import type { PlaceIndex } from './placeIndex.ts';

/** Where a search begins or ends. */
export interface ResolvedPlace {
  readonly location: Location;
  readonly kind: 'city' | 'station' | 'airport' | 'bus_stand' | 'metro' | 'stop' | 'address';
  /** Gazetteer city it is or lies in. */
  readonly cityId: string | null;
  /** Network stops that are this place itself; for a city the stops of its hubs; none for an address. */
  readonly stops: readonly number[];
  /** What to tell the traveller about the choice, when it was not plain. */
  readonly note: PlaceNote | null;
}

interface PlaceNote {
  readonly code: 'PLACE_READ_AS' | 'PLACE_AMBIGUOUS';
  readonly text: string;
}

/** A known id counts only when the coordinates sent with it are about the place's. */
export const SAME_PLACE_KM = 30;

/**
 * The best place for a text or a location object.
 * Throws `PLACE_NOT_FOUND` with `facts.suggestions` when a text fits nothing.
 */
export function resolvePlace(index: PlaceIndex, input: string | Location, field: string): ResolvedPlace {
  if (typeof input !== 'string') return resolveLocation(index, input);
  const [match, second] = matchPlaces(index, input, 2);
  if (!match) {
    const suggestions = nearNames(index, input);
    const hint =
      suggestions.length > 0
        ? `; did you mean ${suggestions.slice(0, 3).join(' or ')}?`
        : '; try a city, a station or a code such as NDLS';
    throw new AppError('PLACE_NOT_FOUND', `No place is known as "${input}"${hint}`, {
      facts: { field, text: input, suggestions },
    });
  }
  const { place } = match.known;
  let note: PlaceNote | null = null;
  if (match.typo) note = { code: 'PLACE_READ_AS', text: `"${input}" was read as ${place.displayName}.` };
  else if (second && second.known.place.kind === place.kind && second.score === match.score)
    note = {
      code: 'PLACE_AMBIGUOUS',
      text: `"${input}" was taken for ${place.displayName}; there is also ${second.known.place.displayName}.`,
    };
  return {
    location: locationOf(place),
    kind: place.kind,
    cityId: match.known.cityId,
    stops: match.known.stops,
    note,
  };
}

function resolveLocation(index: PlaceIndex, location: Location): ResolvedPlace {
  const known = index.find(location.id);
  if (known && distanceKm(known.place, location) <= SAME_PLACE_KM)
    return { location, kind: known.place.kind, cityId: known.cityId, stops: known.stops, note: null };
  const city = index.nearestCity(location);
  return { location, kind: 'address', cityId: city?.id ?? null, stops: [], note: null };
}

/** Id of the city that a location lies in, or of the stop itself where there is none; null for an address elsewhere. */
export function areaOf(index: PlaceIndex, place: Location): string | null {
  const { cityId, kind, location } = resolveLocation(index, place);
  if (cityId !== null) return `city:${cityId}`;
  return kind === 'address' ? null : location.id;
}

export function locationOf(place: {
  id: string;
  name: string;
  city: string | null;
  state: string | null;
  lat: number;
  lng: number;
  displayName: string;
}): Location {
  return {
    id: place.id,
    name: place.name,
    ...(place.city === null ? {} : { city: place.city }),
    ...(place.state === null ? {} : { state: place.state }),
    lat: place.lat,
    lng: place.lng,
    displayName: place.displayName,
  };
}
