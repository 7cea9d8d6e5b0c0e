import type { BookingLeg, KeptLeg, KeptRoute } from './contract.ts';

/** The booking state that one leg of a route is to have. */
export interface PlannedLeg {
  readonly legIndex: number;
  readonly mode: string;
  /** Instant with offset, as the route writes it. */
  readonly departsAt: string | null;
  /** What is there of the same leg already: its id and its booking stay. */
  readonly kept: BookingLeg | null;
}

export interface LegPlan {
  readonly legs: readonly PlannedLeg[];
  /** Booked legs that the new route does not have. */
  readonly lost: readonly BookingLeg[];
}

/** The same rule as `bookable_legs` in SQL. */
const isBookable = (leg: KeptLeg): boolean => leg.bookable ?? leg.mode !== 'walk';

interface Ride {
  readonly run?: { readonly id?: unknown; readonly serviceDate?: unknown } | null;
  readonly from?: Place;
  readonly to?: Place;
}
type Place =
  | { readonly stopId?: unknown; readonly name?: unknown; readonly lat?: unknown; readonly lng?: unknown }
  | undefined;

const placeKey = (place: Place): unknown =>
  place?.stopId ?? [place?.name ?? null, place?.lat ?? null, place?.lng ?? null];

/** What makes a leg the same one: the run and its ends; of a leg without a run its mode, ends and departure. */
function legKey(leg: KeptLeg): string {
  const { run, from, to } = leg as KeptLeg & Ride;
  const what = run?.id === undefined ? [leg.departure ?? null] : [run.id, run.serviceDate ?? null];
  return JSON.stringify([leg.mode, ...what, placeKey(from), placeKey(to)]);
}

const positional = (index: number, mode: string): string => `${index} ${mode}`;

/**
 * The legs to book of `route`, each with what was there of it: the same ride at whatever index it is now; of a trip
 * that had no route, the leg with the same index and mode.
 */
export function planLegs(
  before: KeptRoute | null,
  existing: readonly BookingLeg[],
  route: KeptRoute | null,
): LegPlan {
  const waiting = new Map<string, BookingLeg[]>();
  for (const leg of existing) {
    const ride = before?.legs[leg.legIndex];
    const key = ride ? legKey(ride) : positional(leg.legIndex, leg.mode);
    waiting.set(key, [...(waiting.get(key) ?? []), leg]);
  }
  const take = (key: string): BookingLeg | undefined => waiting.get(key)?.shift();
  const legs = (route?.legs ?? []).flatMap((leg, legIndex): PlannedLeg[] => {
    if (!isBookable(leg)) return [];
    const kept = take(legKey(leg)) ?? take(positional(legIndex, leg.mode)) ?? null;
    return [{ legIndex, mode: leg.mode, departsAt: leg.departure ?? null, kept }];
  });
  const lost = [...waiting.values()].flat().filter((leg) => leg.isBooked);
  return { legs, lost };
}
