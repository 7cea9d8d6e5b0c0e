import { formatRupees } from '../../units/money.ts';
import { formatDuration, formatShortDate, parseClock } from '../../units/time.ts';
import { type LegMode, pickNames, type Preference, type Route } from './contract.ts';
import { isNight, middle } from './indicativePrice.ts';

/** Routes offered at most. */
export const MAX_ROUTES = 12;
/** A further change must save so much time, or so much money per person, against a route with fewer. */
export const CHANGE_GAIN_MINUTES = 25;
export const CHANGE_GAIN_MINOR = 15_000;
/** A route is silly when it takes so many times as long as the fastest of its main mode and costs no less. */
const SILLY_FACTOR = 2.2;
/** Two departures are at about the same time within so many minutes, or this share of a long journey. */
const SPREAD_MINUTES = 45;
const SPREAD_SHARE = 0.1;
/**
 * Further departures of one main mode shown before the other main modes have had their turn. Where there are
 * several main modes, more than these are shown only if they are not the same again at another hour.
 */
export const FURTHER_OF_MODE = 3;
/** With so many more changes than another route of its main mode, a route must be faster or cheaper than it. */
export const CHAIN_CHANGES = 2;

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

const sameTime = (one: Candidate): number => Math.max(SPREAD_MINUTES, SPREAD_SHARE * duration(one));

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
  if (more <= 0 || a.departure < b.departure - sameTime(b)) return false;
  const saved = duration(a) - duration(b);
  return (
    a.arrival - b.arrival < more * CHANGE_GAIN_MINUTES &&
    saved < more * CHANGE_GAIN_MINUTES &&
    cost(a) - cost(b) < more * CHANGE_GAIN_MINOR * passengers
  );
}

/** `b` is a long chain beside `a`: many more changes, slower and no cheaper, whenever it leaves. */
const longChain = (a: Candidate, b: Candidate): boolean =>
  b.route.changes >= a.route.changes + CHAIN_CHANGES && duration(b) >= duration(a) && cost(b) >= cost(a);

/** Routes worth comparing: none of one main mode is dominated, silly, a long chain or changes for nothing. */
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
              longChain(other, one) ||
              (position < index && alike(other, one))),
        ),
    );
  });
}

/**
 * Routes that another main mode beats in time, price and changes: 55 hours of buses beside a direct train, two
 * flights from Mumbai to Pune. Of them only the fastest of its main mode is shown, so that the choice of modes
 * stays whole.
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
  return new Set(candidates.filter(beaten));
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
  `Leaves at another time: ${formatShortDate(departure.slice(0, 10))} ${departure.slice(11, 16)}.`;

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

const leavesAtNight = ({ route }: Candidate): number =>
  Number(isNight(parseClock(route.departure.slice(11, 16)) ?? 0));

/** Two routes of a main mode are the same again when duration and price differ by no more than this share. */
const SAME_AGAIN = 0.1;

const sameAgain = (a: Candidate, b: Candidate): boolean =>
  a.route.mainMode === b.route.mainMode &&
  a.route.changes === b.route.changes &&
  Math.abs(duration(a) - duration(b)) <= SAME_AGAIN * duration(b) &&
  (cost(a) === cost(b) || Math.abs(cost(a) - cost(b)) <= SAME_AGAIN * cost(b));

const feeders: ReadonlySet<LegMode> = new Set(['metro', 'tram', 'walk', 'auto', 'taxi']);

/** The same text for the same trains, buses and flights, by whatever way to and from them. */
function longRuns({ route }: Candidate): string {
  const runs = route.legs.flatMap(({ mode, run }) =>
    run && !feeders.has(mode) ? [`${run.id} ${run.serviceDate}`] : [],
  );
  return runs.length > 0 ? runs.join() : route.id;
}

/** Trade-offs that differ by less are alike: then the times of the day decide. */
const ALIKE_TRADE_OFF = 0.1;

/**
 * The rest: first those that leave when no chosen one of their main mode does, by day, best first and far from the
 * others in time, and of each main mode no more than `FURTHER_OF_MODE` before the others have had their turn.
 * A train already shown is no other departure when only the way to its station differs.
 */
function spread(
  candidates: readonly Candidate[],
  kept: readonly Candidate[],
  tradeOff: TradeOff,
): Candidate[] {
  const shown = new Set(kept.map(longRuns));
  const rest = new Set(candidates.filter((one) => !kept.includes(one) && !shown.has(longRuns(one))));
  const picked: Candidate[] = [];
  const sameMode = (one: Candidate, among: readonly Candidate[]): Candidate[] =>
    among.filter(({ route }) => route.mainMode === one.route.mainMode);
  const hasHadItsTurn = (one: Candidate): number => Number(sameMode(one, picked).length >= FURTHER_OF_MODE);
  const gaps = (one: Candidate): number[] =>
    sameMode(one, [...kept, ...picked]).map((other) => Math.abs(other.departure - one.departure));
  const near = (one: Candidate): number => gaps(one).filter((gap) => gap < sameTime(one)).length;
  const worth = (one: Candidate): number => Math.round(tradeOff(one) / ALIKE_TRADE_OFF);
  const closeness = (one: Candidate): number => -Math.min(...gaps(one));
  const severalModes = new Set(candidates.map(({ route }) => route.mainMode)).size > 1;
  while (rest.size > 0 && kept.length + picked.length < MAX_ROUTES) {
    const next = first([...rest], by(hasHadItsTurn, near, leavesAtNight, worth, closeness, tradeOff));
    if (!next) break;
    rest.delete(next);
    const known = [...kept, ...picked];
    if (severalModes && hasHadItsTurn(next) && known.some((other) => sameAgain(other, next))) continue;
    picked.push(next);
    const runs = longRuns(next);
    for (const one of rest) if (longRuns(one) === runs) rest.delete(one);
  }
  return picked;
}
