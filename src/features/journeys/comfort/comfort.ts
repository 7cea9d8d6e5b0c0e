import { z } from 'zod';
import { cell, datedProvenance, readTable } from '../../rule-tables/index.ts';
import type { Leg, LegMode } from '../contract.ts';
import { chanceToMiss, routeRisk } from '../risk/routeRisk.ts';
import type { RouteRisk } from '../risk/riskSchema.ts';
import {
  type Comfort,
  type ComfortFlagName,
  comfortFlagNames,
  type TravellerProfile,
} from './comfortSchema.ts';

const row = z.object({
  flag: z.enum(comfortFlagNames),
  /** Minutes that a traveller would rather be under way for than have this, by profile. */
  default: cell(),
  solo_woman: cell(),
  senior: cell(),
  with_child: cell(),
  heavy_luggage: cell(),
  /** Once, for every hour, or as far as it is likely. */
  per: z.enum(['once', 'hour', 'chance']),
  text: z.string().min(1),
  ...datedProvenance,
});
let read: ReadonlyMap<ComfortFlagName, z.infer<typeof row>> | undefined;
const rules = (): ReadonlyMap<ComfortFlagName, z.infer<typeof row>> =>
  (read ??= new Map(readTable('rules/comfort.csv', row).map((rule) => [rule.flag, rule])));

/** Minutes of the local day: from (included) to (left out), over midnight. */
const [NIGHT_FROM, NIGHT_TO] = [23 * 60, 5 * 60];
const LONG_NIGHT_WAIT = 90;
const LONG_WALK = 10;
/** What is made nine times in ten is called safe. */
const AT_RISK = 0.1;
/** Who stays so long where they wanted to go has a bed there. */
const BED_MINUTES = 360;
/** One lies down in a sleeper; one does not in these. */
const SEATED: ReadonlySet<LegMode> = new Set([
  'bus',
  'flight',
  'metro',
  'tram',
  'ferry',
  'taxi',
  'auto',
  'walk',
]);
const TIMETABLED: ReadonlySet<LegMode> = new Set(['train', 'bus', 'flight', 'ferry']);

/**
 * What is hard on a traveller in a route, and how hard by profile. A sleeper train through the night costs no sleep;
 * getting on or off in the night, waiting and sitting does. A bus with "sleeper" in its name has berths.
 */
export function comfortOf(
  legs: readonly Leg[],
  profile: TravellerProfile = 'default',
  risk: RouteRisk = routeRisk(legs),
): Comfort {
  const flags: Comfort['flags'] = [];
  const add = (flag: ComfortFlagName, atLeg: number, minutes: number | null = null, chance = 1): void => {
    const rule = rules().get(flag)!;
    const times = rule.per === 'hour' ? (minutes ?? 0) / 60 : chance;
    const penaltyMinutes = Math.round(rule[profile] * times);
    flags.push({ flag, atLeg, minutes, penaltyMinutes, text: rule.text });
  };
  const rides = legs.map((leg, at) => ({ leg, at })).filter(({ leg }) => leg.run !== null);
  const [first, last] = [rides[0], rides.at(-1)];
  if (first && isNight(first.leg.departure)) add('NIGHT_DEPARTURE', first.at);
  if (last && isNight(last.leg.arrival)) add('NIGHT_ARRIVAL', last.at);
  for (const [index, { leg, at }] of rides.entries()) {
    const before = rides[index - 1];
    if (before) flagChange(add, legs, before, { leg, at });
  }
  for (const change of risk.changes) {
    const chance = chanceToMiss(change);
    if (chance > AT_RISK) add('CHANGE_AT_RISK', change.toLeg, null, chance);
  }
  const awake = nightMinutes(first?.leg.departure, last?.leg.arrival) - asleep(legs) - inBed(legs);
  if (awake >= 30) add('SLEEP_LOST', first?.at ?? 0, awake);
  for (const [at, leg] of legs.entries()) {
    if (leg.mode === 'walk' && leg.durationMinutes > LONG_WALK) add('LONG_WALK', at, leg.durationMinutes);
    if (leg.mode === 'flight' && profile === 'heavy_luggage') add('BAGGAGE_LIMIT', at);
  }
  return { flags, penaltyMinutes: flags.reduce((sum, flag) => sum + flag.penaltyMinutes, 0) };
}

interface Ride {
  readonly leg: Leg;
  readonly at: number;
}

function flagChange(
  add: (flag: ComfortFlagName, atLeg: number, minutes?: number) => void,
  legs: readonly Leg[],
  before: Ride,
  { leg, at }: Ride,
): void {
  // What one does at a place to visit is neither waiting nor changing.
  if (legs.slice(before.at + 1, at + 1).some(({ stayMinutes = 0 }) => stayMinutes > 0)) return;
  const underWay = legs.slice(before.at + 1, at).reduce((sum, way) => sum + way.durationMinutes, 0);
  const wait = nightMinutes(before.leg.arrival, leg.departure) - underWay;
  if (wait > LONG_NIGHT_WAIT) add('NIGHT_WAIT', at, wait);
  else if (TIMETABLED.has(before.leg.mode) && TIMETABLED.has(leg.mode) && isNight(leg.departure))
    add('NIGHT_CHANGE', at);
  const main = legs.slice(0, at).findLast((one) => one.run !== null && TIMETABLED.has(one.mode));
  const changesStation = main && TIMETABLED.has(leg.mode) && main.to.stopId !== leg.from.stopId;
  if (changesStation) add('STATION_CHANGE', at);
}

const minuteOfDay = (instant: string): number =>
  Number(instant.slice(11, 13)) * 60 + Number(instant.slice(14, 16));
const isNight = (instant: string): boolean => {
  const minute = minuteOfDay(instant);
  return minute >= NIGHT_FROM || minute < NIGHT_TO;
};

/** Minutes of the night between two instants, by the clock of the first. */
function nightMinutes(from: string | undefined, to: string | undefined): number {
  if (from === undefined || to === undefined) return 0;
  const start = minuteOfDay(from);
  const end = start + Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 60_000));
  let night = 0;
  for (let midnight = 0; midnight <= end + 1440; midnight += 1440) {
    const [begins, ends] = [midnight - (1440 - NIGHT_FROM), midnight + NIGHT_TO];
    night += Math.max(0, Math.min(end, ends) - Math.max(start, begins));
  }
  return night;
}

const hasBerth = (leg: Leg): boolean =>
  leg.run !== null &&
  (!SEATED.has(leg.mode) || (leg.mode === 'bus' && /sleeper/i.test(leg.line?.name ?? '')));
const asleep = (legs: readonly Leg[]): number =>
  legs.filter(hasBerth).reduce((sum, leg) => sum + nightMinutes(leg.departure, leg.arrival), 0);
const inBed = (legs: readonly Leg[]): number =>
  legs.reduce((sum, leg, at) => {
    const stays = (leg.stayMinutes ?? 0) >= BED_MINUTES;
    return stays ? sum + nightMinutes(legs[at - 1]?.arrival, leg.departure) : sum;
  }, 0);
