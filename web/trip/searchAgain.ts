/** The search that a kept trip or route came from, as a link to ask it again. */
import type { Trip } from '../../src/features/trips/contract.ts';
import { emptyQuery, pairsOf, paramsOf } from '../search/query.ts';

type Ends = Pick<Trip, 'origin' | 'destination'> &
  Partial<Pick<Trip, 'stops' | 'date' | 'time' | 'passengers' | 'preference'>>;

const placeOf = ({ name, id, lat, lng }: Trip['origin']) => ({ text: name, picked: { id, lat, lng } });

export function searchPathOf(ends: Ends): string {
  const { origin, destination, stops, date, time, passengers, preference } = ends;
  const params = paramsOf({
    ...emptyQuery,
    origin: placeOf(origin),
    destination: placeOf(destination),
    date: date ?? null,
    time: time ?? null,
    stops: (stops ?? []).map(({ place, dwellMinutes }) => ({ place: placeOf(place), dwellMinutes })),
    adults: passengers ?? 1,
    preference: preference ?? 'BALANCED',
  });
  return `/?${new URLSearchParams(pairsOf(params)).toString()}`;
}
