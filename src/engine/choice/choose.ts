import type { PickName, ReasonCode } from './codes.ts';
import {
  beatenByOtherMode,
  betterOfOtherMode,
  type Exclusion,
  exclusion,
  isSlow,
  worthwhile,
} from './exclude.ts';
import {
  by,
  changes,
  cost,
  duration,
  feltMinutes,
  first,
  isSoon,
  type Option,
  quickMinutes,
} from './option.ts';
import type { ChoiceRules } from './rules.ts';
import { spread } from './spread.ts';
import { type TradeOff, tradeOffOf } from './tradeOff.ts';

export interface Reason {
  readonly code: ReasonCode;
  readonly minutes: number | null;
  readonly minor: number | null;
  readonly changes: number | null;
  readonly hardMinutes: number | null;
}

export interface Offer<Some extends Option> {
  readonly option: Some;
  /** At least one. */
  readonly reasons: readonly Reason[];
}

export interface Choice<Some extends Option> {
  /** In the order in which they were chosen. */
  readonly offers: readonly Offer<Some>[];
  readonly picks: Readonly<Record<PickName, Some | null>>;
  /** Everything else that was given. */
  readonly excluded: readonly Exclusion<Some>[];
  readonly tradeOff: TradeOff;
}

/**
 * From all candidates to a short list: the picks, the best of each main mode, the fewest changes, and further
 * departures over the day; every one given is offered or left out for a stated reason.
 *
 * FASTEST has the least duration (waiting for it longer than an hour after the time asked for counts), CHEAPEST the lowest price, BALANCED is the knee: nearest to the ideal of the
 * shortest felt time and the lowest price on the scaled front. SAFEST has no change or else the most minutes to spare
 * at its tightest change (more than `spareEnough` count as that many), among those that another main mode does not
 * beat in everything; ties go to the better trade-off of time and price. Neither of the two waits at home for longer
 * than the fastest takes, and an hour. Who leaves earlier to be safe is dominated by
 * who runs for the train: such an option is the safest when it has `spareGain` more to spare.
 */
export function choose<Some extends Option>(options: readonly Some[], rules: ChoiceRules): Choice<Some> {
  const { kept, excluded } = worthwhile(options, rules);
  const tradeOff = tradeOffOf(kept);
  const beaten = beatenByOtherMode(kept);
  const usual = picksOf(kept, beaten, tradeOff, rules);
  const picks = { ...usual, SAFEST: saferOf(usual.SAFEST, { kept, excluded, tradeOff, rules }) };
  const list = new OfferList<Some>(rules.most);
  for (const [option, reason] of pickReasons(picks)) list.add(option, reason);
  for (const [option, reason] of bestOfModes(kept, beaten)) list.add(option, reason);
  const direct = first(kept, by(changes, feltMinutes, cost));
  if (direct) list.add(direct, reasonOf('FEWEST_CHANGES', { changes: direct.changes }));
  const good = kept.filter((option) => !beaten.has(option));
  const further = spread(good, list.options, tradeOff, rules);
  const out = excluded.filter(({ option }) => !list.has(option));
  for (const option of further.picked)
    list.add(option, reasonOf('OTHER_DEPARTURE', { minutes: nearest(option, list.options) }));
  const left = kept
    .filter((option) => !good.includes(option) && !list.has(option))
    .map((option) => exclusion(option, 'OTHER_MODE_BETTER', beaten.get(option) ?? null));
  return { offers: list.offers, picks, excluded: [...out, ...left, ...further.excluded], tradeOff };
}

class OfferList<Some extends Option> {
  readonly #most: number;
  readonly #reasons = new Map<Some, Reason[]>();

  constructor(most: number) {
    this.#most = most;
  }

