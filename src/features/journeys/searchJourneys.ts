import { allModes, modeMask } from '../../engine/timetable/modes.ts';
import { AppError } from '../../errors.ts';
import { distanceKm } from '../../units/geo.ts';
import type { SearchId } from '../../units/ids.ts';
import {
  asEpochMinute,
  type EpochDay,
  type EpochMinute,
  epochMinuteOf,
  formatDate,
  instantOf,
  parseClock,
  parseDate,
  wallClockAt,
} from '../../units/time.ts';
import { type ResolvedPlace, resolvePlace } from '../places/index.ts';
import { accessWays } from './access.ts';
import { chooseRoutes } from './chooseRoutes.ts';
import type { SearchNote, SearchRequest, SearchResponse } from './contract.ts';
import { ANY_TIME_SPAN, type Planner, TIMED_SPAN, type Window } from './planner.ts';
import type { ComputedAnswer, RouteCache } from './routeCache.ts';
import { routeCacheKey } from './routeCacheKey.ts';
import { joinStages, searchStage, type Stage } from './searchStage.ts';
import { type DraftRoute, finishRoute, zoneOf } from './writeRoute.ts';

/** A search that takes longer answers with what it has, and says so. */
const DEADLINE_MS = 2000;
/** Nearer than this there is nothing to travel. */
const SAME_PLACE_KM = 0.15;

export interface SearchCall {
  readonly searchId: SearchId;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Absent: every search is computed. */
  readonly cache?: RouteCache;
}

/**
 * Answers one search. Throws `PLACE_NOT_FOUND` for an unknown text and `UNPROCESSABLE` for a past date or one
 * place for both ends; no route at all is an answer with a note.
 */
export async function searchJourneys(
  planner: Planner,
  request: SearchRequest,
  call: SearchCall,
): Promise<SearchResponse> {
  const places = resolveAll(planner, request);
  const origin = places[0]!.location;
  const destination = places.at(-1)!.location;
  const when = readTime(planner, request, places[0]!, places.at(-1)!, epochMinuteOf(call.now));
  const date = formatDate(when.date);
  const compute = async (): Promise<ComputedAnswer> => {
    const { routes, ...frame } = await computeAnswer(planner, request, places, when);
    const answer = { ...frame, generatedAt: new Date(call.now).toISOString() };
    return { origin, destination, date, preference: request.preference, routes, answer };
  };
  const key = (): string =>
    routeCacheKey({ network: planner.network.id, tables: planner.tables, places, ...when, request });
  const { routes, answer, cached } = call.cache
    ? await call.cache.getOrCompute(key(), compute)
    : { ...(await compute()), cached: false };
  return {
    searchId: call.searchId,
    origin,
    destination,
    date,
    time: request.time ?? null,
    routes: [...routes],
    picks: answer.picks,
    notes: [...answer.notes],
    generatedAt: answer.generatedAt,
    network: planner.network,
    cached,
    partial: answer.partial,
  };
}

interface When {
  readonly date: EpochDay;
  readonly today: EpochDay;
  readonly window: Window;
}

/** Reads nothing that `routeCacheKey` does not name: what changes the answer changes the key. */
async function computeAnswer(
  planner: Planner,
  request: SearchRequest,
  places: readonly ResolvedPlace[],
  when: When,
): Promise<Pick<SearchResponse, 'routes' | 'picks' | 'notes' | 'partial'>> {
  const started = performance.now();
  const stage: Stage = {
    planner,
    request,
    today: when.today,
    allowed: planner.modes & (request.modes ? modeMask([...request.modes]) : allModes),
    mayGoOn: () => performance.now() - started < DEADLINE_MS,
  };
  const found =
    places.length === 2
      ? await searchStage(stage, { from: places[0]!, to: places[1]!, ...when.window })
      : await joinStages(
          stage,
          places,
          request.stops!.map((stop) => stop.dwellMinutes),
          when.window,
        );
  const choice = chooseRoutes(found.routes.map(candidateOf), request.preference, request.passengers);
  const notes = notesOf(planner, request, places, choice.routes.length, found.unreachable, when.date);
  return { routes: choice.routes, picks: choice.picks, notes, partial: found.partial };
}

const candidateOf = (draft: DraftRoute) => ({
  route: finishRoute(draft),
  departure: draft.departure,
  arrival: draft.arrival,
});

function resolveAll({ places }: Planner, request: SearchRequest): ResolvedPlace[] {
  const found = [
    resolvePlace(places, request.origin, 'origin'),
    ...(request.stops ?? []).map((stop, index) => resolvePlace(places, stop.place, `stops.${index}.place`)),
    resolvePlace(places, request.destination, 'destination'),
  ];
  found.slice(1).forEach((place, index) => {
    const before = found[index]!;
    if (distanceKm(before.location, place.location) < SAME_PLACE_KM)
      throw new AppError('UNPROCESSABLE', `${place.location.name} comes twice in a row: choose two places`, {
        facts: { field: index === found.length - 2 ? 'destination' : `stops.${index}.place` },
      });
  });
  return found;
}

function readTime(
  planner: Planner,
  request: SearchRequest,
  origin: ResolvedPlace,
  destination: ResolvedPlace,
  now: EpochMinute,
): When {
  const zone = zoneOf(planner.image, accessWays(planner, request.arriveBy ? destination : origin));
  const local = wallClockAt(now, zone);
  const date = request.date === undefined ? local.day : parseDate(request.date);
  if (date === null || date < local.day)
    throw new AppError('UNPROCESSABLE', `${request.date} is past; today is ${formatDate(local.day)}`, {
      facts: { field: 'date' },
    });
  const clock = request.time === undefined ? null : parseClock(request.time);
  const { arriveBy } = request;
  const named = clock ?? (arriveBy ? 1440 : 0);
  const at = instantOf(date, named, zone);
  const from = clock === null && !arriveBy ? asEpochMinute(Math.max(at, now)) : at;
  const window = {
    at: from,
    span: clock === null ? ANY_TIME_SPAN : TIMED_SPAN,
    arriveBy,
    timed: clock !== null,
  };
  return { date, today: local.day, window };
}

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
