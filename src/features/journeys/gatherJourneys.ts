import { setImmediate } from 'node:timers/promises';
import type { Journey, RideLeg } from '../../engine/routing/journey.ts';
import type { Endpoint, Query } from '../../engine/routing/query.ts';
import type { Router } from '../../engine/routing/router.ts';
import { allModes, modeMask, type ModeName } from '../../engine/timetable/modes.ts';
import { type AccessWay, accessEndpoints, egressEndpoints, thriftyWays, waysFor } from './access.ts';
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
}

/** Between two rides beyond what boarding and alighting take: metro to metro. */
const CHANGE_MINUTES = 2;
/** Rides of one mode with metro before and after; of any modes. */
const MAX_RIDES = 5;
/** Nobody plans a journey longer than the longest Indian train, 4 days, and a change. */
const HORIZON_MINUTES = 5 * 1440;
/** Times of the window at which the families are asked: every three hours of a day, every hour of six. */
const SAMPLES = { day: 8, hours: 6 } as const;

const feeders: readonly ModeName[] = ['metro', 'tram', 'ferry', 'other'];

const feederMask = modeMask(feeders);
const TRAIN = modeMask(['train']);
const BUS = modeMask(['bus']);
const FLIGHT = modeMask(['flight']);

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
    };
  };
  const wide = [allModes, TRAIN | BUS, TRAIN, BUS, FLIGHT].map((main) => family(main & allowed, false));
  const thrifty = [TRAIN, BUS].filter((main) => main & allowed).map((main) => family(main, true));
  const asked = new Map([...wide, ...thrifty].map((one) => [JSON.stringify(one), one]));
  return [...asked.values()].filter(
    (one) => one.modes !== 0 && one.access.length > 0 && one.egress.length > 0,
  );
}

/**
 * Many different good journeys: every family of modes is asked for the earliest arrivals at several times of
 * the window. A family whose next departure is late is not asked again before it. Yields to other requests
 * between families, and stops there, saying so, when `mayGoOn` says no.
 */
export async function gatherJourneys(
  router: Router,
  rules: JourneyRules,
  ends: Ends,
  window: TravelWindow,
  allowed: number,
  mayGoOn: () => boolean,
): Promise<{ journeys: Journey[]; partial: boolean }> {
  const found = new Map<string, Journey>();
  for (const family of families(ends, rules, allowed)) {
    if (!mayGoOn()) return { journeys: [...found.values()], partial: true };
    for (const journey of askFamily(router, rules, family, window)) {
      const key = journeyKey(journey);
      if (!found.has(key)) found.set(key, journey);
    }
    await setImmediate();
  }
  return { journeys: [...found.values()], partial: false };
}

function askFamily(router: Router, rules: JourneyRules, family: Family, window: TravelWindow): Journey[] {
  const step = window.span / (window.span > 720 ? SAMPLES.day : SAMPLES.hours);
  const direction = window.arriveBy ? -1 : 1;
  const answers: Journey[] = [];
  let asked = -1;
  for (let offset = 0; offset < window.span; offset += step) {
    if (offset <= asked) continue;
    const query: Query = {
      access: family.access,
      egress: family.egress,
      time: Math.round(window.time + direction * offset),
      maxRides: MAX_RIDES,
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
    asked = window.arriveBy
      ? window.time - Math.max(...journeys.map((journey) => journey.arrival))
      : Math.min(...journeys.map((journey) => journey.departure)) - window.time;
  }
  return answers;
}

export const ridesOf = (journey: Journey): RideLeg[] => journey.legs.filter((leg) => leg.kind === 'ride');

/** The same rides on the same days are the same journey. */
export const journeyKey = (journey: Journey): string =>
  ridesOf(journey)
    .map((ride) => `${ride.run}.${ride.day}.${ride.boardCall}.${ride.alightCall}`)
    .join('>');
