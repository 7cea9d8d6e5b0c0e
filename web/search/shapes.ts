/** The shapes of the interface, as types only: the schemas (and zod) stay out of the bundle. */
import type { LegMode, SearchResponse } from '../../src/features/journeys/contract.ts';
import type { Place } from '../../src/features/places/contract.ts';

export type {
  Leg,
  LegMode,
  Preference,
  Price,
  Route,
  SearchRequestInput,
  SearchResponse,
} from '../../src/features/journeys/contract.ts';
export type PickName = keyof SearchResponse['picks'];
export type { Place } from '../../src/features/places/contract.ts';
export interface PlacesResponse {
  readonly places: readonly Place[];
}
export type SearchMode = Exclude<LegMode, 'taxi' | 'auto' | 'walk'>;
