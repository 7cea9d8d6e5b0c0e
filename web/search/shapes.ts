/** The shapes of the interface, as types only: the schemas (and zod) stay out of the bundle. */
import type { HandOff } from '../../src/features/booking/contract.ts';
import type { AskableFact, Outcome, RefusalCode } from '../../src/features/concessions/contract.ts';
import type { FareItemCode } from '../../src/features/fares/contract.ts';
import type {
  LegMode,
  PlanB,
  Route,
  SearchNote,
  SearchResponse,
} from '../../src/features/journeys/contract.ts';
import type { Place } from '../../src/features/places/contract.ts';

export type {
  Leg,
  LegFare,
  LegMode,
  PlanB,
  Preference,
  Price,
  Route,
  SearchAlternative,
  SearchNote,
  SearchRequestInput,
  SearchResponse,
} from '../../src/features/journeys/contract.ts';
export type { AskableFact, FareItemCode, HandOff, Outcome, Place, RefusalCode };
export type PickName = keyof SearchResponse['picks'];
export interface PlacesResponse {
  readonly places: readonly Place[];
}
export type SearchMode = Exclude<LegMode, 'taxi' | 'auto' | 'walk'>;
export type NoteCode = SearchNote['code'];
export type ReasonCode = Route['why'][number]['code'];
export type OutcomeStatus = Outcome['status'];
export type ChangeRisk = PlanB['change'];
export type RiskWord = ChangeRisk['word'];
export type ComfortFlagName = NonNullable<Route['comfort']>['flags'][number]['flag'];
