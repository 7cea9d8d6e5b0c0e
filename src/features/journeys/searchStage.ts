import { distanceKm } from '../../units/geo.ts';
import {
  asEpochDay,
  asEpochMinute,
  type EpochDay,
  type EpochMinute,
  formatDate,
  instantOf,
  wallClockAt,
} from '../../units/time.ts';
import { hillRoads, type ResolvedPlace, usualTravel } from '../places/index.ts';
import { type AccessWay, accessWays, type PriceOfWay } from './access.ts';
import { candidateOf } from './candidates.ts';
import { chooseRoutes } from './chooseRoutes.ts';
import type { SearchRequest } from './contract.ts';
import { gatherJourneys, type Travel } from './gatherJourneys.ts';
import { ANY_TIME_SPAN, type Planner, type Window } from './planner.ts';
import { pricedLegs } from './legPrices.ts';
import type { RidePrices } from './ridePrices.ts';
import { roadPrice } from './roadPrice.ts';
import { settleEnds } from './settleEnds.ts';
import {
  draftRoute,
  type DraftRoute,
  mainModeOf,
  placeAsEnd,
  roadLeg,
  type RouteWriter,
  writeRoute,
  zoneOf,
} from './writeRoute.ts';

/** What all stages of one search share. */
export interface Stage {
  readonly planner: Planner;
  readonly request: SearchRequest;
  readonly prices: RidePrices;
  readonly today: EpochDay;
  /** Mask of the engine's modes. */
  readonly allowed: number;
  readonly mayGoOn: () => boolean;
}

export interface StageResult {
  readonly routes: readonly DraftRoute[];
  readonly partial: boolean;
  /** Places without any stop near. */
  readonly unreachable: readonly ResolvedPlace[];
}

interface StageQuery extends Window {
  readonly from: ResolvedPlace;
  readonly to: ResolvedPlace;
}

/** Straight kilometres up to which going all the way by road is offered. */
const ALL_ROAD_KM = 60;
/** When no time was named, a road journey is shown for this hour. */
const ROAD_HOUR = 9 * 60;

/** With fewer routes than this in the time asked for, later (earlier) ones are shown too. */
const FEW_ROUTES = 5;

/** All routes from one place to the next. */
export function searchStage(stage: Stage, query: StageQuery): StageResult {
  const { passengers } = stage.request;
  const access = accessWays(stage.planner, query.from, passengers);
  const egress = accessWays(stage.planner, query.to, passengers);
  const writer = writerFor(stage, query);
  const road = roadRoute(writer, access, stage, query);
  if (access.length === 0 || egress.length === 0) {
    const unreachable = [
      access.length === 0 ? [query.from] : [],
      egress.length === 0 ? [query.to] : [],
    ].flat();
    return { routes: road, partial: false, unreachable: road.length > 0 ? [] : unreachable };
  }
  const slack = ownStationSlack(stage, query.arriveBy ? egress : access, query.arriveBy);
  let found = gatherRoutes(stage, query, writer, { access, egress, slack, span: query.span });
  // Few long-distance trains leave in six hours: then the whole day after (before) the time is shown.
  if (query.timed && found.routes.length < FEW_ROUTES)
    found = gatherRoutes(stage, query, writer, { access, egress, slack, span: ANY_TIME_SPAN });
  return { routes: [...found.routes, ...road], partial: found.partial, unreachable: [] };
}

export const writerFor = (
  { planner, prices, request: { passengers: heads } }: Pick<Stage, 'planner' | 'prices' | 'request'>,
  { from, to }: Pick<StageQuery, 'from' | 'to'>,
): RouteWriter => ({
  image: planner.image,
  places: planner.places,
  rules: planner.rules,
  origin: from,
  destination: to,
  prices,
  heads,
});

