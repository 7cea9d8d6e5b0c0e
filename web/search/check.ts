import type { EpochDay } from '../../src/units/time.ts';
import { parseDate } from '../../src/units/time.ts';
import { searchWords } from '../words/search.ts';
import type { StopText, TripQuery } from './query.ts';

export interface DraftStop extends StopText {
  /** Keeps its fields together when it is moved. */
  readonly key: number;
}

/** What is being typed: like a query, but every way to travel may be unticked. */
export interface Draft extends TripQuery {
  readonly stops: readonly DraftStop[];
  readonly noMode: boolean;
}

/** By the name of the field, in the order of the form, so that the first is where focus goes. */
export type FieldErrors = Readonly<Record<string, string>>;

export const stopName = (index: number): string => `stop${index}`;

export function checkDraft(draft: Draft, today: EpochDay): FieldErrors {
  const { form } = searchWords;
  const errors: Record<string, string> = {};
  const from = draft.origin.text.trim();
  const to = draft.destination.text.trim();
  if (from === '') errors['origin'] = form.originMissing;
  for (const [index, { place }] of draft.stops.entries())
    if (place.text.trim() === '') errors[stopName(index)] = form.stopMissing;
  if (to === '') errors['destination'] = form.destinationMissing;
  else if (from.toLowerCase() === to.toLowerCase() && draft.stops.length === 0)
    errors['destination'] = form.samePlace;
  const day = draft.date === null ? today : parseDate(draft.date);
  if (day === null || day < today) errors['date'] = form.pastDate;
  if (draft.noMode) errors['modes'] = form.noMode;
  return errors;
}
