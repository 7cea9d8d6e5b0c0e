/** What to carry for the reduced fares that a trip counts on. */
import type { TripLeg } from './readTrip.ts';

export interface DocumentToCarry {
  /** As the rule says it. */
  readonly text: string;
  readonly concession: string;
  readonly whereToBuy: string | null;
  /** Only if its condition holds. */
  readonly conditional: boolean;
  readonly legs: readonly TripLeg[];
}

/** Each document once, with the legs it is for. */
export function documentsOf(legs: readonly TripLeg[]): DocumentToCarry[] {
  const found = new Map<string, DocumentToCarry>();
  for (const leg of legs) {
    const concession = leg.whole?.concession;
    for (const outcome of concession?.outcomes ?? []) {
      if (outcome.documents === null) continue;
      if (outcome.status !== 'APPLIES' && outcome.ruleId !== concession?.best) continue;
      const known = found.get(outcome.documents);
      found.set(outcome.documents, {
        text: outcome.documents,
        concession: known?.concession ?? outcome.title,
        whereToBuy: known?.whereToBuy ?? outcome.whereToBuy,
        conditional: (known?.conditional ?? true) && outcome.status !== 'APPLIES',
        legs: [...(known?.legs ?? []), ...(known?.legs.includes(leg) ? [] : [leg])],
      });
    }
  }
  return [...found.values()];
}
