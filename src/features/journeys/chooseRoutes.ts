import { formatRupees } from '../../units/money.ts';
import { formatDuration } from '../../units/time.ts';
import { type LegMode, pickNames, type Preference, type Route } from './contract.ts';
import { middle } from './indicativePrice.ts';

/** Routes offered at most. */
export const MAX_ROUTES = 12;
/** A further change must save so much time, or so much money per person, against a route with fewer. */
export const CHANGE_GAIN_MINUTES = 25;
export const CHANGE_GAIN_MINOR = 15_000;
/** A route is silly when it takes so many times as long as the fastest of its main mode and costs no less. */
const SILLY_FACTOR = 2.2;
/** Departures of one main mode nearer than this are shown once while other choices remain. */
const SPREAD_MINUTES = 45;

export interface Candidate {
  readonly route: Route;
  /** Epoch minutes. */
  readonly departure: number;
  readonly arrival: number;
}

export interface Choice {
  readonly routes: Route[];
  readonly picks: { FASTEST: string | null; CHEAPEST: string | null; BALANCED: string | null };
}

const duration = ({ departure, arrival }: Candidate): number => arrival - departure;
const cost = ({ route }: Candidate): number => (route.price ? middle(route.price) : Infinity);

/** `a` is no worse in departure, arrival, price and changes, and better in one. */
export function dominates(a: Candidate, b: Candidate): boolean {
  const noWorse =
    a.departure >= b.departure &&
    a.arrival <= b.arrival &&
    cost(a) <= cost(b) &&
    a.route.changes <= b.route.changes;
  return (
    noWorse &&
    (a.departure > b.departure ||
      a.arrival < b.arrival ||
      cost(a) < cost(b) ||
      a.route.changes < b.route.changes)
  );
}

/** `b` changes more often than `a`, over about the same time, without the stated gain. */
function needlessChanges(a: Candidate, b: Candidate, passengers: number): boolean {
  const more = b.route.changes - a.route.changes;
  if (more <= 0 || a.departure < b.departure - SPREAD_MINUTES) return false;
  const saved = duration(a) - duration(b);
  return (
    a.arrival - b.arrival < more * CHANGE_GAIN_MINUTES &&
    saved < more * CHANGE_GAIN_MINUTES &&
    cost(a) - cost(b) < more * CHANGE_GAIN_MINOR * passengers
  );
}

/** Routes worth comparing: none of one main mode is dominated, silly, or changes for nothing. */
export function worthwhile(candidates: readonly Candidate[], passengers: number): Candidate[] {
  const byMode = Map.groupBy(candidates, ({ route }) => route.mainMode);
  return [...byMode.values()].flatMap((same) => {
    const fastest = Math.min(...same.map(duration));
    const cheapest = Math.min(...same.map(cost));
    return same.filter(
      (one, index) =>
        !(duration(one) > SILLY_FACTOR * fastest + 60 && cost(one) > cheapest) &&
        !same.some(
          (other, position) =>
            other !== one &&
            (dominates(other, one) ||
              needlessChanges(other, one, passengers) ||
              (position < index && alike(other, one))),
        ),
    );
  });
}

/** From so many changes on, a route may be worse in everything than one of another main mode. */
const MANY_CHANGES = 2;

/**
 * Routes of many changes that another main mode beats in time, price and changes: 55 hours of buses beside a
 * direct train. Of them only the fastest of its main mode is shown, so that the choice of modes stays whole.
 */
function poorRoutes(candidates: readonly Candidate[]): ReadonlySet<Candidate> {
  const beaten = (one: Candidate): boolean =>
    candidates.some(
      (other) =>
        other.route.mainMode !== one.route.mainMode &&
        duration(other) < duration(one) &&
        cost(other) < cost(one) &&
        other.route.changes < one.route.changes,
    );
  return new Set(candidates.filter((one) => one.route.changes >= MANY_CHANGES && beaten(one)));
}

