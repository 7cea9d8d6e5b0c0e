import { AppError } from '../errors.ts';
import type { WallClock } from '../units/time.ts';
import type { FeedPlanner, PlannerSettings, PrintedJourney } from './feedPlanner.ts';

export interface BatchQuestion {
  readonly query: { readonly from: string; readonly to: string; readonly departure: string };
  /** What `departure` says. */
  readonly clock: WallClock;
}

/** One answer; `error` stands only where the query itself was wrong. */
export interface BatchAnswer {
  readonly from: string;
  readonly to: string;
  readonly departure: string;
  readonly arrival: string | null;
  /** Rides of the first journey. */
  readonly legs: number | null;
  readonly journeys: readonly PrintedJourney[];
  /** The deadline has cut the search. */
  readonly partial?: true;
  readonly error?: string;
}

export interface TimedAnswer {
  readonly answer: BatchAnswer;
  readonly ms: number;
}

/** Answers one query, and says how long it took. */
export function timedAnswer(
  planner: FeedPlanner,
  { mode }: PlannerSettings,
  question: BatchQuestion,
): TimedAnswer {
  const begun = performance.now();
  const answer = answerOf(planner, question, mode !== 'earliest');
  return { answer, ms: performance.now() - begun };
}

function answerOf(planner: FeedPlanner, { query, clock }: BatchQuestion, every: boolean): BatchAnswer {
  const { from, to, departure } = query;
  try {
    const found = planner.journeys(planner.stop(from), planner.stop(to), clock, !every);
    const [best] = found;
    const journeys = (every ? found : found.slice(0, 1)).map((journey) => planner.print(journey));
    const arrival = journeys[0]?.arrival ?? null;
    const legs = best?.rides ?? null;
    return { from, to, departure, arrival, legs, journeys, ...(planner.partial && { partial: true }) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { from, to, departure, arrival: null, legs: null, journeys: [], error: error.message };
  }
}
