import { AppError } from '../../errors.ts';
import { distanceKm } from '../../units/geo.ts';
import type { SearchId } from '../../units/ids.ts';
import {
  asEpochMinute,
  type EpochMinute,
  epochMinuteOf,
  formatDate,
  instantOf,
  parseClock,
  parseDate,
  wallClockAt,
} from '../../units/time.ts';
import { classCodesOf } from '../fares/index.ts';
import { isPublicPlace, type ResolvedPlace, resolvePlace } from '../places/index.ts';
import { accessWays } from './access.ts';
import { computeAnswer, type ComputedRoutes, type Question, type When } from './computeAnswer.ts';
import type { SearchRequest, SearchResponse } from './contract.ts';
import { ANY_TIME_SPAN, type Planner, TIMED_SPAN } from './planner.ts';
import type { ComputedAnswer, RouteCache } from './routeCache.ts';
import { routeCacheKey } from './routeCacheKey.ts';
import { askedOf } from './searchRequest.ts';
import { zoneOf } from './writeRoute.ts';

/** Nearer than this there is nothing to travel. */
const SAME_PLACE_KM = 0.15;

export interface SearchCall {
  readonly searchId: SearchId;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Absent: every search is computed. */
  readonly cache?: RouteCache;
  /** Who computes: worker threads. Absent: this thread. */
  readonly compute?: (planner: Planner, question: Question) => Promise<ComputedRoutes>;
  /** Milliseconds that finding the places took. */
  readonly onResolved?: (ms: number) => void;
}

/** A search as it was understood. */
export interface ReadSearch {
  readonly request: SearchRequest;
  /** Origin, places to visit in order, destination. */
  readonly places: readonly ResolvedPlace[];
  readonly when: When;
  /** Of the route cache. */
  readonly key: string;
  /** Whether others may be answered the same: no door of anybody's is in it. */
  readonly shared: boolean;
}

/**
 * Understands a search. Throws `PLACE_NOT_FOUND` for an unknown text and `UNPROCESSABLE` for a past date, an unknown
 * class or one place for both ends.
 */
export function readSearch(
  planner: Planner,
  request: SearchRequest,
  { now, onResolved }: Pick<SearchCall, 'now' | 'onResolved'>,
): ReadSearch {
  const begun = performance.now();
  checkClasses(planner, request);
  const places = resolveAll(planner, request);
  const when = readTime(planner, request, places[0]!, places.at(-1)!, epochMinuteOf(now));
  const { network, tables } = planner;
  const read: ReadSearch = {
    request,
    places,
    when,
    key: routeCacheKey({ network: network.id, tables, places, ...when, request }),
    shared: places.every((place) => isPublicPlace(planner.places, place)),
  };
  onResolved?.(performance.now() - begun);
  return read;
}

/** Answers one search, as {@link readSearch} and {@link answerSearch} do. */
export const searchJourneys = async (
  planner: Planner,
  request: SearchRequest,
  call: SearchCall,
): Promise<SearchResponse> =>
  (await answerSearch(planner, readSearch(planner, request, call), call)).response;

/** Answers a search that was understood; no route at all is an answer with a note. `keptMs`: how long it still holds. */
export async function answerSearch(
  planner: Planner,
  { request, places, when, key, shared }: ReadSearch,
  call: SearchCall,
): Promise<{ response: SearchResponse; keptMs: number }> {
  const origin = places[0]!.location;
  const destination = places.at(-1)!.location;
  const date = formatDate(when.date);
  const compute = async (): Promise<ComputedAnswer> => {
    const question = { ...when, request, places };
    const { routes, ...frame } = call.compute
      ? await call.compute(planner, question)
      : computeAnswer(planner, question);
    const answer = { ...frame, generatedAt: new Date(call.now).toISOString() };
    return { origin, destination, date, preference: request.preference, routes, answer };
  };
  const { routes, answer, cached, keptMs } =
    call.cache && shared
      ? await call.cache.getOrCompute(key, compute)
      : { ...(await compute()), cached: false, keptMs: 0 };
  const asked = askedOf(request);
  const response: SearchResponse = {
    searchId: call.searchId,
    origin,
    destination,
    stops: (request.stops ?? []).map(({ dwellMinutes }, index) => ({
      place: places[index + 1]!.location,
      dwellMinutes,
    })),
    date,
    time: request.time ?? null,
    // Not before: the cache is shared by all, and keeps nothing of a traveller.
    routes: routes.map((route) => (asked ? { ...route, asked } : route)),
    picks: answer.picks,
    excluded: [...answer.excluded],
    notes: [...answer.notes],
    alternatives: [...answer.alternatives],
    generatedAt: answer.generatedAt,
    network: planner.network,
    cached,
    partial: answer.partial,
  };
  return { response, keptMs };
}

/** Throws `UNPROCESSABLE` for a class that no table knows: a traveller would take the usual one for it. */
function checkClasses({ rules }: Planner, { class: wished = [] }: SearchRequest): void {
  const known = classCodesOf(rules.fares);
  const unknown = wished.find((code) => !known.has(code));
  if (unknown !== undefined)
    throw new AppError(
      'UNPROCESSABLE',
      `There is no class "${unknown}"; classes are ${[...known].join(', ')}`,
      {
        facts: { field: 'class', text: unknown },
      },
    );
}

function resolveAll({ places }: Planner, request: SearchRequest): readonly ResolvedPlace[] {
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