/** The same to a traveller but for where the waiting is done. */
const alike = (a: Candidate, b: Candidate): boolean =>
  a.departure === b.departure &&
  a.arrival === b.arrival &&
  a.route.changes === b.route.changes &&
  cost(a) === cost(b) &&
  a.route.modes.join() === b.route.modes.join();

const by =
  (...keys: ((candidate: Candidate) => number)[]) =>
  (a: Candidate, b: Candidate): number => {
    for (const key of keys) {
      // Two unknown prices are alike, not NaN.
      const difference = key(a) === key(b) ? 0 : key(a) - key(b);
      if (difference !== 0) return difference;
    }
    return a.route.id < b.route.id ? -1 : 1;
  };

const first = (
  candidates: readonly Candidate[],
  order: (a: Candidate, b: Candidate) => number,
): Candidate | undefined => candidates.toSorted(order)[0];

const changes = ({ route }: Candidate): number => route.changes;

/** Distance from the ideal of shortest time and lowest price; smaller is better. */
type TradeOff = (candidate: Candidate) => number;

/** Where a value lies between the least and the greatest of `all`: 0–1. */
function share(value: number, all: readonly number[]): number {
  const low = Math.min(...all);
  const high = Math.max(...all);
  return high > low ? (value - low) / (high - low) : 0;
}

const ratio = (value: number, all: readonly number[]): number =>
  Math.log(Math.max(1, value) / Math.max(1, Math.min(...all)));

/**
 * Time and price each scaled to 0–1 over the (time, price) front, the routes of which none is both faster and
 * cheaper. Where only its two ends are on the front they tie, and the ratios to the best decide.
 */
function tradeOffOf(candidates: readonly Candidate[]): TradeOff {
  const front = candidates.filter(
    (one) =>
      !candidates.some(
        (other) =>
          duration(other) <= duration(one) &&
          cost(other) <= cost(one) &&
          (duration(other) < duration(one) || cost(other) < cost(one)),
      ),
  );
  const times = front.map(duration);
  const prices = front.map(cost).filter(Number.isFinite);
  return (candidate) =>
    Math.hypot(share(duration(candidate), times), share(cost(candidate), prices)) +
    1e-3 * (ratio(duration(candidate), times) + ratio(cost(candidate), prices));
}

/**
 * Picks FASTEST (shortest door to door), CHEAPEST (lowest middle of the price range) and BALANCED (the knee:
 * nearest to the ideal on the scaled front), then the best of each main mode, the fewest changes, and further
 * departures over the day; at most `MAX_ROUTES`, each with the reason why it is there.
 */
export function chooseRoutes(all: readonly Candidate[], preference: Preference, passengers: number): Choice {
  const candidates = worthwhile(all, passengers);
  const priced = candidates.filter((one) => one.route.price !== null);
  const tradeOff = tradeOffOf(candidates);
  const fastest = first(candidates, by(duration, cost, changes));
  const cheapest = first(priced, by(cost, duration, changes));
  const balanced = first(priced, by(tradeOff, changes));
  const reasons = new Map<Candidate, string[]>();
  const keep = (candidate: Candidate | undefined, reason: string): void => {
    if (!candidate || (!reasons.has(candidate) && reasons.size >= MAX_ROUTES)) return;
    const own = reasons.get(candidate);
    if (own) own.push(reason);
    else reasons.set(candidate, [reason]);
  };

  if (fastest) keep(fastest, `Shortest of all: ${formatDuration(duration(fastest))} door to door.`);
  if (cheapest) keep(cheapest, `Lowest indicative price: about ${rupees(cheapest)}.`);
  if (balanced) keep(balanced, balancedReason(balanced, fastest, cheapest));
  const poor = poorRoutes(candidates);
  keepBestOfModes(candidates, poor, keep);
  const direct = first(candidates, by(changes, duration));
  if (direct)
    keep(direct, changes(direct) === 0 ? 'No change on the way.' : `Fewest changes: ${changes(direct)}.`);
  const good = candidates.filter((candidate) => !poor.has(candidate));
  for (const one of spread(good, [...reasons.keys()], tradeOff)) keep(one, timeReason(one.route));

  const picks = { FASTEST: fastest, CHEAPEST: cheapest, BALANCED: balanced };
  const order = {
    FASTEST: by(duration, cost),
    CHEAPEST: by(cost, duration),
    BALANCED: by(tradeOff, duration),
  };
  const sorted = [...reasons.keys()].toSorted(
    (a, b) => Number(b === picks[preference]) - Number(a === picks[preference]) || order[preference](a, b),
  );
  return {
    routes: sorted.map((one) =>
      Object.assign(one.route, {
        labels: pickNames.filter((name) => picks[name] === one),
        reasons: reasons.get(one) ?? [],
      }),
    ),
    picks: {
      FASTEST: fastest?.route.id ?? null,
      CHEAPEST: cheapest?.route.id ?? null,
      BALANCED: balanced?.route.id ?? null,
    },
  };
}

