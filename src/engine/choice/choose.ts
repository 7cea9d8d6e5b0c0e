/** One journey as the choice sees it. Minutes, minor units of the whole party. */
export interface Option {
  readonly departure: number;
  readonly arrival: number;
  readonly rides: number;
  /** Null: not known. */
  readonly price: number | null;
  /** The mode of most of the way. */
  readonly mainMode: number;
  /** What is the same journey has the same key: runs, days and stops. */
  readonly key: string;
}

export interface ChoiceRules {
  /** A change more must bring so many minutes … */
  readonly minutesPerChange: number;
  /** … or save so much. */
  readonly minorPerChange: number;
}

export type PickReason = 'FASTEST' | 'CHEAPEST' | 'BALANCED' | 'BEST_OF_MODE';

export interface Pick {
  readonly option: number;
  readonly reason: PickReason;
}

export interface Exclusion {
  readonly option: number;
  /** The same journey again; beaten in everything; more changes for too small a gain. */
  readonly reason: 'DUPLICATE' | 'DOMINATED' | 'SMALL_GAIN';
  /** The option that is shown instead. */
  readonly because: number;
}

export interface Choice {
  /** Numbers of the options that stay, in the order given. */
  readonly kept: readonly number[];
  readonly picks: readonly Pick[];
  readonly excluded: readonly Exclusion[];
}

const duration = ({ departure, arrival }: Option): number => arrival - departure;
const cost = ({ price }: Option): number => price ?? Infinity;

/**
 * From a front to what is worth a traveller's look. FASTEST has the least duration, CHEAPEST the least price,
 * BALANCED is the knee: of those that stay, with duration and price scaled to 0 … 1, the one nearest to the corner
 * where both are least. Ties go to the other criterion, then to fewer rides, then to the first given.
 */
export function choose(options: readonly Option[], rules: ChoiceRules): Choice {
  const excluded: Exclusion[] = [];
  const kept = options.flatMap((option, index) => {
    const exclusion = exclusionOf(options, option, index, rules);
    if (exclusion === undefined) return [index];
    excluded.push(exclusion);
    return [];
  });
  return { kept, picks: picksOf(options, kept), excluded };
}

function exclusionOf(
  options: readonly Option[],
  option: Option,
  index: number,
  { minutesPerChange, minorPerChange }: ChoiceRules,
): Exclusion | undefined {
  const same = options.findIndex(({ key }) => key === option.key);
  if (same < index) return { option: index, reason: 'DUPLICATE', because: same };
  const better = options.findIndex((other, at) => at !== index && dominates(other, option, at < index));
  if (better >= 0) return { option: index, reason: 'DOMINATED', because: better };
  const simpler = options.findIndex((other) => {
    const changes = option.rides - other.rides;
    if (changes <= 0 || other.departure < option.departure - changes * minutesPerChange) return false;
    const saved = cost(other) === cost(option) ? 0 : cost(other) - cost(option);
    const sooner = Math.max(other.arrival - option.arrival, duration(other) - duration(option));
    return sooner < changes * minutesPerChange && saved < changes * minorPerChange;
  });
  return simpler < 0 ? undefined : { option: index, reason: 'SMALL_GAIN', because: simpler };
}

/** Leaves no sooner, arrives no later, rides and costs no more; and of equal ones the first. */
function dominates(a: Option, b: Option, first: boolean): boolean {
  if (a.departure < b.departure || a.arrival > b.arrival || a.rides > b.rides || cost(a) > cost(b))
    return false;
  const equal =
    a.departure === b.departure && a.arrival === b.arrival && a.rides === b.rides && cost(a) === cost(b);
  return !equal || first;
}

function picksOf(options: readonly Option[], kept: readonly number[]): Pick[] {
  if (kept.length === 0) return [];
  const best = (among: readonly number[], ...by: readonly ((option: Option) => number)[]): number =>
    among.reduce((chosen, next) => (before(options[next]!, options[chosen]!, by) ? next : chosen));
  const picks: Pick[] = [{ option: best(kept, duration, cost, rides), reason: 'FASTEST' }];
  const priced = kept.filter((index) => options[index]!.price !== null);
  if (priced.length > 0) {
    picks.push({ option: best(priced, cost, duration, rides), reason: 'CHEAPEST' });
    const far = distanceToCorner(priced.map((index) => options[index]!));
    picks.push({ option: best(priced, far, cost, rides), reason: 'BALANCED' });
  }
  for (const [, own] of Map.groupBy(kept, (index) => options[index]!.mainMode)) {
    const option = best(own, duration, cost, rides);
    if (!picks.some((pick) => pick.option === option)) picks.push({ option, reason: 'BEST_OF_MODE' });
  }
  return picks;
}

const rides = (option: Option): number => option.rides;

function before(a: Option, b: Option, by: readonly ((option: Option) => number)[]): boolean {
  for (const measure of by) if (measure(a) !== measure(b)) return measure(a) < measure(b);
  return false;
}

function distanceToCorner(options: readonly Option[]): (option: Option) => number {
  const scaled = (measure: (option: Option) => number): ((option: Option) => number) => {
    const values = options.map(measure);
    const least = Math.min(...values);
    const span = Math.max(...values) - least || 1;
    return (option) => (measure(option) - least) / span;
  };
  const [time, money] = [scaled(duration), scaled(cost)];
  return (option) => Math.hypot(time(option), money(option));
}
