/** Filters, order and view as a link holds them, beside the search itself. */
import { formatClock, parseClock } from '../../src/units/time.ts';
import { DAY_END, noFilters } from './filters.ts';
import type { Filters, Window } from './filters.ts';
import { orders } from './order.ts';
import type { Order } from './order.ts';
import type { LegMode } from './shapes.ts';

const choosable: readonly string[] = ['train', 'bus', 'flight', 'metro', 'tram', 'ferry'] satisfies LegMode[];
const isChoosable = (text: string): text is LegMode => choosable.includes(text);

const number = (text: string | null, most: number): number | null =>
  text !== null && /^\d{1,9}$/.test(text) && Number(text) <= most ? Number(text) : null;

/** `06:00-12:30`. */
function readWindow(text: string | null): Window {
  const [from, to] = (text ?? '').split('-').map(parseClock);
  return from === undefined || to === undefined || from === null || to === null
    ? noFilters.leave
    : [from, to];
}
const windowText = ([from, to]: Window): string =>
  from === 0 && to === DAY_END ? '' : `${formatClock(from)}-${formatClock(to)}`;

/** `acOnly` is of the search itself: it changes what is priced. */
export function readFilters(params: URLSearchParams, acOnly: boolean): Filters {
  return {
    without: (params.get('without') ?? '').split(',').filter(isChoosable),
    maxPrice: number(params.get('maxPrice'), 100_000_000),
    maxChanges: number(params.get('maxChanges'), 20),
    leave: readWindow(params.get('leave')),
    arrive: readWindow(params.get('arrive')),
    calmNights: params.get('nights') === 'calm',
    acOnly,
    minSafety: number(params.get('safety'), 100),
  };
}

export function filterPairs(filters: Filters): [string, string][] {
  const pairs: [string, string][] = [
    ['without', filters.without.join(',')],
    ['maxPrice', filters.maxPrice === null ? '' : String(filters.maxPrice)],
    ['maxChanges', filters.maxChanges === null ? '' : String(filters.maxChanges)],
    ['leave', windowText(filters.leave)],
    ['arrive', windowText(filters.arrive)],
    ['nights', filters.calmNights ? 'calm' : ''],
    ['safety', filters.minSafety === null ? '' : String(filters.minSafety)],
  ];
  return pairs.filter(([, value]) => value !== '');
}

export const readOrder = (params: URLSearchParams): Order | null =>
  orders.find((order) => order === params.get('sort')?.toUpperCase()) ?? null;
