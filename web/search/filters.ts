/** Filters over the options of one answer: what each keeps, how many it would keep, and which one is in the way. */
import { acClasses } from './query.ts';
import type { LegMode, Route } from './shapes.ts';

export interface Filters {
  /** Ways to travel that an option may not use. */
  readonly without: readonly LegMode[];
  /** Whole rupees for the party, likely price with savings taken off. */
  readonly maxPrice: number | null;
  readonly maxChanges: number | null;
  /** Minutes of the day, both included; 0 to 1439 = any. A window from 22:00 to 05:00 goes over midnight. */
  readonly leave: Window;
  readonly arrive: Window;
  /** No start, end or change between 23:00 and 05:00. */
  readonly calmNights: boolean;
  /** Trains and buses in air-conditioned classes. */
  readonly acOnly: boolean;
  /** Percent of journeys in which every change is made; null = any. */
  readonly minSafety: number | null;
}
export type Window = readonly [from: number, to: number];
export type FilterName = keyof Filters;

export const DAY_END = 1439;
const anyTime: Window = [0, DAY_END];
export const noFilters: Filters = {
  without: [],
  maxPrice: null,
  maxChanges: null,
  leave: anyTime,
  arrive: anyTime,
  calmNights: false,
  acOnly: false,
  minSafety: null,
};
export const filterNames = Object.keys(noFilters) as FilterName[];

/** What the filters look at, worked out once an option. */
export interface Facets {
  readonly route: Route;
  readonly modes: ReadonlySet<LegMode>;
  /** Rupees; null = not known. */
  readonly price: number | null;
  readonly changes: number;
  readonly leave: number;
  readonly arrive: number;
  readonly night: boolean;
  readonly ac: boolean;
  /** Percent; null = nobody can say. */
  readonly safety: number | null;
}

const minuteOf = (instant: string): number =>
  Number(instant.slice(11, 13)) * 60 + Number(instant.slice(14, 16));
const ac: ReadonlySet<string> = new Set(acClasses);
const nightFlags: ReadonlySet<string> = new Set([
  'NIGHT_DEPARTURE',
  'NIGHT_ARRIVAL',
  'NIGHT_CHANGE',
  'NIGHT_WAIT',
]);

export function facetsOf(route: Route): Facets {
  const price = (route.effectivePrice ?? route.price)?.likelyMinor;
  return {
    route,
    modes: new Set(route.legs.map(({ mode }) => mode)),
    price: price === undefined ? null : Math.ceil(price / 100),
    changes: route.changes,
    leave: minuteOf(route.departure),
    arrive: minuteOf(route.arrival),
    night: (route.comfort?.flags ?? []).some(({ flag }) => nightFlags.has(flag)),
    ac: route.legs
      .filter(({ mode }) => mode === 'train' || mode === 'bus')
      .every(({ fares }) => fares.some(({ classCode }) => ac.has(classCode))),
    safety:
      route.risk === null || route.risk.probability === null
        ? null
        : Math.floor(route.risk.probability * 100),
  };
}

const within = (minute: number, [from, to]: Window): boolean =>
  from <= to ? minute >= from && minute <= to : minute >= from || minute <= to;

const rules: { readonly [Name in FilterName]: (facets: Facets, value: Filters[Name]) => boolean } = {
  without: ({ modes }, without) => !without.some((mode) => modes.has(mode)),
  maxPrice: ({ price }, most) => most === null || (price !== null && price <= most),
  maxChanges: ({ changes }, most) => most === null || changes <= most,
  leave: ({ leave }, window) => within(leave, window),
  arrive: ({ arrive }, window) => within(arrive, window),
  calmNights: ({ night }, calm) => !calm || !night,
  acOnly: (facets, only) => !only || facets.ac,
  minSafety: ({ safety }, least) => least === null || (safety !== null && safety >= least),
};

function passes(name: FilterName, facets: Facets, filters: Filters): boolean {
  // Each rule is given its own value: the two lists have the same names.
  const rule = rules[name] as (facets: Facets, value: Filters[FilterName]) => boolean;
  return rule(facets, filters[name]);
}

export const filtered = (all: readonly Facets[], filters: Filters): Facets[] =>
  all.filter((facets) => filterNames.every((name) => passes(name, facets, filters)));

/** How many options there would be with this part of the filters set so. */
export const countWith = (all: readonly Facets[], filters: Filters, part: Partial<Filters>): number =>
  filtered(all, { ...filters, ...part }).length;

const isSet = (name: FilterName, filters: Filters): boolean =>
  JSON.stringify(filters[name]) !== JSON.stringify(noFilters[name]);
export const setFilters = (filters: Filters): FilterName[] =>
  filterNames.filter((name) => isSet(name, filters));

/** Where nothing is left: the filter without which most would be, and how many. */
export function inTheWay(
  all: readonly Facets[],
  filters: Filters,
): { name: FilterName; left: number } | null {
  const found = setFilters(filters)
    .map((name) => ({ name, left: countWith(all, filters, { [name]: noFilters[name] }) }))
    .toSorted((a, b) => b.left - a.left)[0];
  if (found === undefined) return null;
  if (found.left > 0) return found;
  // Several are each in the way: the one that alone removes most.
  const removed = (name: FilterName): number => all.filter((facets) => !passes(name, facets, filters)).length;
  const worst = setFilters(filters).toSorted((a, b) => removed(b) - removed(a))[0]!;
  return { name: worst, left: 0 };
}

/** Each mode of the answer that is a choice, in their usual order. */
export const modesIn = (all: readonly Facets[]): LegMode[] =>
  (['train', 'bus', 'flight', 'metro', 'tram', 'ferry'] as const).filter((mode) =>
    all.some(({ modes }) => modes.has(mode)),
  );

/** Options that use a mode and pass everything but the choice of modes. */
export const countUsing = (all: readonly Facets[], filters: Filters, mode: LegMode): number =>
  filtered(all, { ...filters, without: [] }).filter(({ modes }) => modes.has(mode)).length;