function gatherRoutes(
  stage: Stage,
  query: StageQuery,
  writer: RouteWriter,
  { access, egress, slack, span }: { access: AccessWay[]; egress: AccessWay[]; slack: number; span: number },
): { routes: DraftRoute[]; partial: boolean } {
  const { image, rules } = stage.planner;
  const at = image.timelineAt(query.at);
  const day = asEpochDay(wallClockAt(query.at, zoneOf(image, access)).day);
  const { journeys, partial } = gatherJourneys(
    stage.planner,
    {
      access,
      egress,
      accessPrice: wayPrice(stage, query.from, day, false),
      egressPrice: wayPrice(stage, query.to, day, true),
    },
    { time: query.arriveBy ? at + slack : at - slack, span: span + slack, arriveBy: query.arriveBy },
    travelOf(stage, day),
  );
  const ends = {
    image,
    buffers: rules.buffers,
    origin: query.from,
    destination: query.to,
    access,
    egress,
    notBefore: query.arriveBy ? -Infinity : at,
    notAfter: query.arriveBy ? at : Infinity,
    heads: stage.request.passengers,
  };
  const routes = journeys.flatMap((journey) => {
    const settled = settleEnds(ends, journey);
    return settled ? [writeRoute(writer, settled)] : [];
  });
  const distinct = new Map(routes.map((route) => [route.id, route]));
  return { routes: inWindow([...distinct.values()], query), partial };
}

export const travelOf = ({ request, today, allowed, mayGoOn }: Stage, day: EpochDay): Travel => ({
  passengers: request.passengers,
  preference: request.preference,
  ...(request.quota ? { quota: request.quota } : {}),
  ...(request.class ? { class: request.class } : {}),
  today,
  day,
  allowed,
  mayGoOn,
});

/** `egress`: the way begins at the stop. */
export function wayPrice(
  { prices }: Pick<Stage, 'prices'>,
  { cityId }: ResolvedPlace,
  day: EpochDay,
  egress: boolean,
): PriceOfWay {
  const date = formatDate(day);
  return ({ travel, kind }) => {
    const atHub = egress && (kind === 'station' || kind === 'airport');
    return travel ? roadPrice(prices, travel, { cityId, date, atHub }) : 0;
  };
}

/**
 * Someone who starts at a station of their choosing may catch a train that leaves at once, and arrives when
 * it arrives; the engine counts the minutes on the platform in. So many minutes it is asked earlier (later).
 */
function ownStationSlack(stage: Stage, ways: readonly AccessWay[], arriveBy: boolean): number {
  const { board, alight } = stage.planner.rules.buffers;
  const own = ways.some((way) => way.travel === null && way.kind !== 'airport');
  const table = arriveBy ? alight : board;
  return own ? Math.max(...table.filter((_, mode) => mode !== 2)) : 0;
}

/**
 * Routes that fit the time asked for: those within its span, then the nearest outside of it (within a day)
 * of a main mode that has none inside, and the nearest of all while there are few: tomorrow morning's flight
 * for tonight's question.
 */
function inWindow(routes: readonly DraftRoute[], { at, span, arriveBy, timed }: Window): DraftRoute[] {
  const gap = (route: DraftRoute): number => (arriveBy ? at - route.arrival : route.departure - at);
  const fits = routes.filter((route) => gap(route) >= 0).toSorted((a, b) => gap(a) - gap(b));
  const inside = fits.filter((route) => gap(route) < span);
  if (!timed) return inside.length > 0 ? inside : fits.slice(0, FEW_ROUTES);
  const kept = [...inside];
  const served = new Set(inside.map((route) => mainModeOf(route.legs)));
  for (const route of fits.slice(inside.length)) {
    const mode = mainModeOf(route.legs);
    if (kept.length >= FEW_ROUTES && (served.has(mode) || gap(route) >= ANY_TIME_SPAN)) continue;
    served.add(mode);
    kept.push(route);
  }
  return kept;
}

