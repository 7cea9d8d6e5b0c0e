import { asEpochDay, formatDate, formatShortDate, parseDate } from '../../units/time.ts';
import type { Fare, FareMode, RailQuota } from '../fares/index.ts';
import { nameFits } from '../fares/index.ts';
import type { RefusalCode, Traveller } from './contract.ts';
import { type PersonFit, sameState } from './person.ts';
import type { ConcessionRule } from './rules.ts';

/** A ride with its fare, as concessions see it. */
export interface ConcessionRide {
  readonly mode: FareMode;
  /** Folded name of line and operator. */
  readonly line: string;
  /** Train type of `rail-trains.csv`; null for other modes. */
  readonly trainType: string | null;
  readonly quota: RailQuota;
  /** States of the boarding and the alighting place, as the gazetteer names them. */
  readonly fromState: string | null;
  readonly toState: string | null;
  /** Gazetteer city of the boarding place. */
  readonly cityId: string | null;
  readonly travelDate: string;
  readonly fare: Fare;
}

export interface Refusal {
  readonly code: RefusalCode;
  readonly text: string;
}

/** Whether a rule speaks of such rides at all: those of other operators are not worth a word. */
export const concerns = (rule: ConcessionRule, ride: ConcessionRide): boolean =>
  rule.mode === ride.mode &&
  nameFits(rule.operators, ride.line) &&
  (rule.cities.length === 0 || (ride.cityId !== null && rule.cities.includes(ride.cityId)));

/** Why a rule for this traveller does not hold for this ride; `null` when it does (or may, see `fit`). */
export function refusalOf(
  rule: ConcessionRule,
  ride: ConcessionRide,
  traveller: Traveller,
  fit: PersonFit,
): Refusal | null {
  return (
    dateRefusal(rule, ride.travelDate) ??
    personRefusal(rule, fit) ??
    ticketRefusal(rule, ride, traveller) ??
    rideRefusal(rule, ride)
  );
}

/** The first day on which an ended rule no longer held. */
export function withdrawnSince({ valid_to }: ConcessionRule): string | null {
  const last = valid_to === null ? null : parseDate(valid_to);
  return last === null ? null : formatDate(asEpochDay(last + 1));
}

function dateRefusal(rule: ConcessionRule, date: string): Refusal | null {
  if (date < rule.valid_from)
    return { code: 'NOT_YET', text: `In force only from ${dayText(rule.valid_from)}` };
  const since = withdrawnSince(rule);
  return since !== null && date >= since ? { code: 'WITHDRAWN', text: `Withdrawn ${dayText(since)}` } : null;
}

/** `2020-03-20` → `20 Mar 2020`. */
const dayText = (date: string): string => `${formatShortDate(date).slice(4)} ${date.slice(0, 4)}`;

function personRefusal(rule: ConcessionRule, { fit }: PersonFit): Refusal | null {
  if (fit === 'DOMICILE') return { code: 'DOMICILE', text: `Only for residents of ${rule.domicile}` };
  if (fit === 'PURPOSE')
    return {
      code: 'PURPOSE',
      text: `Only for journeys of this purpose: ${rule.purposes.map(plain).join(', ')}`,
    };
  return null;
}

const plain = (code: string): string => code.toLowerCase().replaceAll('_', ' ');

function ticketRefusal(rule: ConcessionRule, ride: ConcessionRide, traveller: Traveller): Refusal | null {
  if (rule.not_tatkal && ride.quota === 'TATKAL')
    return { code: 'TATKAL', text: 'No concession on Tatkal tickets' };
  if (rule.not_government_paid && traveller.governmentPaid === true)
    return { code: 'GOVERNMENT_PAID', text: 'No concession when the Government pays the journey' };
  return null;
}

function rideRefusal(
  rule: ConcessionRule,
  { line, trainType, fromState, toState, fare }: ConcessionRide,
): Refusal | null {
  const inState = (state: string | null): boolean =>
    state !== null && rule.states.some((own) => sameState(own, state));
  if (rule.states.length > 0 && !(inState(fromState) && inState(toState)))
    return { code: 'OUTSIDE_STATE', text: `Only for rides within ${rule.states.join(', ')}` };
  if (!nameFits(rule.services, line)) return { code: 'SERVICE', text: 'Not on this kind of service' };
  if (!nameFits(rule.trains, trainType ?? '')) return { code: 'TRAIN', text: 'Not on this kind of train' };
  if (rule.benefit.size > 0 && !percentOf(rule, fare.classCode))
    return { code: 'CLASS', text: `Not in this class, only in ${[...rule.benefit.keys()].join(', ')}` };
  return null;
}

/** Percentage of the base fare in a class; null: none, or not recorded. */
export const percentOf = (rule: ConcessionRule, classCode: string) =>
  rule.benefit.get(classCode) ?? rule.benefit.get('*') ?? null;
