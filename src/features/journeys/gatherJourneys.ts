import type { Journey, RideLeg } from '../../engine/routing/journey.ts';
import type { Query } from '../../engine/routing/query.ts';
import type { Router } from '../../engine/routing/router.ts';
import { allModes, modeMask, type ModeName } from '../../engine/timetable/modes.ts';
import { type AccessWay, accessEndpoints, egressEndpoints, type PriceOfWay, waysFor } from './access.ts';
import { directRides } from './directRides.ts';
import type { EngineQuestion } from './engine.ts';
import type { Planner } from './planner.ts';
import { pricedJourneys } from './pricedJourneys.ts';
import type { JourneyRules } from './rules.ts';

/** When to travel, in timeline minutes of the image. */
export interface TravelWindow {
  /** Earliest departure, or latest arrival with `arriveBy`. */
  readonly time: number;
  /** Minutes after (before) it in which departures (arrivals) are gathered. */
  readonly span: number;
  readonly arriveBy: boolean;
}

export interface Ends {
  readonly access: readonly AccessWay[];
  readonly egress: readonly AccessWay[];
  readonly accessPrice: PriceOfWay;
  readonly egressPrice: PriceOfWay;
}

/** Who travels, and by which modes. */
export interface Travel extends EngineQuestion {
  readonly passengers: number;
  /** Mask of the engine's modes. */
  readonly allowed: number;
  readonly mayGoOn: () => boolean;
}

/** Between two rides beyond what boarding and alighting take: metro to metro. */
export const CHANGE_MINUTES = 2;
/** Metro, two long rides and metro; where that leads nowhere, as many as the remotest corners need. */
const USUAL_RIDES = 4;
export const MOST_RIDES = 6;
/** Nobody plans a journey longer than the longest Indian train, 4 days, and a change. */
const HORIZON_MINUTES = 5 * 1440;
/** A family is asked at most so many times over the window; at worst hourly. */
const MOST_ASKED = 24;

const feeders: readonly ModeName[] = ['metro', 'tram', 'ferry', 'other'];

const feederMask = modeMask(feeders);
const TRAIN = modeMask(['train']);
const BUS = modeMask(['bus']);
const FLIGHT = modeMask(['flight']);
/** Modes of which every direct run is a candidate; feeders leave every few minutes. */
const DIRECT = TRAIN | BUS | FLIGHT | modeMask(['ferry']);

/** What all questions of a search share. */
export const baseQuery = (
  rules: JourneyRules,
  { allowed, mayGoOn }: Travel,
): Omit<Query, 'access' | 'egress'> => ({
  time: 0,
  maxRides: USUAL_RIDES,
  changeMinutes: CHANGE_MINUTES,
  modes: allowed,
  links: true,
  boardMinutes: rules.buffers.board,
  alightMinutes: rules.buffers.alight,
  minRides: 1,
  horizon: HORIZON_MINUTES,
  expired: () => !mayGoOn(),
});

/** One question for each main mode, so that its best are known, and one for all modes together. */
function families(ends: Ends, rules: JourneyRules, travel: Travel): Query[] {
  const masks = [allModes, TRAIN, BUS, FLIGHT]
    .filter((main) => main & travel.allowed)
    .map((main) => (main | feederMask) & travel.allowed);
  return [...new Set(masks)]
    .map((modes) => ({
      ...baseQuery(rules, travel),
      modes,
      access: accessEndpoints(waysFor(ends.access, modes), ends.accessPrice),
      egress: egressEndpoints(waysFor(ends.egress, modes), rules, ends.egressPrice),
    }))
    .filter(({ access, egress }) => access.length > 0 && egress.length > 0);
}

/**
 * The candidates: every direct run of the window (so that each can be offered or left out by a stated rule), and for
 * each family of modes the whole front of departure, arrival and rides in it and the front of arrival, rides and
 * price at several times of it. Says so when `mayGoOn` ended it early.
 */
export function gatherJourneys(
  planner: Pick<Planner, 'image' | 'engine' | 'rules'>,
  ends: Ends,
  window: TravelWindow,
  travel: Travel,
): { journeys: Journey[]; partial: boolean } {
  const { image, engine, rules } = planner;
  const direct = directRides(image, {
    access: accessEndpoints(ends.access, ends.accessPrice),
    egress: egressEndpoints(ends.egress, rules, ends.egressPrice),
    window,
    modes: travel.allowed & DIRECT,
    buffers: rules.buffers,
  });
  const found = new Map(direct.map((journey) => [journeyKey(journey), journey]));
  const add = (journeys: readonly Journey[]): void => {
    for (const journey of journeys) {
      const key = journeyKey(journey);
      if (!found.has(key)) found.set(key, journey);
    }
  };
  const asked = families(ends, rules, travel);
  for (const family of asked) {
    let journeys = byTime(engine.router, family, window);
    if (journeys.length === 0 && travel.mayGoOn())
      journeys = byTime(engine.router, { ...family, maxRides: MOST_RIDES }, window);
    add(journeys);
    if (journeys.length > 0) add(pricedJourneys(engine, family, window, travel));
  }
  return { journeys: [...found.values()], partial: !travel.mayGoOn() };
}

/**
 * The front of departure, arrival and rides of a main mode, exact over the window. All modes together, and with
 * arrive-by, are asked for at several times of it: on 56 pairs of the sample the range over all modes took half as
 * long again for no better offer.
 */
function byTime(router: Router, family: Query, window: TravelWindow): Journey[] {
  const { time, span, arriveBy } = window;
  if (!arriveBy && !isMixed(family.modes)) return router.range({ ...family, time }, span - 1);
  const answers: Journey[] = [];
  let offset = 0;
  for (let left = MOST_ASKED; left > 0 && offset < span; left--) {
    const step = Math.ceil((span - offset) / left);
    const journeys = arriveBy
      ? router.latestDepartures({ ...family, time: time - offset })
      : router.earliestArrivals({ ...family, time: time + offset });
    if (journeys.length === 0) break;
    answers.push(...journeys);
    // The same set answers every time up to its first departure (down to its last arrival).
    const same = arriveBy
      ? time - Math.max(...journeys.map((journey) => journey.arrival))
      : Math.min(...journeys.map((journey) => journey.departure)) - time;
    offset = Math.max(same + 1, offset + step);
  }
  return answers;
}

/** More than one main mode. */
const isMixed = (mask: number): boolean => [TRAIN, BUS, FLIGHT].filter((main) => main & mask).length > 1;

export const ridesOf = (journey: Journey): RideLeg[] => journey.legs.filter((leg) => leg.kind === 'ride');

/** The same rides on the same days are the same journey. */
export const journeyKey = (journey: Journey): string =>
  ridesOf(journey)
    .map((ride) => `${ride.run}.${ride.day}.${ride.boardCall}.${ride.alightCall}`)
    .join('>');