const timeReason = ({ departure }: Route): string =>
  `Another time: leaves ${departure.slice(11, 16)} on ${departure.slice(0, 10)}.`;

const rupees = (candidate: Candidate): string => formatRupees(Math.round(cost(candidate) / 1000) * 1000);

function balancedReason(one: Candidate, fastest?: Candidate, cheapest?: Candidate): string {
  if (one === fastest && one === cheapest) return 'Both the shortest and the cheapest.';
  if (one === fastest) return 'Best trade of time and price: the cheaper ones take much longer.';
  if (one === cheapest) return 'Best trade of time and price: the faster ones cost much more.';
  const parts: string[] = [];
  if (fastest?.route.price)
    parts.push(
      `${formatRupees(Math.round((cost(fastest) - cost(one)) / 1000) * 1000)} less than the fastest`,
    );
  if (cheapest) parts.push(`${formatDuration(duration(cheapest) - duration(one))} less than the cheapest`);
  return `Best trade of time and price: ${parts.join(', ')}.`;
}

const modeWords: Readonly<Partial<Record<LegMode, string>>> = { taxi: 'road', auto: 'road', walk: 'foot' };

function keepBestOfModes(
  candidates: readonly Candidate[],
  poor: ReadonlySet<Candidate>,
  keep: (candidate: Candidate | undefined, reason: string) => void,
): void {
  const groups = [...Map.groupBy(candidates, ({ route }) => route.mainMode)].map(([mode, same]) => ({
    by: modeWords[mode] ?? mode,
    fastest: first(same, by(duration, cost)),
    cheapest: first(
      same.filter((one) => one.route.price !== null && !poor.has(one)),
      by(cost, duration),
    ),
  }));
  if (groups.length < 2) return;
  for (const group of groups)
    keep(
      group.fastest,
      `${group.fastest === group.cheapest ? 'Fastest and cheapest' : 'Fastest'} by ${group.by}.`,
    );
  for (const group of groups)
    if (group.cheapest !== group.fastest) keep(group.cheapest, `Cheapest by ${group.by}.`);
}

/** The rest, best first, those that leave about when a kept one of the same main mode leaves last of all. */
function spread(
  candidates: readonly Candidate[],
  kept: readonly Candidate[],
  tradeOff: TradeOff,
): Candidate[] {
  const chosen = [...kept];
  const rest = new Set(candidates.filter((one) => !chosen.includes(one)));
  const near = (one: Candidate): number =>
    chosen.filter(
      (other) =>
        other.route.mainMode === one.route.mainMode &&
        Math.abs(other.departure - one.departure) < SPREAD_MINUTES,
    ).length;
  const picked: Candidate[] = [];
  while (rest.size > 0 && kept.length + picked.length < MAX_ROUTES) {
    const next = first([...rest], by(near, tradeOff));
    if (!next) break;
    rest.delete(next);
    chosen.push(next);
    picked.push(next);
  }
  return picked;
}
