import type { ExclusionCode } from './codes.ts';
import { alike, by, changes, cost, dominates, duration, feltMinutes, type Option } from './option.ts';
import { type ChoiceRules, SILLY_MINUTES } from './rules.ts';

/** The numbers say by how much the option left out is above (below: negative) the one that it is left out for. */
export interface Exclusion<Some extends Option = Option> {
  readonly option: Some;
  readonly code: ExclusionCode;
  /** Null: for no single other one. */
  readonly because: Some | null;
  readonly minutes: number | null;
  readonly minor: number | null;
  readonly changes: number | null;
}

export function exclusion<Some extends Option>(
  option: Some,
  code: ExclusionCode,
  because: Some | null,
): Exclusion<Some> {
  const priced = because !== null && because.price !== null && option.price !== null;
  return {
    option,
    code,
    because,
    minutes: because && duration(option) - duration(because),
    minor: priced ? option.price - because.price : null,
    changes: because && option.changes - because.changes,
  };
}

/** How far apart two departures are that are at about the same time. */
export const sameTime = (option: Option, { sameMinutes, sameShare }: ChoiceRules): number =>
  Math.max(sameMinutes, sameShare * duration(option));

/** `b` changes more often than `a`, over about the same time, without the stated gain. */
function needlessChanges(a: Option, b: Option, rules: ChoiceRules): boolean {
  const more = b.changes - a.changes;
  if (more <= 0 || a.departure < b.departure - sameTime(b, rules)) return false;
  const saved = duration(a) - duration(b);
  return (
    a.arrival - b.arrival < more * rules.minutesPerChange &&
    saved < more * rules.minutesPerChange &&
    cost(a) - cost(b) < more * rules.minorPerChange
  );
}

/** `b` rides what `a` rides and gets there by a way that saves less than its time is worth. */
function sameRunsEasier(a: Option, b: Option, { minorPerHour }: ChoiceRules): boolean {
  const longer = feltMinutes(b) - feltMinutes(a);
  const same = `,${b.runs},`.includes(`,${a.runs},`) && a.changes <= b.changes;
  return same && longer > 0 && cost(a) - cost(b) < (minorPerHour * longer) / 60;
}

/**
 * `b` is longer than `a` by more than it leaves later or arrives sooner, no simpler, and saves neither what the time
 * lost is worth nor a good share of the price.
 */
function notWorthIt(a: Option, b: Option, { minorPerHour, worthShare }: ChoiceRules): boolean {
  const longer = Math.min(duration(b) - duration(a), feltMinutes(b) - feltMinutes(a));
  // Where both come every few minutes, another departure is no gain.
  const often = a.repeats !== null && b.repeats !== null;
  const gained = often ? 0 : Math.max(0, b.departure - a.departure, a.arrival - b.arrival);
  const lost = longer - gained;
  if (longer <= 0 || lost <= 0 || a.changes > b.changes) return false;
  const saved = cost(a) - cost(b);
  return !(saved > 0 && (saved >= (minorPerHour * lost) / 60 || saved >= worthShare * cost(a)));
}

/** `b` is a long chain beside `a`: many more changes, slower and no cheaper, whenever it leaves. */
const longChain = (a: Option, b: Option, { chainChanges }: ChoiceRules): boolean =>
  b.changes >= a.changes + chainChanges && duration(b) >= duration(a) && cost(b) >= cost(a);

/** What is worth comparing, and why the rest is not; options of one main mode are measured by each other. */
export function worthwhile<Some extends Option>(
  options: readonly Some[],
  rules: ChoiceRules,
): { kept: Some[]; excluded: Exclusion<Some>[] } {
  const excluded: Exclusion<Some>[] = [];
  const distinct = new Map<string, Some>();
  for (const option of options) {
    const known = distinct.get(option.key);
    if (known) excluded.push(exclusion(option, 'DUPLICATE', known));
    else distinct.set(option.key, option);
  }
  // In two steps: what is senseless is no reason to leave anything else out.
  const keep = (all: Iterable<Some>, test: FaultOf<Some>): Some[] =>
    [...Map.groupBy(all, ({ mainMode }) => mainMode).values()].flatMap((same) =>
      same.filter((one, index) => {
        const fault = test(same, one, index);
        if (fault) excluded.push(fault);
        return !fault;
      }),
    );
  const sensible = keep(distinct.values(), (same, one) => senseless(same, one, rules));
  const worth = keep(sensible, (same, one, index) => faultOf(same, one, index, rules));
  const kept = worth.filter((one) => {
    const better = hopelessBeside(worth, one, rules);
    if (better) excluded.push(exclusion(one, 'OTHER_MODE_BETTER', better));
    return !better;
  });
  return { kept, excluded };
}

