/** The search that a kept trip or route came from, as a link to ask it again. */
import type { Trip } from '../../src/features/trips/contract.ts';
import { emptyQuery, paramsOf } from '../search/query.ts';

type Ends = Pick<Trip, 'origin' | 'destination'> &
  Partial<Pick<Trip, 'date' | 'time' | 'passengers' | 'preference'>>;

const placeOf = ({ name, id, lat, lng }: Trip['origin']) => ({ text: name, picked: { id, lat, lng } });

export function searchPathOf({ origin, destination, date, time, passengers, preference }: Ends): string {
  const params = paramsOf({
    ...emptyQuery,
    origin: placeOf(origin),
    destination: placeOf(destination),
    date: date ?? null,
    time: time ?? null,
    passengers: passengers ?? 1,
    preference: preference ?? 'BALANCED',
  });
  return `/?${new URLSearchParams(Object.entries(params)).toString()}`;
}