/** All the way on foot, by auto or by taxi, for short ways when the modes are not narrowed. */
function roadRoute(
  writer: RouteWriter,
  access: readonly AccessWay[],
  stage: Stage,
  query: StageQuery,
): DraftRoute[] {
  const km = distanceKm(query.from.location, query.to.location);
  const roads = hillRoads(query.from.cityId, query.to.cityId);
  const heads = stage.request.passengers;
  const travel = km <= ALL_ROAD_KM && !stage.request.modes ? usualTravel(km, { heads, roads }) : null;
  if (!travel) return [];
  const zone = zoneOf(writer.image, access);
  let departure: EpochMinute = query.at;
  if (query.arriveBy) departure = asEpochMinute(query.at - travel.minutes);
  else if (!query.timed) {
    const nine = instantOf(wallClockAt(query.at, zone).day, ROAD_HOUR, zone);
    if (nine > query.at) departure = nine;
  }
  const from = placeAsEnd(query.from, zone);
  const to = placeAsEnd(query.to, zone);
  const leg = roadLeg(from, to, travel, departure, { cityId: query.from.cityId, atHub: false });
  return [draftRoute(pricedLegs(writer.prices, [leg]))];
}

/** Part journeys followed further at each stage, and the ways tried from each. */
const BEAM = 5;
const BRANCHES = 3;

/**
 * A journey over places to visit: stage after stage, from the destination backwards with `arriveBy`, each
 * stage searched from where the best few of the stage before end, after the stay.
 */
export function joinStages(
  stage: Stage,
  places: readonly ResolvedPlace[],
  dwellMinutes: readonly number[],
  window: Window,
): StageResult {
  const count = places.length - 1;
  const order = Array.from({ length: count }, (_, index) => (window.arriveBy ? count - 1 - index : index));
  let parts: DraftRoute[] = [];
  let partial = false;
  for (const [turn, index] of order.entries()) {
    const ends = { from: places[index]!, to: places[index + 1]! };
    const starts = turn === 0 ? [null] : parts;
    const next: DraftRoute[] = [];
    for (const part of starts) {
      const result = searchStage(stage, {
        ...ends,
        ...(part ? windowAfter(part, window, dwellMinutes, index) : window),
      });
      partial ||= result.partial;
      if (result.unreachable.length > 0) return { routes: [], partial, unreachable: result.unreachable };
      const few = best(result.routes, stage.request, turn === 0 ? BEAM : BRANCHES);
      next.push(
        ...few.map((route) => {
          if (!part) return route;
          return window.arriveBy
            ? joinParts(route, part, dwellMinutes[index] ?? 0)
            : joinParts(part, route, dwellMinutes[index - 1] ?? 0);
        }),
      );
    }
    parts = turn === count - 1 ? next : best(next, stage.request, BEAM);
  }
  return { routes: parts, partial, unreachable: [] };
}

function windowAfter(
  part: DraftRoute,
  window: Window,
  dwellMinutes: readonly number[],
  index: number,
): Window {
  const at = window.arriveBy
    ? part.departure - (dwellMinutes[index] ?? 0)
    : part.arrival + (dwellMinutes[index - 1] ?? 0);
  return { at: asEpochMinute(at), span: 720, arriveBy: window.arriveBy, timed: true };
}

function best(routes: readonly DraftRoute[], request: SearchRequest, count: number): DraftRoute[] {
  const candidates = routes.map((draft) => candidateOf(draft, request));
  const kept = chooseRoutes(candidates, request.preference, request.passengers).routes.slice(0, count);
  return kept.flatMap((route) => routes.find(({ id }) => id === route.id) ?? []);
}

/** The one, the stay, and the other. */
export function joinParts(before: DraftRoute, after: DraftRoute, stayMinutes: number): DraftRoute {
  const shift = before.drafts.length;
  const later = [...after.dwells].map(([index, minutes]): [number, number] => [index + shift, minutes]);
  return draftRoute(
    [...before.drafts, ...after.drafts],
    new Map([...before.dwells, [shift, stayMinutes], ...later]),
  );
}
