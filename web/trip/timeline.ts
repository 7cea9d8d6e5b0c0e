/** A route as one column: its legs, and what lies before each of them. */
import type { KeptRoute } from '../../src/features/trips/contract.ts';
import { parseClock } from '../../src/units/time.ts';
import type { Route } from '../search/shapes.ts';
import type { TripLeg } from './readTrip.ts';

export type ChangeRisk = NonNullable<Route['risk']>['changes'][number];

export type Between =
  /** From one timetabled ride to another; `needed` minutes of it for the way and for boarding, null when nobody said. */
  | {
      readonly kind: 'CHANGE';
      readonly place: string | null;
      readonly available: number;
      readonly needed: number | null;
      readonly risk: ChangeRisk | null;
    }
  /** At a place that the traveller wants to see. */
  | {
      readonly kind: 'STAY';
      readonly place: string | null;
      readonly minutes: number;
      readonly nights: number;
    }
  /** Minutes of no change: to be at the station early (`buffer`). */
  | { readonly kind: 'WAIT'; readonly minutes: number; readonly buffer: number }
  /** Minutes to find the way out of a station or an airport. */
  | { readonly kind: 'WAY_OUT'; readonly minutes: number };

export interface TimelineEntry {
  readonly between: readonly Between[];
  readonly leg: TripLeg;
  /** `YYYY-MM-DD` to print above the departure and above the arrival, where it is not the date that stands above. */
  readonly departureDay: string | null;
  readonly arrivalDay: string | null;
}

const minutesFrom = (from: string | null, to: string | null): number =>
  from === null || to === null ? 0 : Math.round((Date.parse(to) - Date.parse(from)) / 60_000);
const dateOf = (instant: string | null): string | null => instant?.slice(0, 10) ?? null;

export function timelineOf(route: KeptRoute, legs: readonly TripLeg[]): TimelineEntry[] {
  const changes = changesOf(route);
  let day: string | null = null;
  const printed = (instant: string | null): string | null => {
    const date = dateOf(instant);
    if (date === null || date === day) return null;
    day = date;
    return date;
  };
  return legs.map((leg, at) => ({
    between: at === 0 ? firstWait(leg, legs) : betweenOf(legs, at, changes),
    leg,
    departureDay: printed(leg.departure),
    arrivalDay: printed(leg.arrival),
  }));
}

/** Null: the route says nothing of risk; a change that is missing then has no figures, not none to worry about. */
function changesOf({ risk }: KeptRoute): ReadonlyMap<number, ChangeRisk> | null {
  if (typeof risk !== 'object' || risk === null || !('changes' in risk)) return null;
  const { changes } = risk;
  if (!Array.isArray(changes)) return null;
  return new Map((changes as ChangeRisk[]).map((change) => [change.toLeg, change]));
}

/** A first ride begins before it leaves. */
const firstWait = ({ whole }: TripLeg, legs: readonly TripLeg[]): Between[] =>
  legs.length > 0 && whole && whole.line !== null && whole.bufferMinutes > 0
    ? [{ kind: 'WAIT', minutes: whole.bufferMinutes, buffer: whole.bufferMinutes }]
    : [];

function betweenOf(
  legs: readonly TripLeg[],
  at: number,
  changes: ReadonlyMap<number, ChangeRisk> | null,
): Between[] {
  const [before, leg] = [legs[at - 1]!, legs[at]!];
  const gap = minutesFrom(before.arrival, leg.departure);
  const stay = stayBefore(before, leg);
  const wait = gap - (stay?.minutes ?? 0);
  return [
    ...(stay ? [stay] : []),
    ...changeOrWait(legs, at, { minutes: wait, afterStay: stay !== null }, changes),
  ];
}

function stayBefore(
  before: TripLeg,
  { whole, departure }: TripLeg,
): Extract<Between, { kind: 'STAY' }> | null {
  const minutes = whole?.stayMinutes;
  if (minutes === undefined || departure === null) return null;
  const place = before.whole?.to.name ?? whole?.from.name ?? null;
  return { kind: 'STAY', place, minutes, nights: nightsOf(before.arrival ?? departure, minutes) };
}

/** Longer than any station takes: that is waiting. */
const LONGEST_WAY_OUT = 60;

function changeOrWait(
  legs: readonly TripLeg[],
  at: number,
  { minutes: wait, afterStay }: { readonly minutes: number; readonly afterStay: boolean },
  changes: ReadonlyMap<number, ChangeRisk> | null,
): Between[] {
  const leg = legs[at]!;
  const change = changes?.get(at);
  if (change) {
    const { place, availableMinutes: available, neededMinutes: needed } = change;
    return [{ kind: 'CHANGE', place, available, needed, risk: change }];
  }
  const { whole } = leg;
  if (!whole) return wait > 0 ? [{ kind: 'WAIT', minutes: wait, buffer: 0 }] : [];
  if (whole.line === null && !afterStay && wait <= LONGEST_WAY_OUT)
    return wait > 0 ? [{ kind: 'WAY_OUT', minutes: wait }] : [];
  const ride = changes === null ? legs.slice(0, at).findLast((one) => one.whole?.run) : undefined;
  if (ride) {
    const available = minutesFrom(ride.arrival, leg.departure);
    return [{ kind: 'CHANGE', place: whole.from.name, available, needed: null, risk: null }];
  }
  if (wait <= 0 && whole.bufferMinutes <= 0) return [];
  return [{ kind: 'WAIT', minutes: Math.max(wait, whole.bufferMinutes), buffer: whole.bufferMinutes }];
}

/** The hour at which whoever is out has no bed: the middle of the night (23:00 to 05:00). */
const ASLEEP = 120;
const DAY = 1440;

/** How often it is 02:00 on the clock of the place while one stays there. */
export function nightsOf(arrival: string, minutes: number): number {
  const start = parseClock(arrival.slice(11, 16)) ?? 0;
  return Math.floor((start + minutes - ASLEEP) / DAY) - Math.floor((start - ASLEEP) / DAY);
}
