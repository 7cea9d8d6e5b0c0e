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
  /** The long-distance runs, separated by commas, by whatever way to and from them. */
  readonly runs: string;
  /** Least minutes to spare at a change, beyond what boarding needs; null: there is no change. */
  readonly spare: number | null;
  readonly leavesAtNight: boolean;
  /** Minutes that what is hard on the traveller weighs as much as: lost sleep, waits in the night. */
  readonly hardMinutes: number;
  /** It comes back to a city that it has left. */
  readonly loops: boolean;
  /** Minutes of waiting for the first long ride where a local one has led. */
  readonly idleMinutes: number;
  /** All by road, at any time. */
  readonly anyTime: boolean;
  /** What comes every few minutes has the same text each time; null: there is a timetable. */
  readonly repeats: string | null;
  /** Minutes from the time asked for; 0 when none was. */
  readonly away: number;
}

export const duration = ({ departure, arrival }: Option): number => arrival - departure;
/** The first hour until the departure is one's own: what remains of it is not. */
const OWN_HOUR = 60;

/** Under way, and waiting at home for longer than an hour after the time asked for. */
export const quickMinutes = (option: Option): number =>
  duration(option) + Math.max(0, option.away - OWN_HOUR);
/** Whether an option begins within the time that the fastest takes, and an hour. */
export const isSoon = (option: Option, fastest: Option): boolean =>
  option.away <= OWN_HOUR + duration(fastest);
/** The time as it feels: what is hard counts as further minutes under way. */
export const feltMinutes = (option: Option): number => quickMinutes(option) + option.hardMinutes;
export const cost = ({ price }: Option): number => price ?? Infinity;
export const changes = (option: Option): number => option.changes;

/**
 * `a` is no worse in departure, arrival, price, changes and felt time, and better in one of the first four. What goes
 * at any time need only be no longer.
 */
export function dominates(a: Option, b: Option): boolean {
  const inTime = a.anyTime
    ? duration(a) <= duration(b)
    : a.departure >= b.departure && a.arrival <= b.arrival;
  const noWorse = inTime && cost(a) <= cost(b) && a.changes <= b.changes && feltMinutes(a) <= feltMinutes(b);
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

/**
 * A comparison by several measures, least first; equal in all, what is nearer to the time asked for, then what leaves
 * first, then by key, so that every order is the same.
 */
export const by =
  (...measures: ((option: Option) => number)[]) =>
  (a: Option, b: Option): number => {
    for (const measure of measures) {
      // Two unknown prices are alike, not NaN.
      const difference = measure(a) === measure(b) ? 0 : measure(a) - measure(b);
      if (difference !== 0) return difference;
    }
    return a.away - b.away || a.departure - b.departure || (a.key < b.key ? -1 : 1);
  };

export const first = <Some extends Option>(
  options: readonly Some[],
  order: (a: Option, b: Option) => number,
): Some | undefined => options.toSorted(order)[0];
