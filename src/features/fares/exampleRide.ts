import type { Fare, FareItemCode } from './contract.ts';
import { chosenFare, faresOf } from './faresOf.ts';
import type { FareQuestion, FareRide } from './ride.ts';
import { type FareTables, readFareTables } from './tables.ts';

/** For tests: one adult, an express train, a Tuesday in December 2026, booked three weeks before. */
export const exampleRide = (facts: Partial<FareRide>): FareRide => ({
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
  ...facts,
});

export const exampleQuestion = (facts: Partial<FareQuestion>): FareQuestion => ({
  bookingDate: '2026-11-24',
  party: { adults: 1, childAges: [] },
  preference: 'BALANCED',
  ...facts,
});

export const tables: FareTables = readFareTables();

/** The chosen fare of an example. */
export function fareFor(ride: Partial<FareRide>, question: Partial<FareQuestion> = {}): Fare {
  const fares = faresOf(tables, exampleRide(ride), exampleQuestion(question));
  if (!fares) throw new Error(`nothing prices ${JSON.stringify(ride)}`);
  return chosenFare(fares);
}

/** Likely rupees of one item of a fare; 0 when it has none. */
export const rupeesOf = (fare: Fare, code: FareItemCode): number =>
  fare.breakdown.filter((entry) => entry.code === code).reduce((sum, entry) => sum + entry.likelyMinor, 0) /
  100;
