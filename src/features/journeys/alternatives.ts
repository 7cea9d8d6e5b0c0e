import { modeName } from '../../engine/timetable/modes.ts';
import type { Journey } from '../../engine/routing/journey.ts';
import { distanceKm } from '../../units/geo.ts';
import {
  asEpochDay,
  type EpochDay,
  type EpochMinute,
  formatDate,
  formatShortDate,
  instantOf,
  parseDate,
} from '../../units/time.ts';
import { type ResolvedPlace, resolvePlace } from '../places/index.ts';
import { accessEndpoints, accessWays, egressEndpoints, waysFor } from './access.ts';
import type { Question } from './computeAnswer.ts';
import { type SearchAlternative, searchModes } from './contract.ts';
import { baseQuery, MOST_RIDES, ridesOf } from './gatherJourneys.ts';
import { legModeOf } from './rules.ts';
import { type Stage, travelOf } from './searchStage.ts';
import { zoneOf } from './writeRoute.ts';

/** The nearest first; a train that runs once a week runs on one of them. */
const OTHER_DAYS = [1, -1, 2, -2, 3, -3, 4, 5, 6, 7];
const NEAR_KM = 250;
const MOST_NEAR = 2;
/** Cities tried in place of one: each costs a question. */
const MOST_TRIED = 6;

/**
 * What to ask instead of a search that found nothing: another day, all modes, without one of the stops, or a town
 * near an end. Each was tried by a question for the earliest arrival and has an answer.
 */
export function alternativesTo(stage: Stage, question: Question): SearchAlternative[] {
  const { request, places } = question;
  const found: SearchAlternative[] = [];
  if (request.modes) found.push(...allModes(stage, question));
  if (places.length > 2) found.push(...withoutStop(stage, question));
  if (found.length === 0) found.push(...otherDay(stage, question));
  if (found.length === 0)
    found.push(...nearTowns(stage, question, 'ORIGIN'), ...nearTowns(stage, question, 'DESTINATION'));
  return found;
}

/** The first journey over all places from a moment on; null: none, or no time is left. */
function firstJourney(
  stage: Stage,
  places: readonly ResolvedPlace[],
  stays: readonly number[],
  at: EpochMinute,
): { first: Journey; modes: Set<string> } | null {
  const { planner } = stage;
  const { image, rules } = planner;
  let time = image.timelineAt(at);
  let first: Journey | undefined;
  const modes = new Set<string>();
  for (const [index, to] of places.slice(1).entries()) {
    const access = waysFor(accessWays(planner, places[index]!), stage.allowed);
    const egress = waysFor(accessWays(planner, to), stage.allowed);
    if (access.length === 0 || egress.length === 0 || !stage.mayGoOn()) return null;
    const free = (): number => 0;
    const journeys = planner.engine.router.earliestArrivals({
      ...baseQuery(rules, travelOf(stage, stage.today)),
      maxRides: MOST_RIDES,
      access: accessEndpoints(access, free),
      egress: egressEndpoints(egress, rules, free),
      time,
    });
    const best = journeys.toSorted((a, b) => a.arrival - b.arrival)[0];
    if (!best) return null;
    first ??= best;
    for (const ride of ridesOf(best)) modes.add(legModeOf(modeName(ride.mode)));
    time = best.arrival + (stays[index] ?? 0);
  }
  return first ? { first, modes } : null;
}

const staysOf = ({ request }: Question): number[] => request.stops?.map((stop) => stop.dwellMinutes) ?? [];

function allModes(stage: Stage, question: Question): SearchAlternative[] {
  const { planner } = stage;
  const open = { ...stage, allowed: planner.modes };
  const way = firstJourney(open, question.places, staysOf(question), question.window.at);
  if (!way) return [];
  const asked = question.request.modes ?? [];
  const modes = searchModes.filter((mode) => asked.includes(mode) || way.modes.has(mode));
  const more = modes.filter((mode) => !asked.includes(mode));
  return [{ kind: 'MODES', text: `There is a way by ${more.join(' and ')}.`, modes }];
}

function withoutStop(stage: Stage, question: Question): SearchAlternative[] {
  const stays = staysOf(question);
  return stays.flatMap((_, dropStop): SearchAlternative[] => {
    const places = question.places.toSpliced(dropStop + 1, 1);
    const way = firstJourney(stage, places, stays.toSpliced(dropStop, 1), question.window.at);
    const { name } = question.places[dropStop + 1]!.location;
    return way ? [{ kind: 'STOPS', text: `Without the stop at ${name} there is a way.`, dropStop }] : [];
  });
}

function otherDay(stage: Stage, question: Question): SearchAlternative[] {
  const { network, image } = stage.planner;
  const zone = zoneOf(image, accessWays(stage.planner, question.places[0]!));
  const bound = (date: string, fallback: EpochDay): EpochDay => parseDate(date) ?? fallback;
  const from = Math.max(stage.today, bound(network.validFrom, stage.today));
  const to = bound(network.validTo, question.date);
  const outside = question.date > to || question.date < from;
  // Beyond the timetable its last day is nearest, and the days before it.
  const base = Math.min(Math.max(question.date, from), to);
  for (const step of outside ? [0, ...OTHER_DAYS] : OTHER_DAYS) {
    const day = asEpochDay(base + step);
    if (day < from || day > to) continue;
    const way = firstJourney(stage, question.places, staysOf(question), instantOf(day, 0, zone));
    const leaves = way && image.instantAt(way.first.departure);
    if (leaves === null || leaves >= instantOf(asEpochDay(day + 1), 0, zone)) continue;
    const date = formatDate(day);
    return [{ kind: 'DATE', text: `On ${formatShortDate(date)} ${date.slice(0, 4)} there is a way.`, date }];
  }
  return [];
}

function nearTowns(stage: Stage, question: Question, kind: 'ORIGIN' | 'DESTINATION'): SearchAlternative[] {
  const { places } = stage.planner;
  const at = kind === 'ORIGIN' ? 0 : question.places.length - 1;
  const own = question.places[at]!;
  const near = places.cities
    .map((city) => ({ city, km: distanceKm(city, own.location) }))
    .filter(({ city, km }) => km <= NEAR_KM && city.id !== own.cityId)
    .filter(({ city }) => (places.find(`city:${city.id}`)?.stops.length ?? 0) > 0)
    .toSorted((a, b) => a.km - b.km)
    .slice(0, MOST_TRIED);
  const found: SearchAlternative[] = [];
  for (const { city, km } of near) {
    if (found.length === MOST_NEAR) break;
    const town = resolvePlace(places, `${city.name}, ${city.state}`, kind.toLowerCase());
    const way = firstJourney(stage, question.places.with(at, town), staysOf(question), question.window.at);
    if (!way) continue;
    const text = `From ${city.name}, ${Math.round(km)} km away, there is a way.`;
    found.push({ kind, text: kind === 'ORIGIN' ? text : text.replace('From', 'To'), place: town.location });
  }
  return found;
}
