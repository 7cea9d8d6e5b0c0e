import { choose, type Reason } from '../../engine/choice/choose.ts';
import { pickNames, type PickName, type ReasonCode } from '../../engine/choice/codes.ts';
import { worthwhile as worthwhileOptions } from '../../engine/choice/exclude.ts';
import { by, cost, duration, type Option, quickMinutes } from '../../engine/choice/option.ts';
import type { ChoiceRules } from '../../engine/choice/rules.ts';
import { formatRupees } from '../../units/money.ts';
import { formatDuration, formatShortDate, parseClock } from '../../units/time.ts';
import type { LegMode, Preference, Route, RouteExclusion, SearchResponse } from './contract.ts';

/** Routes offered at most. */
export const MAX_ROUTES = 12;
/** A further change must save so much time, or so much money per person, against a route with fewer. */
export const CHANGE_GAIN_MINUTES = 25;
export const CHANGE_GAIN_MINOR = 15_000;
/** Further departures of one main mode shown before the other main modes have had their turn. */
export const FURTHER_OF_MODE = 3;
/** With so many more changes than another route of its main mode, a route must be faster or cheaper than it. */
export const CHAIN_CHANGES = 2;
/** Nine trains in ten are less than 90 minutes late: more than two hours to spare make nothing safer. */
const SPARE_ENOUGH = 120;
/** Half of all trains are less than 20 minutes late, nine in ten less than 83: an hour more makes a change safe. */
const SPARE_GAIN = 60;
/** Per person: what an hour is worth where everything else is alike; about what unskilled work pays. */
const MINOR_PER_HOUR = 10_000;
const WORTH_SHARE = 0.1;
/** One is at an airport two hours before. */
const LONGEST_IDLE = 180;
const FAR_FACTOR = 1.6;
const DEAR_FACTOR = 3;

const rulesFor = (passengers: number): ChoiceRules => ({
  most: MAX_ROUTES,
  minutesPerChange: CHANGE_GAIN_MINUTES,
  minorPerChange: CHANGE_GAIN_MINOR * passengers,
  sillyFactor: 2.2,
  chainChanges: CHAIN_CHANGES,
  sameMinutes: 45,
  sameShare: 0.1,
  furtherOfMode: FURTHER_OF_MODE,
  sameAgainShare: 0.1,
  spareEnough: SPARE_ENOUGH,
  spareGain: SPARE_GAIN,
  minorPerHour: MINOR_PER_HOUR * passengers,
  worthShare: WORTH_SHARE,
  longestIdle: LONGEST_IDLE,
  farFactor: FAR_FACTOR,
  dearFactor: DEAR_FACTOR,
});

export interface Candidate {
  readonly route: Route;
  /** Epoch minutes. */
  readonly departure: number;
  readonly arrival: number;
  /** Weight of what is hard on the traveller in it: `Comfort.penaltyMinutes`. */
  readonly hardMinutes: number;
  /** It comes back to a city that it has left. */
  readonly loops: boolean;
  /** Minutes of waiting for the first long ride where a local one has led. */
  readonly idleMinutes: number;
}

/** The time that the traveller named: of leaving, or of being there. */
export interface AskedTime {
  readonly at: number;
  readonly arriveBy: boolean;
}

export interface RouteChoice {
  readonly routes: Route[];
  readonly picks: SearchResponse['picks'];
  readonly excluded: RouteExclusion[];
}

interface RouteOption extends Option {
  readonly candidate: Candidate;
}

/** Few like to leave their home between 23:00 and 05:00. */
const isNight = (clock: number): boolean => clock >= 23 * 60 || clock < 5 * 60;

const feeders: ReadonlySet<LegMode> = new Set(['metro', 'tram', 'walk', 'auto', 'taxi']);

/** What a route is compared as: with a flight in it, it costs and checks in like one. */
const kindOf = ({ modes, mainMode }: Route): LegMode => (modes.includes('flight') ? 'flight' : mainMode);

/** Lines and stops of a route on which everything comes every few minutes; null: something has a timetable. */
function repeatsOf({ legs }: Route): string | null {
  const rides = legs.filter(({ run }) => run !== null);
  if (rides.length === 0 || rides.some(({ everyMinutes }) => everyMinutes === null)) return null;
  return legs
    .map(({ mode, run, line, from, to }) => (run ? [line?.id, from.stopId, to.stopId].join(' ') : mode))
    .join();
}

function optionOf(candidate: Candidate, asked: AskedTime | null): RouteOption {
  const { route, departure, arrival, hardMinutes, idleMinutes } = candidate;
  const runs = route.legs.flatMap(({ mode, run }) =>
    run && !feeders.has(mode) ? [`${run.id} ${run.serviceDate}`] : [],
  );
  return {
    candidate,
    key: route.id,
    departure,
    arrival,
    changes: route.changes,
    price: (route.effectivePrice ?? route.price)?.likelyMinor ?? null,
    mainMode: kindOf(route),
    modes: route.modes.join(),
    runs: runs.length > 0 ? runs.join() : route.id,
    spare: route.spareMinutes,
    hardMinutes,
    loops: candidate.loops,
    idleMinutes,
    anyTime: route.legs.length > 0 && route.legs.every(({ run }) => run === null),
    repeats: repeatsOf(route),
    away: asked === null ? 0 : asked.arriveBy ? asked.at - arrival : departure - asked.at,
    leavesAtNight: isNight(parseClock(route.departure.slice(11, 16)) ?? 0),
  };
}

