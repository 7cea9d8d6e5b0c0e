/** One journey as the choice sees it. Minutes, minor units of the whole party. */
export interface Option {
  /** What is the same journey has the same key. */
  readonly key: string;
  readonly departure: number;
  readonly arrival: number;
  readonly changes: number;
  /** Null: not known. */
  readonly price: number | null;
  /** The mode of most of the way. */
  readonly mainMode: string;
  /** All modes in the order of the way. */
  readonly modes: string;
  /** The same text for the same long-distance runs, by whatever way to and from them. */
  readonly runs: string;
  /** Least minutes to spare at a change, beyond what boarding needs; null: there is no change. */
  readonly spare: number | null;
  readonly leavesAtNight: boolean;
}

export const duration = ({ departure, arrival }: Option): number => arrival - departure;
export const cost = ({ price }: Option): number => price ?? Infinity;
export const changes = (option: Option): number => option.changes;

/** `a` is no worse in departure, arrival, price and changes, and better in one. */
export function dominates(a: Option, b: Option): boolean {
  const noWorse =
    a.departure >= b.departure && a.arrival <= b.arrival && cost(a) <= cost(b) && a.changes <= b.changes;
  return (
    noWorse &&
    (a.departure > b.departure || a.arrival < b.arrival || cost(a) < cost(b) || a.changes < b.changes)
  );
}

/** The same to a traveller but for where the waiting is done. */
export const alike = (a: Option, b: Option): boolean =>
  a.departure === b.departure &&
  a.arrival === b.arrival &&
  a.changes === b.changes &&
  cost(a) === cost(b) &&
  a.modes === b.modes;

/** A comparison by several measures, least first; equal in all, by key, so that every order is the same. */
export const by =
  (...measures: ((option: Option) => number)[]) =>
  (a: Option, b: Option): number => {
    for (const measure of measures) {
      // Two unknown prices are alike, not NaN.
      const difference = measure(a) === measure(b) ? 0 : measure(a) - measure(b);
      if (difference !== 0) return difference;
    }
    return a.key < b.key ? -1 : 1;
  };

export const first = <Some extends Option>(
  options: readonly Some[],
  order: (a: Option, b: Option) => number,
): Some | undefined => options.toSorted(order)[0];
