import { distanceKm } from '../../units/geo.ts';
import type { Location } from './contract.ts';
import type { PlaceIndex } from './placeIndex.ts';
import { locationOf, type ResolvedPlace, SAME_PLACE_KM } from './resolvePlace.ts';

/** A stop of a place may lie so far from its middle. */
const OWN_KM = 1;

/**
 * Whether a place says nothing of anybody: one that everybody can look up, under a name of its own. An address, or
 * "Asha's home" with the id of a city, is somebody's: it is kept with what that user keeps, and nowhere else.
 */
export function isPublicPlace(index: PlaceIndex, { location, kind }: ResolvedPlace): boolean {
  const known = kind === 'address' ? undefined : index.find(location.id)?.place;
  if (!known || distanceKm(known, location) > OWN_KM) return false;
  const names = [known.name, known.displayName];
  return (
    names.includes(location.name) &&
    [undefined, ...names].includes(location.displayName) &&
    [undefined, known.city].includes(location.city) &&
    [undefined, known.state].includes(location.state)
  );
}

/** One decimal of a degree is 11 km. */
const coarse = (degrees: number): number => Math.round(degrees * 10) / 10;

/** What the figures may know of a place: the one that everybody knows, the city around it, else about where it is. */
export function publicPlace(index: PlaceIndex, location: Location): Location {
  const known = index.find(location.id)?.place;
  if (known && distanceKm(known, location) <= SAME_PLACE_KM) return locationOf(known);
  const city = index.nearestCity(location);
  const place = city && index.find(`city:${city.id}`)?.place;
  if (place) return locationOf(place);
  return { id: 'elsewhere', name: 'Elsewhere', lat: coarse(location.lat), lng: coarse(location.lng) };
}
