import type { ExclusionCode } from './codes.ts';
import { alike, changes, cost, dominates, duration, type Option } from './option.ts';
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
  const kept = [...Map.groupBy(distinct.values(), ({ mainMode }) => mainMode).values()].flatMap((same) =>
    same.filter((one, index) => {
      const fault = faultOf(same, one, index, rules);
      if (fault) excluded.push(fault);
      return !fault;
    }),
  );
  return { kept, excluded };
}

function faultOf<Some extends Option>(
  same: readonly Some[],
  one: Some,
  index: number,
  rules: ChoiceRules,
): Exclusion<Some> | undefined {
  const fastest = same.reduce((best, other) => (duration(other) < duration(best) ? other : best));
  const slow = duration(one) > rules.sillyFactor * duration(fastest) + SILLY_MINUTES;
  const tests: [ExclusionCode, (other: Some, position: number) => boolean][] = [
    ['DUPLICATE', (other, position) => position < index && alike(other, one)],
    ['DOMINATED', (other) => dominates(other, one)],
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

/**
 * For each option that another main mode beats in time, price and changes, that other one: 55 hours of buses beside
 * a direct train. Of them only the fastest of its main mode is shown, so that the choice of modes stays whole.
 */
export function beatenByOtherMode<Some extends Option>(options: readonly Some[]): Map<Some, Some> {
  const beaten = new Map<Some, Some>();
  for (const one of options) {
    const better = options.find(
      (other) =>
        other.mainMode !== one.mainMode &&
        duration(other) < duration(one) &&
        cost(other) < cost(one) &&
        changes(other) < changes(one),
    );
    if (better) beaten.set(one, better);
  }
  return beaten;
}
