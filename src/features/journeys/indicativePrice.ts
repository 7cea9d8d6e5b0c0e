import type { LegMode, Preference, Price } from './contract.ts';
import type { FareRule, JourneyRules } from './rules.ts';

/** One ride to price. */
export interface PricedRide {
  readonly mode: LegMode;
  /** Folded name of line and operator. */
  readonly line: string;
  /** Gazetteer city of the boarding place. */
  readonly cityId: string | null;
  readonly km: number;
  readonly minutes: number;
  /** Minutes of the local day at departure. */
  readonly clock: number;
  /** Days from today to departure. */
  readonly daysAhead: number;
}

export interface Party {
  readonly passengers: number;
  readonly preference: Preference;
}

const NIGHT_FROM = 23 * 60;
const NIGHT_TO = 5 * 60;
export const NOON = 12 * 60;

/** Night tariff of autos and taxis: 23:00 to 05:00. */
export const isNight = (clock: number): boolean => clock >= NIGHT_FROM || clock < NIGHT_TO;

/** The indicative price of a ride for the whole party, or `null` when no rule fits; walking costs nothing. */
export function indicativePrice(rules: JourneyRules, ride: PricedRide, party: Party): Price | null {
  const rule = rules.fares.find((row) => fits(row, ride, party.preference));
  if (!rule) return null;
  const factor = ride.mode === 'flight' ? leadTimeFactor(rules, ride.daysAhead) : 1;
  const units = rule.capacity > 0 ? Math.ceil(party.passengers / rule.capacity) : party.passengers;
  const one = fareOf(rule, ride, factor);
  const night = rule.night_percent > 0 && isNight(ride.clock);
  const low = one * (1 + rule.low_percent / 100);
  const high = one * (1 + rule.high_percent / 100);
  return {
    lowMinor: units * Math.floor(low / rule.round_minor) * rule.round_minor,
    highMinor: units * Math.ceil(high / rule.round_minor) * rule.round_minor,
    currency: 'INR',
    indicative: true,
    class: rule.class,
    basis: night ? `${rule.basis} (night tariff)` : rule.basis,
    source: rule.source,
    asOf: rule.verified_on,
    certainty: rule.certainty,
  };
}

const fits = (rule: FareRule, ride: PricedRide, preference: Preference): boolean =>
  ride.km <= rule.max_km &&
  (rule.preference === '' || rule.preference === preference) &&
  ruleNames(rule, ride);

/** Whether a rule is for rides of this mode on this line from this city. */
export function ruleNames(rule: FareRule, ride: Pick<PricedRide, 'mode' | 'line' | 'cityId'>): boolean {
  if (rule.mode !== ride.mode) return false;
  if (rule.area.length > 0 && !(ride.cityId !== null && rule.area.includes(ride.cityId))) return false;
  const wanted = rule.line.filter((word) => !word.startsWith('~'));
  const barred = rule.line.filter((word) => word.startsWith('~'));
  if (barred.some((word) => ride.line.includes(word.slice(1)))) return false;
  return wanted.length === 0 || wanted.some((word) => ride.line.includes(word));
}

/** Minor units for one person over so many kilometres by day, on a mode that does not charge for minutes. */
export const fareAt = (rule: FareRule, km: number, factor: number): number =>
  fareOf(rule, { km, minutes: 0, clock: NOON }, factor);

/** Minor units for one person, or for one vehicle. */
function fareOf(rule: FareRule, ride: Pick<PricedRide, 'km' | 'minutes' | 'clock'>, factor: number): number {
  const km = Math.max(ride.km, rule.minimum_km);
  const table = rule.steps.length > 0 ? stepAt(rule.steps, km) : lineAt(rule.points, km);
  const distance = Math.max(0, km - rule.included_km) * rule.per_km_minor;
  const fare =
    (rule.base_minor + table * rule.ratio + distance + ride.minutes * rule.per_minute_minor) * factor;
  const night = isNight(ride.clock) ? 1 + rule.night_percent / 100 : 1;
  return (fare * night + rule.fee_minor) * (1 + rule.tax_percent / 100);
}

const stepAt = (steps: FareRule['steps'], km: number): number =>
  (steps.find(([upTo]) => km <= upTo) ?? steps.at(-1))?.[1] ?? 0;

/** Linear between points, level before the first, on along the last piece after it. */
function lineAt(points: FareRule['points'], km: number): number {
  const [first] = points;
  if (!first) return 0;
  if (km <= first[0]) return first[1];
  let [fromKm, fromMinor] = first;
  let slope = 0;
  for (const [toKm, toMinor] of points.slice(1)) {
    slope = (toMinor - fromMinor) / (toKm - fromKm);
    if (km <= toKm) break;
    [fromKm, fromMinor] = [toKm, toMinor];
  }
  return fromMinor + slope * (km - fromKm);
}

/** What flights cost so many days ahead, as a multiple of the price long before. */
export const leadTimeFactor = (rules: JourneyRules, daysAhead: number): number =>
  (rules.leadTimes.find((row) => daysAhead >= row.min_days) ?? rules.leadTimes.at(-1))?.factor ?? 1;

/** The middle of a range: what options are ordered by. */
export const middle = (price: { lowMinor: number; highMinor: number }): number =>
  (price.lowMinor + price.highMinor) / 2;

const certainties = ['A', 'B', 'C', 'D'] as const;

/** The prices of all legs together: `null` when a leg has none; as certain as the least certain of them. */
export function totalPrice(legs: readonly { mode: LegMode; price: Price | null }[]): Price | null {
  const paid = legs.filter((leg) => leg.mode !== 'walk');
  const prices = paid.flatMap((leg) => (leg.price ? [leg.price] : []));
  if (prices.length < paid.length) return null;
  const classes = new Set(prices.map((price) => price.class));
  return {
    lowMinor: prices.reduce((sum, price) => sum + price.lowMinor, 0),
    highMinor: prices.reduce((sum, price) => sum + price.highMinor, 0),
    currency: 'INR',
    indicative: true,
    class: classes.size === 1 ? (prices[0]?.class ?? null) : null,
    basis: 'sum of the legs',
    source: 'see the legs',
    asOf: prices.map((price) => price.asOf).toSorted()[0] ?? NO_PRICE_DATE,
    certainty: certainties.findLast((mark) => prices.some((price) => price.certainty === mark)) ?? 'A',
  };
}

/** A route on foot alone costs nothing; the contract still wants a date. */
const NO_PRICE_DATE = '2026-11-01';
