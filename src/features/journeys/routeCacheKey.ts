import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { EpochDay } from '../../units/time.ts';
import type { ResolvedPlace } from '../places/index.ts';
import { type SearchRequest, searchResponseSchema } from './contract.ts';
import type { Window } from './planner.ts';

/** Raise it when the same question gets another answer. */
const ANSWER_VERSION = 2;
/** A changed contract makes other keys by itself: what an earlier version kept is not read by this one. */
const ANSWER_SHAPE = createHash('sha256')
  .update(JSON.stringify(z.toJSONSchema(searchResponseSchema)))
  .digest('base64url');

/** Everything that changes the answer to a search, and nothing else. */
export interface RouteQuestion {
  /** Id of the active network; a network never changes under its id. */
  readonly network: string;
  /** Version of the rule tables and the gazetteer. */
  readonly tables: string;
  /** Origin, places to visit in order, destination. */
  readonly places: readonly ResolvedPlace[];
  readonly window: Window;
  readonly date: EpochDay;
  /** Flight prices depend on the days to departure. */
  readonly today: EpochDay;
  readonly request: Pick<
    SearchRequest,
    'stops' | 'passengers' | 'children' | 'quota' | 'class' | 'preference' | 'modes' | 'traveller'
  >;
}

/**
 * The name of a question: `r2-` and 43 characters. Two questions share it exactly when they are the same, whatever
 * words, order of modes or defaults they were asked with. The values stand in one fixed order, as JSON, so that no
 * two lists of values read the same.
 */
export function routeCacheKey({
  network,
  tables,
  places,
  window,
  date,
  today,
  request,
}: RouteQuestion): string {
  const values = [
    ANSWER_SHAPE,
    network,
    tables,
    places.map(placeValues),
    request.stops?.map((stop) => stop.dwellMinutes) ?? [],
    [window.at, window.span, window.arriveBy, window.timed],
    date,
    today,
    request.passengers,
    (request.children ?? []).toSorted((one, other) => one - other),
    request.quota ?? 'GENERAL',
    // Their order is a wish; the second time a class is named adds nothing.
    [...new Set(request.class)],
    request.preference,
    request.modes ? [...new Set(request.modes)].toSorted() : null,
    travellerValues(request.traveller),
  ];
  const digest = createHash('sha256').update(JSON.stringify(values)).digest('base64url');
  return `r${ANSWER_VERSION}-${digest}`;
}

/** Facts by name, lists as sets; the usual profile is none, and no facts are no traveller. */
function travellerValues(traveller: SearchRequest['traveller']): unknown[] {
  const { profile = 'default', ...facts } = traveller ?? {};
  const told = Object.entries(facts)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]): [string, unknown] => [
      name,
      Array.isArray(value) ? [...new Set(value)].toSorted() : value,
    ])
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
  return [profile, told];
}

const placeValues = ({ location, kind, cityId, note }: ResolvedPlace): unknown[] => [
  location.id,
  location.name,
  location.city ?? null,
  location.state ?? null,
  location.lat,
  location.lng,
  location.displayName ?? null,
  kind,
  cityId,
  note?.code ?? null,
  note?.text ?? null,
];
