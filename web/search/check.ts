import type { EpochDay } from '../../src/units/time.ts';
import { parseDate } from '../../src/units/time.ts';
import { searchWords } from '../words/search.ts';
import type { TripQuery } from './query.ts';

/** What is being typed: like a query, but every way to travel may be unticked. */
export interface Draft extends TripQuery {
  readonly noMode: boolean;
}

/** In the order of the form, so that the first is where focus goes. */
export const checkedFields = ['origin', 'destination', 'date', 'modes'] as const;
export type FieldErrors = Readonly<Partial<Record<(typeof checkedFields)[number], string>>>;

export function checkDraft(draft: Draft, today: EpochDay): FieldErrors {
  const errors: Partial<Record<(typeof checkedFields)[number], string>> = {};
  const from = draft.origin.text.trim();
  const to = draft.destination.text.trim();
  if (from === '') errors.origin = searchWords.form.originMissing;
  if (to === '') errors.destination = searchWords.form.destinationMissing;
  else if (from.toLowerCase() === to.toLowerCase()) errors.destination = searchWords.form.samePlace;
  const day = draft.date === null ? today : parseDate(draft.date);
  if (day === null || day < today) errors.date = searchWords.form.pastDate;
  if (draft.noMode) errors.modes = searchWords.form.noMode;
  return errors;
}
