import { allModes, modeMask } from '../../engine/timetable/modes.ts';
import { type EpochDay, formatDate } from '../../units/time.ts';
import type { ResolvedPlace } from '../places/index.ts';
import { chooseRoutes } from './chooseRoutes.ts';
import type { Route, SearchNote, SearchRequest, SearchResponse } from './contract.ts';
import type { Planner, Window } from './planner.ts';
import { joinStages, searchStage, type Stage, type StageResult } from './searchStage.ts';
import { viaChains } from './viaChains.ts';
import { comfortOf } from './comfort/comfort.ts';
import { withFares } from './legPrices.ts';
import { RidePrices } from './ridePrices.ts';
import { routeRisk } from './risk/routeRisk.ts';
import { type DraftRoute, finishRoute } from './writeRoute.ts';

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

export type ComputedRoutes = Pick<SearchResponse, 'routes' | 'picks' | 'excluded' | 'notes' | 'partial'>;

/**
 * The routes for a question, at most `deadlineMs` after the start those that were found by then. Reads nothing that
 * `routeCacheKey` does not name: what changes the answer changes the key.
 */
export function computeAnswer(
  planner: Planner,
  { request, places, date, today, window }: Question,
  deadlineMs: number = DEADLINE_MS,
): ComputedRoutes {
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
  const choice = chooseRoutes(found.routes.map(candidateOf), request.preference, request.passengers);
  const notes = notesOf(planner, request, places, choice.routes.length, found.unreachable, date);
  const { picks, excluded } = choice;
  const drafts = new Map(found.routes.map((draft) => [draft.id, draft]));
  const routes = choice.routes.map((route) => completed(route, drafts.get(route.id), request));
  return { routes, picks, excluded: excluded.slice(0, MOST_EXCLUDED), notes, partial: found.partial };
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

/** What only a route that is offered needs: every class of its legs, the risk of its changes, and its comfort. */
function completed(route: Route, draft: DraftRoute | undefined, { traveller }: SearchRequest): Route {
  const legs = route.legs.map((leg, index) => withFares(leg, draft?.drafts[index]?.priced ?? null));
  return { ...route, legs, risk: routeRisk(legs), comfort: comfortOf(legs, traveller?.profile) };
}

const candidateOf = (draft: DraftRoute) => ({
  route: finishRoute(draft),
  departure: draft.departure,
  arrival: draft.arrival,
});

function notesOf(
  planner: Planner,
  request: SearchRequest,
  places: readonly ResolvedPlace[],
  count: number,
  unreachable: readonly ResolvedPlace[],
  date: EpochDay,
): SearchNote[] {
  const { network } = planner;
  const notes: SearchNote[] = places.flatMap(({ note }) => (note ? [note] : []));
  const add = (code: SearchNote['code'], text: string): void => void notes.push({ code, text });
  if (network.sample)
    add(
      'SAMPLE_TIMETABLE',
      'Sample timetable: times are approximate. Check with the operator before you travel.',
    );
  if (network.rolled)
    add('ROLLED_TIMETABLE', 'This timetable has ended; its weekly pattern is repeated from today.');
  if (count > 0) add('PRICES_INDICATIVE', 'Prices are indicative ranges, not quotes; seats are not checked.');
  if (request.stops?.length)
    add('STOPS_ONE_BY_ONE', 'Stops are planned one after the other: another order or time may suit better.');
  for (const { location } of unreachable)
    add(
      'PLACE_UNREACHABLE',
      `No station, airport or bus stand of this timetable lies near ${location.name}.`,
    );
  const day = formatDate(date);
  if (day > network.validTo || day < network.validFrom)
    add(
      'OUTSIDE_TIMETABLE',
      `This timetable covers ${network.validFrom} to ${network.validTo}; ${day} lies outside.`,
    );
  else if (count === 0 && unreachable.length === 0)
    add(
      'NO_ROUTE',
      request.modes
        ? `No connection was found by ${request.modes.join(', ')}: allow more modes or another time.`
        : 'No connection was found: try another date or a larger place nearby.',
    );
  return notes;
}
