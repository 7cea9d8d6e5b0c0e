import { setImmediate } from 'node:timers/promises';
import type { Journey, RideLeg } from '../../engine/routing/journey.ts';
import type { Endpoint, Query } from '../../engine/routing/query.ts';
import type { Router } from '../../engine/routing/router.ts';
import { allModes, modeMask, type ModeName } from '../../engine/timetable/modes.ts';
import { type AccessWay, accessEndpoints, egressEndpoints, thriftyWays, waysFor } from './access.ts';
import { directRides } from './directRides.ts';
import type { Planner } from './planner.ts';
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
}

/** One family of questions: which modes, and how thrifty the ways to and from them. */
interface Family {
  readonly modes: number;
  readonly access: readonly Endpoint[];
  readonly egress: readonly Endpoint[];
  readonly links: boolean;
  readonly mostAsked: number;
}

/** Between two rides beyond what boarding and alighting take: metro to metro. */
const CHANGE_MINUTES = 2;
/** Metro, two long rides and metro; where that leads nowhere, as many as the remotest corners need. */
const USUAL_RIDES = 4;
const MOST_RIDES = 6;
/** Nobody plans a journey longer than the longest Indian train, 4 days, and a change. */
const HORIZON_MINUTES = 5 * 1440;
/**
 * A family is asked at most so many times: from each departure found to the next while that is enough for the
 * window, else at even steps of what is left of it (at worst hourly).
 */
const MOST_ASKED = 24;
const MOST_ASKED_THRIFTY = 12;

const feeders: readonly ModeName[] = ['metro', 'tram', 'ferry', 'other'];

const feederMask = modeMask(feeders);
const TRAIN = modeMask(['train']);
const BUS = modeMask(['bus']);
const FLIGHT = modeMask(['flight']);
/** Modes of which every direct run is a candidate; feeders leave every few minutes. */
const DIRECT = TRAIN | BUS | FLIGHT | modeMask(['ferry']);

function families(ends: Ends, rules: JourneyRules, allowed: number): Family[] {
  const family = (main: number, thrifty: boolean): Family => {
    const modes = (main | feederMask) & allowed;
    const pick = (ways: readonly AccessWay[]): AccessWay[] =>
      waysFor(thrifty ? thriftyWays(ways) : ways, modes);
    return {
      modes,
      access: accessEndpoints(pick(ends.access)),
      egress: egressEndpoints(pick(ends.egress), rules),
      // Thrift by bus means to change at bus stands, not to take a taxi to the next town.
      links: !(thrifty && main === BUS),
      mostAsked: thrifty ? MOST_ASKED_THRIFTY : MOST_ASKED,
    };
  };
  const wide = [allModes, TRAIN | BUS, TRAIN, BUS, FLIGHT].map((main) => family(main & allowed, false));
  const thrifty = [TRAIN, BUS].filter((main) => main & allowed).map((main) => family(main, true));
  const asked = new Map(
    [...thrifty, ...wide].map((one) => [JSON.stringify([one.modes, one.access, one.egress, one.links]), one]),
  );
  return [...asked.values()].filter(
    (one) => one.modes !== 0 && one.access.length > 0 && one.egress.length > 0,
  );
}

/**
 * Many different good journeys: every direct run of the window, and the earliest arrivals (with arrive-by the
 * latest departures) of every family of modes at several times of it. Yields to other requests between
 * families, and stops there, saying so, when `mayGoOn` says no.
 */
export async function gatherJourneys(
  { image, router, rules }: Pick<Planner, 'image' | 'router' | 'rules'>,
  ends: Ends,
  window: TravelWindow,
  allowed: number,
  mayGoOn: () => boolean,
): Promise<{ journeys: Journey[]; partial: boolean }> {
  const direct = directRides(image, {
    access: accessEndpoints(ends.access),
    egress: egressEndpoints(ends.egress, rules),
    window,
    modes: allowed & DIRECT,
    buffers: rules.buffers,
  });
  const found = new Map(direct.map((journey) => [journeyKey(journey), journey]));
  for (const family of families(ends, rules, allowed)) {
    if (!mayGoOn()) return { journeys: [...found.values()], partial: true };
    let journeys = askFamily(router, rules, family, window, USUAL_RIDES);
    if (journeys.length === 0) journeys = askFamily(router, rules, family, window, MOST_RIDES);
    for (const journey of journeys) {
      const key = journeyKey(journey);
      if (!found.has(key)) found.set(key, journey);
    }
    await setImmediate();
  }
  return { journeys: [...found.values()], partial: false };
}

function askFamily(
  router: Router,
  rules: JourneyRules,
  family: Family,
  window: TravelWindow,
  maxRides: number,
): Journey[] {
  const direction = window.arriveBy ? -1 : 1;
  const answers: Journey[] = [];
  let offset = 0;
  for (let left = family.mostAsked; left > 0 && offset < window.span; left--) {
    const step = Math.ceil((window.span - offset) / left);
    const query: Query = {
      access: family.access,
      egress: family.egress,
      time: window.time + direction * offset,
      maxRides,
      changeMinutes: CHANGE_MINUTES,
      modes: family.modes,
      links: family.links,
      boardMinutes: rules.buffers.board,
      alightMinutes: rules.buffers.alight,
      minRides: 1,
      horizon: HORIZON_MINUTES,
    };
    const journeys = window.arriveBy ? router.latestDepartures(query) : router.earliestArrivals(query);
    if (journeys.length === 0) break;
    answers.push(...journeys);
    // The same set answers every time up to its first departure (down to its last arrival).
    const same = window.arriveBy
      ? window.time - Math.max(...journeys.map((journey) => journey.arrival))
      : Math.min(...journeys.map((journey) => journey.departure)) - window.time;
    offset = Math.max(same + 1, offset + step);
  }
  return answers;
}

export const ridesOf = (journey: Journey): RideLeg[] => journey.legs.filter((leg) => leg.kind === 'ride');

/** The same rides on the same days are the same journey. */
export const journeyKey = (journey: Journey): string =>
  ridesOf(journey)
    .map((ride) => `${ride.run}.${ride.day}.${ride.boardCall}.${ride.alightCall}`)
    .join('>');