  /** One more reason for an option that is there is always taken, one more option while there is room. */
  add(option: Some, reason: Reason): void {
    const own = this.#reasons.get(option);
    if (own) own.push(reason);
    else if (this.#reasons.size < this.#most) this.#reasons.set(option, [reason]);
  }

  has(option: Some): boolean {
    return this.#reasons.has(option);
  }

  get options(): Some[] {
    return [...this.#reasons.keys()];
  }

  get offers(): Offer<Some>[] {
    return [...this.#reasons].map(([option, reasons]) => ({ option, reasons }));
  }
}

const reasonOf = (code: ReasonCode, numbers: Partial<Omit<Reason, 'code'>>): Reason => ({
  code,
  minutes: null,
  minor: null,
  changes: null,
  hardMinutes: null,
  ...numbers,
});

function picksOf<Some extends Option>(
  kept: readonly Some[],
  beaten: ReadonlyMap<Some, Some>,
  tradeOff: TradeOff,
  { spareEnough }: ChoiceRules,
): Choice<Some>['picks'] {
  const priced = kept.filter(({ price }) => price !== null);
  const risk = (option: Option): number => -spareOf(option, spareEnough);
  const fastest = first(kept, by(quickMinutes, cost, changes)) ?? null;
  const soon = (option: Option): boolean => fastest === null || isSoon(option, fastest);
  const ofSoon = (some: readonly Some[]): readonly Some[] => (some.some(soon) ? some.filter(soon) : some);
  return {
    FASTEST: fastest,
    CHEAPEST: first(priced, by(cost, duration, changes)) ?? null,
    BALANCED: first(ofSoon(priced), by(tradeOff, changes)) ?? null,
    SAFEST: first(ofSoon(kept.filter((option) => !beaten.has(option))), by(risk, tradeOff, changes)) ?? null,
  };
}

/** Minutes to spare at the tightest change, as far as they make anything safer. */
const spareOf = ({ spare }: Option, enough: number): number =>
  spare === null ? Infinity : Math.min(spare, enough);

/** The safest pick, or a dominated option that is much safer and not silly. */
function saferOf<Some extends Option>(
  safest: Some | null,
  {
    kept,
    excluded,
    tradeOff,
    rules,
  }: {
    kept: readonly Some[];
    excluded: readonly Exclusion<Some>[];
    tradeOff: TradeOff;
    rules: ChoiceRules;
  },
): Some | null {
  if (safest === null || safest.spare === null) return safest;
  const { spareEnough, spareGain } = rules;
  const enough = spareOf(safest, spareEnough) + spareGain;
  const safer = excluded.flatMap(({ option, code, because }) =>
    code === 'DOMINATED' &&
    spareOf(option, spareEnough) >= enough &&
    !isSlow(option, because!, rules) &&
    !betterOfOtherMode(kept, option)
      ? [option]
      : [],
  );
  return (
    first(
      safer,
      by((option) => -spareOf(option, spareEnough), tradeOff, changes),
    ) ?? safest
  );
}

function* pickReasons<Some extends Option>({
  FASTEST,
  CHEAPEST,
  BALANCED,
  SAFEST,
}: Choice<Some>['picks']): Generator<[Some, Reason]> {
  if (FASTEST) yield [FASTEST, reasonOf('FASTEST', { minutes: duration(FASTEST) })];
  if (CHEAPEST) yield [CHEAPEST, reasonOf('CHEAPEST', { minor: CHEAPEST.price })];
  if (BALANCED)
    yield [
      BALANCED,
      reasonOf('BALANCED', {
        minutes: CHEAPEST && duration(CHEAPEST) - duration(BALANCED),
        minor: FASTEST && FASTEST.price !== null ? FASTEST.price - cost(BALANCED) : null,
        hardMinutes: BALANCED.hardMinutes,
      }),
    ];
  if (SAFEST) yield [SAFEST, reasonOf('SAFEST', { minutes: SAFEST.spare, changes: SAFEST.changes })];
}

/** The fastest of each main mode, then the cheapest of each that no other mode beats; none where there is but one. */
function* bestOfModes<Some extends Option>(
  kept: readonly Some[],
  beaten: ReadonlyMap<Some, Some>,
): Generator<[Some, Reason]> {
  const groups = [...Map.groupBy(kept, ({ mainMode }) => mainMode).values()];
  if (groups.length < 2) return;
  for (const same of groups) {
    const fastest = first(same, by(quickMinutes, cost))!;
    yield [fastest, reasonOf('FASTEST_OF_MODE', { minutes: duration(fastest) })];
  }
  for (const same of groups) {
    const cheapest = first(
      same.filter((one) => one.price !== null && !beaten.has(one)),
      by(cost, duration),
    );
    if (cheapest) yield [cheapest, reasonOf('CHEAPEST_OF_MODE', { minor: cheapest.price })];
  }
}

function nearest(option: Option, offered: readonly Option[]): number | null {
  const gaps = offered
    .filter((other) => other !== option && other.mainMode === option.mainMode)
    .map((other) => Math.abs(other.departure - option.departure));
  return gaps.length > 0 ? Math.min(...gaps) : null;
}
