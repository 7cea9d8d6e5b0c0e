import { allModes, modeMask } from '../../engine/timetable/modes.ts';
import type { EpochDay } from '../../units/time.ts';
import type { ResolvedPlace } from '../places/index.ts';
import { alternativesTo } from './alternatives.ts';
import { candidateOf } from './candidates.ts';
import { chooseRoutes } from './chooseRoutes.ts';
import type { Route, SearchRequest, SearchResponse } from './contract.ts';
import type { Planner, Window } from './planner.ts';
import { joinStages, searchStage, type Stage, type StageResult } from './searchStage.ts';
import { viaChains } from './viaChains.ts';
import { withFares } from './legPrices.ts';
import { notesOf } from './notes.ts';
import { RidePrices } from './ridePrices.ts';
import type { DraftRoute } from './writeRoute.ts';

/** A search that takes longer answers with what it has, and says so. */
export const DEADLINE_MS = 2000;

/** Exclusions told of; usual are 20 to 150. */
const MOST_EXCLUDED = 100;

export interface When {
  readonly date: EpochDay;
  readonly today: EpochDay;
  readonly window: Window;
}

/** Everything that an answer is computed from besides the planner; plain data, so that it can go to a thread. */
export interface Question extends When {
  readonly request: SearchRequest;
  /** Origin, places to visit in order, destination. */
  readonly places: readonly ResolvedPlace[];
}

export type ComputedRoutes = Pick<
  SearchResponse,
  'routes' | 'picks' | 'excluded' | 'notes' | 'alternatives' | 'partial'
>;

/**
 * The routes for a question, at most `deadlineMs` after the start those that were found by then. Reads nothing that
 * `routeCacheKey` does not name: what changes the answer changes the key.
 */
export function computeAnswer(
  planner: Planner,
  question: Question,
  deadlineMs: number = DEADLINE_MS,
): ComputedRoutes {
  const { request, places, date, today, window } = question;
  const end = performance.now() + deadlineMs;
  const stage: Stage = {
    planner,
    request,
    prices: new RidePrices(planner.rules, request, today),
    today,
    allowed: planner.modes & (request.modes ? modeMask([...request.modes]) : allModes),
    mayGoOn: () => performance.now() < end,
  };
  const found =
    places.length === 2
      ? searchStage(stage, { from: places[0]!, to: places[1]!, ...window })
      : overStops(
          stage,
          places,
          request.stops!.map((stop) => stop.dwellMinutes),
          window,
        );
  const candidates = found.routes.map((draft) => candidateOf(draft, request));
  const { preference, passengers } = request;
  const asked = window.timed ? window : null;
  const { picks, excluded, ...choice } = chooseRoutes(candidates, preference, passengers, asked);
  const drafts = new Map(found.routes.map((draft) => [draft.id, draft]));
  const routes = choice.routes.map((route) => completed(route, drafts.get(route.id)));
  const { unreachable, partial } = found;
  return {
    routes,
    picks,
    excluded: excluded.slice(0, MOST_EXCLUDED),
    notes: notesOf(planner, { request, places, routes, unreachable, date, today }),
    alternatives: routes.length === 0 ? alternativesTo(stage, question) : [],
    partial,
  };
}

/** Chains found as a whole, and those that begin with what suits a traveller from one place to the next. */
function overStops(
  stage: Stage,
  places: readonly ResolvedPlace[],
  dwellMinutes: readonly number[],
  window: Window,
): StageResult {
  const chains = window.arriveBy ? [] : viaChains(stage, places, dwellMinutes, window);
  const joined = joinStages(stage, places, dwellMinutes, window);
  return { ...joined, routes: [...chains, ...joined.routes] };
}

/** What only a route that is offered needs: every class of its legs. */
function completed(route: Route, draft: DraftRoute | undefined): Route {
  const legs = route.legs.map((leg, index) => withFares(leg, draft?.drafts[index]?.priced ?? null));
  return { ...route, legs };
}
