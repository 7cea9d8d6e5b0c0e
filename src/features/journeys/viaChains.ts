import type { Journey, Leg } from '../../engine/routing/journey.ts';
import type { Via } from '../../engine/priced/query.ts';
import { asEpochDay, wallClockAt } from '../../units/time.ts';
import type { ResolvedPlace } from '../places/index.ts';
import { type AccessWay, accessEndpoints, accessWays, egressEndpoints, waysFor } from './access.ts';
import { baseQuery, CHANGE_MINUTES } from './gatherJourneys.ts';
import type { Window } from './planner.ts';
import { joinParts, type Stage, travelOf, wayPrice, writerFor } from './searchStage.ts';
import { settleEnds } from './settleEnds.ts';
import { type DraftRoute, writeRoute, zoneOf } from './writeRoute.ts';

/** Stops so far by road from a place to visit are no way to visit it; the stay is reckoned with the farthest. */
const VISIT_MINUTES = 45;
/** Rides between two places to visit, and in all. */
const RIDES_PER_STAGE = 3;
const MOST_RIDES = 9;
/** The chains are asked for departures from so many minutes on, and again. */
const STEP_MINUTES = 480;
const HORIZON_PER_STAGE = 3 * 1440;

interface Visit {
  readonly place: ResolvedPlace;
  readonly ways: readonly AccessWay[];
  readonly stay: number;
  readonly via: Via;
}

/**
 * Journeys over places to visit, found in one search over the whole chain: none has another beside it that is no
 * later, no dearer and has no more rides. Not for arrive-by. None where a place has no stop near.
 */
export function viaChains(
  stage: Stage,
  places: readonly ResolvedPlace[],
  dwellMinutes: readonly number[],
  window: Window,
): DraftRoute[] {
  const { planner, allowed } = stage;
  const { engine, image, rules } = planner;
  const [from, to] = [places[0]!, places.at(-1)!];
  const { passengers } = stage.request;
  const access = waysFor(accessWays(planner, from, passengers), allowed);
  const egress = waysFor(accessWays(planner, to, passengers), allowed);
  const visits = places.slice(1, -1).map((place, index) => visitOf(stage, place, dwellMinutes[index] ?? 0));
  if ([access, egress, ...visits.map(({ ways }) => ways)].some((ways) => ways.length === 0)) return [];
  const day = asEpochDay(wallClockAt(window.at, zoneOf(image, access)).day);
  const travel = travelOf(stage, day);
  const router = engine.priced(travel);
  const stages = places.length - 1;
  const query = {
    ...baseQuery(rules, travel),
    access: accessEndpoints(access, wayPrice(stage, from, day, false)),
    egress: egressEndpoints(egress, rules, wayPrice(stage, to, day, true)),
    maxRides: Math.min(MOST_RIDES, RIDES_PER_STAGE * stages),
    horizon: HORIZON_PER_STAGE * stages + dwellMinutes.reduce((sum, stay) => sum + stay, 0),
    passengers: travel.passengers,
    vias: visits.map(({ via }) => via),
  };
  const start = image.timelineAt(window.at);
  const found: DraftRoute[] = [];
  for (let offset = 0; offset < window.span && stage.mayGoOn(); offset += STEP_MINUTES)
    for (const journey of router.pareto({ ...query, time: start + offset }).journeys) {
      const route = write(stage, { from, to, access, egress, visits }, journey, start);
      if (route && route.departure < window.at + window.span) found.push(route);
    }
  return [...new Map(found.map((route) => [route.id, route])).values()];
}

function visitOf({ planner, allowed, request }: Stage, place: ResolvedPlace, stay: number): Visit {
  const ways = waysFor(accessWays(planner, place, request.passengers), allowed).filter(
    ({ travel }) => (travel?.minutes ?? 0) <= VISIT_MINUTES,
  );
  const byRoad = Math.max(0, ...ways.map(({ travel, early }) => 2 * (travel?.minutes ?? 0) + early));
  // Never 0: who only rides through has not visited the place. The engine counts the change time in.
  const dwell = stay + byRoad + CHANGE_MINUTES;
  return { place, ways, stay, via: { stops: ways.map(({ stop }) => stop), dwell } };
}

interface Chain {
  readonly from: ResolvedPlace;
  readonly to: ResolvedPlace;
  readonly access: readonly AccessWay[];
  readonly egress: readonly AccessWay[];
  readonly visits: readonly Visit[];
}

/** Writes the stages one by one, the ways into each place and out of it included. */
function write(
  { planner, prices, request }: Stage,
  chain: Chain,
  journey: Journey,
  start: number,
): DraftRoute | null {
  const { image, rules } = planner;
  const stages = split(journey, chain.visits);
  if (!stages) return null;
  let whole: DraftRoute | null = null;
  for (const [index, legs] of stages.entries()) {
    const [before, after] = [chain.visits[index - 1], chain.visits[index]];
    const [origin, destination] = [before?.place ?? chain.from, after?.place ?? chain.to];
    const next = stages[index + 1]?.[0];
    const ends = {
      image,
      buffers: rules.buffers,
      origin,
      destination,
      access: before?.ways ?? chain.access,
      egress: after?.ways ?? chain.egress,
      notBefore: whole ? image.timelineAt(whole.arrival) + (before?.stay ?? 0) : start,
      notAfter: next ? next.departure - (after?.via.dwell ?? 0) : Infinity,
      heads: request.passengers,
    };
    const [first, last] = [legs[0]!, legs.at(-1)!];
    const settled = settleEnds(ends, {
      ...journey,
      legs,
      access: { stop: first.from, minutes: 0 },
      egress: { stop: last.to, minutes: 0 },
    });
    if (!settled) return null;
    const part = writeRoute(
      writerFor({ planner, prices, request }, { from: origin, to: destination }),
      settled,
    );
    if (whole && part.departure < whole.arrival + (before?.stay ?? 0)) return null;
    whole = whole ? joinParts(whole, part, before?.stay ?? 0) : part;
  }
  return whole;
}

/** The legs of each stage: a stay lies where a leg ends at a stop of the visit and the next one leaves late enough. */
function split({ legs }: Journey, visits: readonly Visit[]): Leg[][] | null {
  const stages: Leg[][] = [];
  let begun = 0;
  for (const { via } of visits) {
    const end = legs.findIndex(
      (leg, index) =>
        index >= begun &&
        via.stops.includes(leg.to) &&
        index + 1 < legs.length &&
        legs[index + 1]!.departure - leg.arrival >= via.dwell - CHANGE_MINUTES,
    );
    if (end < 0) return null;
    stages.push(legs.slice(begun, end + 1));
    begun = end + 1;
  }
  return [...stages, legs.slice(begun)];
}
