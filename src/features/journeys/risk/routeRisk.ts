import { formatDuration } from '../../../units/time.ts';
import type { Leg } from '../contract.ts';
import { allTrains, leastMinutes, trainDelays } from './delays.ts';
import { delayWithin, shareWithin } from './logNormal.ts';
import type { ChangeRisk, RiskWord, RouteRisk } from './riskSchema.ts';

const SAFE = 0.9;
const TIGHT = 0.75;

const wordOf = (probability: number | null): RiskWord =>
  probability === null ? 'NO_DATA' : probability >= SAFE ? 'SAFE' : probability >= TIGHT ? 'TIGHT' : 'RISKY';

const onFoot = (leg: Leg): boolean => leg.run === null;
const frequent = (leg: Leg): boolean => leg.everyMinutes !== null;
const minutesBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / 60_000);

/** A stay of an hour takes up what nobody measures: 80 % of all trains are less late than 50 min. */
const STAY_ENOUGH = 60;

/**
 * The chance to make each change of a route and all of them. A train is late by a log-normal delay of its kind; what
 * one changes to is taken as punctual, which is the careful side. A metro that comes every few minutes is not missed.
 * A stay at a place to visit is no change: whoever comes late gives it up, and only a delay beyond it breaks the plan.
 */
export function routeRisk(legs: readonly Leg[]): RouteRisk {
  const met: ChangeRisk[] = [];
  let arrived: number | undefined;
  for (const [at, leg] of legs.entries()) {
    if (onFoot(leg)) continue;
    if (arrived !== undefined && !frequent(leg)) met.push(changeRisk(legs, arrived, at));
    // Who has come late by train is still late behind a metro.
    if (!frequent(leg) || arrived === undefined) arrived = at;
  }
  const changes = met.filter(({ stayMinutes = 0, probability }) =>
    probability === null ? stayMinutes < STAY_ENOUGH : stayMinutes === 0 || probability < SAFE,
  );
  const open = changes.some((change) => change.probability === null);
  // Stays that are not told of count all the same.
  const probability = open ? null : met.reduce((all, change) => all * (change.probability ?? 1), 1);
  return { probability, word: wordOf(probability), changes };
}

/** Chance that a change breaks; where nobody measures the first ride it is reckoned as late as all trains are. */
export const chanceToMiss = ({ probability, availableMinutes, neededMinutes }: ChangeRisk): number =>
  1 - (probability ?? shareWithin(allTrains(), availableMinutes - neededMinutes));

/** Stays that end on the way from one ride to another, on foot or by metro included. */
const stayBetween = (legs: readonly Leg[], from: number, to: number): number =>
  legs.slice(from + 1, to + 1).reduce((sum, leg) => sum + (leg.stayMinutes ?? 0), 0);

function changeRisk(legs: readonly Leg[], from: number, to: number): ChangeRisk {
  const [late, next] = [legs[from]!, legs[to]!];
  const availableMinutes = minutesBetween(late.arrival, next.departure);
  const between = legs.slice(from + 1, to).reduce((sum, leg) => sum + leg.durationMinutes, 0);
  const neededMinutes = between + leastMinutes(next.mode);
  const slack = availableMinutes - neededMinutes;
  const known =
    late.mode === 'train'
      ? trainDelays(late.line?.name ?? '', late.departure.slice(0, 10), [late.from, late.to])
      : null;
  const probability =
    frequent(late) && slack >= 0 ? 1 : known === null ? null : shareWithin(known.delays, slack);
  const word = wordOf(probability);
  const stayMinutes = stayBetween(legs, from, to);
  const text = say(
    word,
    probability,
    availableMinutes,
    neededMinutes,
    known && delayWithin(known.delays, SAFE),
  );
  return {
    fromLeg: from,
    toLeg: to,
    place: next.from.name,
    availableMinutes,
    neededMinutes,
    probability,
    word,
    fog: known?.fog ?? false,
    ...(stayMinutes > 0 ? { stayMinutes } : {}),
    text: stayMinutes > 0 ? `The stay of ${formatDuration(stayMinutes)} is given up first. ${text}` : text,
  };
}

function say(
  word: RiskWord,
  probability: number | null,
  available: number,
  needed: number,
  ninetieth: number | null,
): string {
  const minutes = `${available} min for a change that needs ${needed}`;
  if (probability === null) return `${minutes}; how late the first ride runs is not published.`;
  const chance = `made in ${Math.floor(probability * 100)} of 100 journeys`;
  if (word === 'SAFE' || ninetieth === null) return `${minutes}: ${chance}.`;
  return `${minutes}: ${chance}. Safe would be ${needed + Math.ceil(ninetieth)} min.`;
}
