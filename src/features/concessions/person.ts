import type { AskableFact, Traveller } from './contract.ts';
import type { ConcessionRule } from './rules.ts';

/** NO: the rule is for others and is not worth a word. */
export type PersonFit =
  | { readonly fit: 'YES'; readonly asks: readonly AskableFact[] }
  | { readonly fit: 'NO' }
  | { readonly fit: 'DOMICILE' | 'PURPOSE' };

/**
 * Whether a rule is for this traveller, and what would have to be asked. Disability, illness and groups that are not
 * told are taken for none; gender, age, domicile and purpose that are not told are asked.
 */
export function personFit(rule: ConcessionRule, traveller: Traveller): PersonFit {
  if (!belongs(rule, traveller)) return { fit: 'NO' };
  const asks: AskableFact[] = [];
  if (rule.genders.length > 0) {
    if (traveller.gender === undefined) asks.push('gender');
    else if (!rule.genders.includes(traveller.gender)) return { fit: 'NO' };
  }
  const age = ageFit(rule, traveller);
  if (age === 'NO') return { fit: 'NO' };
  if (age === 'ASK') asks.push('age');
  if (rule.domicile !== '') {
    if (traveller.domicileState === undefined) asks.push('domicileState');
    else if (!sameState(traveller.domicileState, rule.domicile)) return { fit: 'DOMICILE' };
  }
  if (rule.purposes.length > 0) {
    if (traveller.purpose === undefined) asks.push('purpose');
    else if (!rule.purposes.includes(traveller.purpose)) return { fit: 'PURPOSE' };
  }
  return { fit: 'YES', asks };
}

const within = <T>(list: readonly T[], value: T | undefined): boolean =>
  list.length === 0 || (value !== undefined && list.includes(value));

const belongs = (
  rule: ConcessionRule,
  { profession, disability, patient, groups = [] }: Traveller,
): boolean =>
  within(rule.professions, profession) &&
  within(rule.disabilities, disability) &&
  within(rule.patients, patient) &&
  (rule.groups.length === 0 || rule.groups.some((group) => groups.includes(group)));

export const sameState = (one: string, other: string): boolean =>
  one.trim().toLowerCase() === other.trim().toLowerCase();

/** Youngest senior citizens: 58 for women by rail, 60 for everyone elsewhere. */
const SENIOR_FROM = 60;
const SENIOR_FEMALE_FROM = 58;

/**
 * Ages that are possible when the age is not told: a senior citizen's from 60 (a woman's from 58), any other
 * profession's below 58, since who is older would say so; without a profession all.
 */
function ageRange({ age, profession, gender }: Traveller): [number, number] {
  if (age !== undefined) return [age, age];
  if (profession === 'SENIOR_CITIZEN')
    return [gender === 'FEMALE' ? SENIOR_FEMALE_FROM : SENIOR_FROM, Infinity];
  return profession === undefined ? [0, Infinity] : [0, SENIOR_FEMALE_FROM - 1];
}

function ageFit(rule: ConcessionRule, traveller: Traveller): 'YES' | 'NO' | 'ASK' {
  const [youngest, oldest] = ageRange(traveller);
  const female = rule.min_age_female ?? rule.min_age;
  // Of an unknown gender, the stricter limit is met for certain, the milder one perhaps.
  const least = traveller.gender === 'FEMALE' ? female : rule.min_age;
  const mildest = traveller.gender === undefined ? Math.min(female, rule.min_age) : least;
  if (oldest < mildest || youngest > rule.max_age) return 'NO';
  return youngest >= least && oldest <= rule.max_age ? 'YES' : 'ASK';
}
