import { type Exclusion, exclusion, sameTime } from './exclude.ts';
import { by, cost, duration, first, type Option } from './option.ts';
import type { ChoiceRules } from './rules.ts';
import type { TradeOff } from './tradeOff.ts';

/** Trade-offs that differ by less are alike: then the times of the day decide. */
const ALIKE_TRADE_OFF = 0.1;

/**
 * Further departures: first those that leave when no chosen one of their main mode does, by day, best first and far
 * from the others in time, and of each main mode no more than `furtherOfMode` before the others have had their turn.
 * A train already shown is no other departure when only the way to its station differs, unless that saves a good share
 * of the price: an auto and a metro in place of a taxi.
 */
export function spread<Some extends Option>(
  options: readonly Some[],
  kept: readonly Some[],
  tradeOff: TradeOff,
  rules: ChoiceRules,
): { picked: Some[]; excluded: Exclusion<Some>[] } {
  const excluded: Exclusion<Some>[] = [];
  const rest = new Set(options.filter((one) => !kept.includes(one)));
  const isCheaper = (one: Some, shown: Some): boolean =>
    cost(shown) - cost(one) >= rules.worthShare * cost(shown);
  const dropSameRuns = (shown: Some): void => {
    for (const one of rest)
      if (one.runs === shown.runs && !isCheaper(one, shown) && rest.delete(one))
        excluded.push(exclusion(one, 'SAME_RUNS', shown));
  };
  kept.forEach(dropSameRuns);
  const picked: Some[] = [];
  const ofMode = (one: Option, among: readonly Some[]): Some[] =>
    among.filter(({ mainMode }) => mainMode === one.mainMode);
  const hasHadItsTurn = (one: Option): number => Number(ofMode(one, picked).length >= rules.furtherOfMode);
  const gaps = (one: Option): number[] =>
    ofMode(one, [...kept, ...picked]).map((other) => Math.abs(other.departure - one.departure));
  const near = (one: Option): number => gaps(one).filter((gap) => gap < sameTime(one, rules)).length;
  const worth = (one: Option): number => Math.round(tradeOff(one) / ALIKE_TRADE_OFF);
  const closeness = (one: Option): number => -Math.min(...gaps(one));
  const night = (one: Option): number => Number(one.leavesAtNight);
  const severalModes = new Set(options.map(({ mainMode }) => mainMode)).size > 1;
  while (rest.size > 0 && kept.length + picked.length < rules.most) {
    const next = first([...rest], by(hasHadItsTurn, near, night, worth, closeness, tradeOff));
    if (!next) break;
    rest.delete(next);
    const again = [...kept, ...picked].find((other) => sameAgain(other, next, rules));
    if (severalModes && hasHadItsTurn(next) && again) {
      excluded.push(exclusion(next, 'SAME_AGAIN', again));
      continue;
    }
    picked.push(next);
    dropSameRuns(next);
  }
  for (const one of rest) excluded.push(exclusion(one, 'NO_ROOM', null));
  return { picked, excluded };
}

const sameAgain = (a: Option, b: Option, { sameAgainShare }: ChoiceRules): boolean =>
  a.mainMode === b.mainMode &&
  a.changes === b.changes &&
  Math.abs(duration(a) - duration(b)) <= sameAgainShare * duration(b) &&
  (cost(a) === cost(b) || Math.abs(cost(a) - cost(b)) <= sameAgainShare * cost(b));
