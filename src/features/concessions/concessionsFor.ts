import { type Amounts, type Fare, plus, times, totalOf, withBase } from '../fares/index.ts';
import type { LegConcessions, Outcome, Traveller } from './contract.ts';
import {
  concerns,
  type ConcessionRide,
  percentOf,
  type Refusal,
  refusalOf,
  withdrawnSince,
} from './judge.ts';
import { personFit } from './person.ts';
import type { ConcessionRule, Percent } from './rules.ts';

const nothing: Amounts = { lowMinor: 0, likelyMinor: 0, highMinor: 0 };

/**
 * What one traveller of the party may save on a ride, rule by rule, and what the party then pays. Only the best rule
 * that surely applies is counted: one concession a person. Rules for others are left out; rules for this traveller
 * that do not hold say why, those withdrawn since when.
 */
export function concessionsFor(
  rules: readonly ConcessionRule[],
  ride: ConcessionRide,
  traveller: Traveller,
): LegConcessions {
  const outcomes = rules.flatMap((rule) => outcomeOf(rule, ride, traveller) ?? []);
  const counted = outcomes.filter(({ status }) => status === 'APPLIES').toSorted(byWorth)[0];
  const saving = counted?.saving ?? nothing;
  return {
    outcomes: outcomes.map((outcome) =>
      outcome.status === 'APPLIES' && outcome !== counted ? beaten(outcome, counted!) : outcome,
    ),
    best: counted?.ruleId ?? null,
    saving,
    effective: plus(ride.fare, times(saving, -1)),
  };
}

/** The larger saving first; of two equal ones the newer rule, which outlives the older. */
const byWorth = (a: Outcome, b: Outcome): number =>
  b.saving.likelyMinor - a.saving.likelyMinor ||
  b.saving.lowMinor - a.saving.lowMinor ||
  b.validFrom.localeCompare(a.validFrom);

const beaten = (outcome: Outcome, { title }: Outcome): Outcome => ({
  ...outcome,
  status: 'REFUSED',
  reason: { code: 'BETTER_ONE', text: `One concession a person: "${title}" saves as much or more` },
  saving: nothing,
});

function outcomeOf(rule: ConcessionRule, ride: ConcessionRide, traveller: Traveller): Outcome | null {
  if (!concerns(rule, ride)) return null;
  const fit = personFit(rule, traveller);
  if (fit.fit === 'NO') return null;
  const refusal = refusalOf(rule, ride, traveller, fit);
  const asks = fit.fit === 'YES' && !refusal ? [...fit.asks] : [];
  // A note that does not hold, or only perhaps, says nothing.
  if (rule.kind === 'NOTE' && (refusal || asks.length > 0)) return null;
  const percent = rule.kind === 'NOTE' ? null : percentOf(rule, ride.fare.classCode);
  const status = statusOf(rule, refusal, asks, percent);
  const counts = percent !== null && (status === 'APPLIES' || status === 'POSSIBLE');
  return {
    ruleId: rule.id,
    title: rule.title,
    status,
    reason: refusal,
    asks,
    condition: rule.condition,
    percent: refusal ? null : percent && { ...percent },
    saving: counts ? savingOf(rule, ride.fare, traveller, percent) : nothing,
    escort: rule.escort === '' ? null : rule.escort === 'yes' ? 'SAME' : 'UNSTATED',
    withdrawnSince: refusal?.code === 'WITHDRAWN' ? withdrawnSince(rule) : null,
    documents: rule.documents,
    whereToBuy: rule.where_to_buy,
    validFrom: rule.valid_from,
    validTo: rule.valid_to,
    source: rule.source,
    asOf: rule.verified_on,
    certainty: rule.certainty,
  };
}

function statusOf(
  rule: ConcessionRule,
  refusal: Refusal | null,
  asks: readonly string[],
  percent: Percent | null,
): Outcome['status'] {
  if (rule.kind === 'NOTE') return 'NOTE';
  if (refusal) return 'REFUSED';
  return asks.length > 0 || rule.condition !== null || percent === null ? 'POSSIBLE' : 'APPLIES';
}

/**
 * What one adult's ticket is cheaper by, tax on the base included and rounded as the ticket is. Of a percentage with
 * a range the low price takes the largest and the likely and high ones the smallest, so that nothing is promised.
 * An escort with the same concession saves the same again, when the party has room for one.
 */
function savingOf(
  rule: ConcessionRule,
  fare: Fare,
  { escorted }: Traveller,
  { low, high }: Percent,
): Amounts {
  const persons = rule.escort === 'yes' && escorted === true && fare.units > 1 ? 2 : 1;
  const left = [1 - high / 100, 1 - low / 100] as const;
  if (fare.ticket) {
    const reduced = totalOf(withBase(fare.ticket, left[0], left[1], left[1]));
    return times(plus(totalOf(fare.ticket), times(reduced, -1)), persons);
  }
  // A fare of the timetable is not divided further: all of it is base.
  const one = times(fare, 1 / Math.max(1, fare.units));
  return times(one, (high / 100) * persons, (low / 100) * persons, (low / 100) * persons);
}