type FaultOf<Some extends Option> = (
  same: readonly Some[],
  one: Some,
  index: number,
) => Exclusion<Some> | undefined;

/** What no traveller would do while there is another way of its main mode. */
function senseless<Some extends Option>(
  same: readonly Some[],
  one: Some,
  { longestIdle }: ChoiceRules,
): Exclusion<Some> | undefined {
  const tests: [ExclusionCode, (other: Some) => boolean][] = [
    ['LOOP', (other) => one.loops && !other.loops],
    ['EARLY_START', (other) => one.idleMinutes > longestIdle && other.idleMinutes <= longestIdle],
    ['SAME_AGAIN', (other) => one.repeats !== null && one.repeats === other.repeats && by()(other, one) < 0],
  ];
  for (const [code, test] of tests) {
    const because = same.find((other) => other !== one && test(other));
    if (because) return exclusion(one, code, because);
  }
  return undefined;
}

/** Another main mode that is better in everything and far ahead; a taxi from door to door is always a choice. */
const hopelessBeside = <Some extends Option>(
  options: readonly Some[],
  one: Some,
  rules: ChoiceRules,
): Some | undefined =>
  one.anyTime
    ? undefined
    : options.find(
        (other) => betterMode(other, one) && changes(other) <= changes(one) && farBehind(one, other, rules),
      );

function faultOf<Some extends Option>(
  same: readonly Some[],
  one: Some,
  index: number,
  rules: ChoiceRules,
): Exclusion<Some> | undefined {
  const fastest = same.reduce((best, other) => (duration(other) < duration(best) ? other : best));
  const slow = isSlow(one, fastest, rules);
  const tests: [ExclusionCode, (other: Some, position: number) => boolean][] = [
    ['DUPLICATE', (other, position) => position < index && alike(other, one)],
    ['DOMINATED', (other) => dominates(other, one)],
    ['SAME_RUNS', (other) => sameRunsEasier(other, one, rules)],
    ['NOT_WORTH_IT', (other) => notWorthIt(other, one, rules)],
    ['SILLY', (other) => other === fastest && slow && same.some((cheaper) => cost(cheaper) < cost(one))],
    ['SMALL_GAIN', (other) => needlessChanges(other, one, rules)],
    ['LONG_CHAIN', (other) => longChain(other, one, rules)],
  ];
  for (const [code, test] of tests) {
    const because = same.find((other, position) => other !== one && test(other, position));
    if (because) return exclusion(one, code, because);
  }
  return undefined;
}

/** Whether an option is far slower than another. */
export const isSlow = (one: Option, other: Option, { sillyFactor }: ChoiceRules): boolean =>
  duration(one) > sillyFactor * duration(other) + SILLY_MINUTES;

/**
 * For each option that another main mode beats in time, felt time, price and changes, that other one: 55 hours of
 * buses beside a direct train. Of them only the fastest of its main mode is shown, so that the choice of modes stays whole.
 */
export function beatenByOtherMode<Some extends Option>(options: readonly Some[]): Map<Some, Some> {
  const beaten = new Map<Some, Some>();
  for (const one of options) {
    const better = betterOfOtherMode(options, one);
    if (better) beaten.set(one, better);
  }
  return beaten;
}

/** Whether an option is so far behind the one that beats it that it is no choice: Mumbai to Pune by Ahmedabad. */
const farBehind = (one: Option, better: Option, rules: ChoiceRules): boolean =>
  duration(one) > rules.farFactor * duration(better) + SILLY_MINUTES ||
  cost(one) > rules.dearFactor * cost(better);

export const betterOfOtherMode = <Some extends Option>(
  options: readonly Some[],
  one: Option,
): Some | undefined => options.find((other) => betterMode(other, one) && changes(other) < changes(one));

const betterMode = (other: Option, one: Option): boolean =>
  other.mainMode !== one.mainMode &&
  duration(other) < duration(one) &&
  feltMinutes(other) < feltMinutes(one) &&
  cost(other) < cost(one);