/** Routes worth comparing: none of one main mode is dominated, silly, a long chain or changes for nothing. */
export const worthwhile = (candidates: readonly Candidate[], passengers: number): Candidate[] =>
  worthwhileOptions(
    candidates.map((candidate) => optionOf(candidate, null)),
    rulesFor(passengers),
  ).kept.map(({ candidate }) => candidate);

/**
 * Offers at most `MAX_ROUTES` of the candidates by the rules of `choose`, the pick of the preference first and then
 * in its order (of what is equal the nearest to the time asked for), each with the reasons why it is there; and says of each other one why not.
 */
export function chooseRoutes(
  all: readonly Candidate[],
  preference: Preference,
  passengers: number,
  asked: AskedTime | null = null,
): RouteChoice {
  const options = all.map((candidate) => optionOf(candidate, asked));
  const choice = choose(options, rulesFor(passengers));
  const { picks } = choice;
  const order = {
    FASTEST: by(quickMinutes, cost),
    CHEAPEST: by(cost, duration),
    BALANCED: by(choice.tradeOff, duration),
  };
  const sorted = choice.offers.toSorted(
    ({ option: a }, { option: b }) =>
      Number(b === picks[preference]) - Number(a === picks[preference]) || order[preference](a, b),
  );
  const routes = sorted.map(({ option, reasons }) =>
    Object.assign(option.candidate.route, {
      labels: pickNames.filter((name) => picks[name] === option),
      reasons: sentences(option, reasons, { picks, timed: asked !== null }),
      why: reasons.map(rounded),
    }),
  );
  return {
    routes,
    picks: {
      FASTEST: picks.FASTEST?.key ?? null,
      CHEAPEST: picks.CHEAPEST?.key ?? null,
      BALANCED: picks.BALANCED?.key ?? null,
      SAFEST: picks.SAFEST?.key ?? null,
    },
    excluded: choice.excluded.map(({ option, code, because, minutes, minor, changes }) => ({
      id: option.key,
      mainMode: option.candidate.route.mainMode,
      departure: option.candidate.route.departure,
      arrival: option.candidate.route.arrival,
      priceMinor: option.price && Math.round(option.price),
      code,
      because: because?.key ?? null,
      minutes,
      minor: minor && Math.round(minor),
      changes,
    })),
  };
}

const rounded = (reason: Reason): Reason => ({ ...reason, minor: reason.minor && Math.round(reason.minor) });

type Picks = Readonly<Record<PickName, Option | null>>;

const modeWords: Readonly<Partial<Record<LegMode, string>>> = { taxi: 'road', auto: 'road', walk: 'foot' };

const rupees = (minor: number): string => formatRupees(Math.round(minor / 1000) * 1000);

/** One for each reason, in the same order. */
function sentences(
  option: RouteOption,
  reasons: readonly Reason[],
  { picks, timed }: { picks: Picks; timed: boolean },
): string[] {
  const { route } = option.candidate;
  const kind = kindOf(route);
  const mode = modeWords[kind] ?? kind;
  const say: Record<ReasonCode, (reason: Reason) => string> = {
    FASTEST: () =>
      `${timed ? 'Quickest from the time asked for' : 'Shortest of all'}: ${formatDuration(duration(option))} door to door.`,
    CHEAPEST: ({ minor }) =>
      route.saving && route.saving.likelyMinor > 0
        ? `Lowest indicative price after savings: about ${rupees(minor ?? 0)}.`
        : `Lowest indicative price: about ${rupees(minor ?? 0)}.`,
    BALANCED: (reason) => balancedSentence(option, reason, picks),
    SAFEST: ({ minutes }) =>
      minutes === null
        ? 'Safest: there is no connection to miss.'
        : `Safest: at least ${formatDuration(Math.max(0, minutes))} to spare at every change.`,
    FASTEST_OF_MODE: () => `Fastest by ${mode}.`,
    CHEAPEST_OF_MODE: () => `Cheapest by ${mode}.`,
    FEWEST_CHANGES: ({ changes }) =>
      changes === 0 ? 'No change on the way.' : `Fewest changes: ${changes}.`,
    OTHER_DEPARTURE: () =>
      `Leaves at another time: ${formatShortDate(route.departure.slice(0, 10))} ${route.departure.slice(11, 16)}.`,
  };
  return reasons.map((reason) => say[reason.code](reason));
}

function balancedSentence(
  option: RouteOption,
  { minutes, minor }: Reason,
  { FASTEST, CHEAPEST }: Picks,
): string {
  if (option === FASTEST && option === CHEAPEST) return 'Both the shortest and the cheapest.';
  const trade = 'Best trade of time, comfort and price';
  if (option === FASTEST) return `${trade}: the cheaper ones take much longer or are harder.`;
  if (option === CHEAPEST) return `${trade}: the faster ones cost much more or are harder.`;
  const parts: string[] = [];
  if (minor !== null) parts.push(compared(rupees(Math.abs(minor)), minor, 'the fastest'));
  if (minutes !== null) parts.push(compared(formatDuration(Math.abs(minutes)), minutes, 'the cheapest'));
  return `${trade}: ${parts.join(', ')}.`;
}

/** For the sake of comfort it may be both dearer than the fastest and slower than the cheapest. */
const compared = (amount: string, less: number, than: string): string =>
  `${amount} ${less < 0 ? 'more' : 'less'} than ${than}`;
