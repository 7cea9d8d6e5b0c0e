/** For tests: legs and travellers, and what concessions say of them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  chosenFare,
  faresOf,
  type FareQuestion,
  type FareRide,
  readFareTables,
  trainOf,
} from '../fares/index.ts';
import { concessionsFor } from './concessionsFor.ts';
import { type LegConcessions, legConcessionsSchema, type Traveller } from './contract.ts';
import type { ConcessionRide } from './judge.ts';
import { readConcessions } from './rules.ts';

const tables = readFareTables();
export const rules = readConcessions();

export type Leg = Partial<FareRide> &
  Pick<Partial<ConcessionRide>, 'fromState' | 'toState' | 'quota'> & {
    readonly classCode?: string;
    readonly party?: FareQuestion['party'];
  };

const tuesdayTrain: FareRide = {
  mode: 'train',
  line: 'express',
  number: null,
  cityId: null,
  from: '',
  to: '',
  km: 500,
  minutes: 400,
  clock: 11 * 60,
  travelDate: '2026-12-15',
};

/** The leg with its fare, one adult by default. */
export function legRide(leg: Leg): ConcessionRide {
  const { fromState = null, toState = fromState, quota = 'GENERAL', classCode, party, ...facts } = leg;
  const ride: FareRide = { ...tuesdayTrain, ...facts };
  const question: FareQuestion = {
    bookingDate: '2026-11-24',
    party: party ?? { adults: 1, childAges: [] },
    preference: 'BALANCED',
    quota,
    ...(classCode === undefined ? {} : { classCode }),
  };
  const fares = faresOf(tables, ride, question);
  assert.ok(fares, JSON.stringify(leg));
  const { mode, line, cityId, travelDate } = ride;
  const trainType = mode === 'train' ? (trainOf(tables, ride, question.bookingDate)?.type ?? null) : null;
  return { mode, line, cityId, travelDate, trainType, quota, fromState, toState, fare: chosenFare(fares) };
}

export function judged(traveller: Traveller, leg: Leg, rows = rules): LegConcessions & { full: number } {
  const ride = legRide(leg);
  const { fare } = ride;
  const found = concessionsFor(rows, ride, traveller);
  legConcessionsSchema.parse(found);
  for (const column of ['lowMinor', 'likelyMinor', 'highMinor'] as const) {
    assert.equal(found.effective[column], fare[column] - found.saving[column]);
    assert.ok(found.effective[column] >= 0 && found.saving[column] >= 0);
  }
  assert.ok(found.effective.lowMinor <= found.effective.highMinor);
  return { ...found, full: fare.likelyMinor / 100 };
}

/** `APPLIES 205`, `POSSIBLE 205 ? purpose`, `WITHDRAWN`, `NOTE`, or `-` when the rule says nothing. */
export function told(found: LegConcessions, ruleId: string): string {
  const outcome = found.outcomes.find((each) => each.ruleId === ruleId);
  if (!outcome) return '-';
  if (outcome.reason) return outcome.reason.code;
  if (outcome.status === 'NOTE') return 'NOTE';
  const asks = outcome.asks.length > 0 ? ` ? ${outcome.asks.join(', ')}` : '';
  return `${outcome.status} ${outcome.saving.likelyMinor / 100}${asks}`;
}

// 800 km on a superfast train: base fares 2S 250.57, SL 421.49, 3A 1,073.42, 2A 1,502.71.
export const sleeper: Leg = { number: '12951', km: 800, classCode: 'SL' };
export const inClass = (classCode: string): Leg => ({ ...sleeper, classCode });
export const rajdhani = (classCode: string): Leg => ({ line: 'rajdhani express', km: 800, classCode });
export const flight = (line: string): Leg => ({ mode: 'flight', line, km: 1150 });
export const bus = (line: string, state: string, facts: Leg = {}): Leg => ({
  mode: 'bus',
  line,
  km: 100,
  fromState: state,
  ...facts,
});
export const shakti = (service: string, facts: Leg = {}): Leg =>
  bus(`ksrtc karnataka ${service}`, 'Karnataka', facts);
export const msrtc = (service: string, facts: Leg = {}): Leg => bus(`msrtc ${service}`, 'Maharashtra', facts);

export const student: Traveller = { profession: 'STUDENT' };
export const home: Traveller = { ...student, purpose: 'HOME' };
export const senior: Traveller = { profession: 'SENIOR_CITIZEN' };
export const doctor: Traveller = { profession: 'MEDICAL' };
export const soldier: Traveller = { profession: 'DEFENSE' };
export const officer: Traveller = { profession: 'GOVERNMENT' };
export const clerk: Traveller = { profession: 'CORPORATE' };
export const bengaluruWoman: Traveller = { gender: 'FEMALE', domicileState: 'Karnataka' };
export const keralaWoman: Traveller = { gender: 'FEMALE', domicileState: 'Kerala' };
export const delhiGirl = (age: number): Traveller => ({ gender: 'FEMALE', domicileState: 'Delhi', age });
export const wheelchair: Traveller = { disability: 'ORTHOPAEDIC' };
export const cancer: Traveller = { patient: 'CANCER', purpose: 'TREATMENT' };

export type Case = readonly [traveller: Traveller, leg: Leg, ruleId: string, expected: string, name: string];

/** One test a case; what applies must also be what is counted. */
export function testCases(cases: readonly Case[]): void {
  for (const [traveller, leg, ruleId, expected, name] of cases)
    test(`${ruleId}: ${name}`, () => {
      const found = judged(traveller, leg);
      assert.equal(told(found, ruleId), expected);
      if (!expected.startsWith('APPLIES')) return;
      assert.equal(found.best, ruleId);
      assert.equal(found.saving.likelyMinor / 100, Number(expected.split(' ')[1]));
      const outcome = found.outcomes.find((each) => each.ruleId === ruleId);
      assert.ok(outcome?.whereToBuy ?? outcome?.documents, 'where to buy it, or what to carry');
    });
}
