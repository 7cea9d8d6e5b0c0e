import type { PricedQuery } from '../../src/engine/priced/query.ts';
import { MINUTES_PER_DAY } from '../../src/units/time.ts';
import { queryOf } from './cases.ts';
import type { Question } from './cases.ts';

/** Stays of an hour to a day. */
const DWELLS = [60, 180, 480, 720, 1440];
/** As many as the command line permits unless told otherwise: two a stage. */
export const VIA_RIDES = 12;
/** A front over prices grows with every ride permitted. */
export const VIA_PRICED_RIDES = 9;
const HORIZON = 16 * MINUTES_PER_DAY;
const MOST_QUERIES = 50;

/** Journeys over five stop-overs: the destinations of the questions that follow. */
export const viaQueries = (questions: readonly Question[], rides: number): PricedQuery[] =>
  questions.slice(0, MOST_QUERIES).map((question, index) => ({
    ...queryOf(question, rides),
    horizon: HORIZON,
    passengers: 1,
    vias: DWELLS.map((dwell, turn) => ({
      stops: [questions[(index + turn + 1) % questions.length]!.to],
      dwell,
    })),
  }));
