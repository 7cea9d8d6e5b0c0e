/** The one thing to do next, which the page of a trip says first. */
import type { Opening } from '../../src/features/booking/contract.ts';
import type { Trip } from '../../src/features/trips/contract.ts';
import type { TripLeg } from './readTrip.ts';

export type NextAction =
  /** Nothing is chosen to travel with. */
  | { readonly kind: 'CHOOSE' }
  /** A ticket that can be had now. */
  | { readonly kind: 'BOOK'; readonly leg: TripLeg; readonly why: Opening['reason'] }
  /** The next ticket cannot be had before `at`. */
  | { readonly kind: 'OPENS'; readonly leg: TripLeg; readonly at: string }
  /** All that is booked ahead is booked; this one is called on the day. */
  | { readonly kind: 'ON_THE_DAY'; readonly leg: TripLeg; readonly at: string }
  /** Everything is booked: be there. */
  | { readonly kind: 'LEAVE'; readonly leg: TripLeg; readonly at: string }
  /** Under way in a leg. */
  | { readonly kind: 'RIDE'; readonly leg: TripLeg; readonly until: string | null }
  | { readonly kind: 'ARRIVED' }
  | { readonly kind: 'CANCELLED'; readonly booked: number }
  | { readonly kind: 'ARCHIVED' };

const at = (instant: string | null): number => (instant === null ? NaN : Date.parse(instant));
const isAhead = (leg: TripLeg, nowMs: number): boolean => leg.departure === null || at(leg.departure) > nowMs;

/**
 * @param openings of the booking plan; empty while it is asked: legs are then taken in their order.
 */
export function nextAction(
  trip: Pick<Trip, 'status' | 'archivedAt' | 'endsAt' | 'bookingLegs'>,
  legs: readonly TripLeg[],
  openings: readonly Opening[],
  nowMs: number,
): NextAction {
  if (trip.archivedAt !== null) return { kind: 'ARCHIVED' };
  if (trip.status === 'CANCELLED')
    return { kind: 'CANCELLED', booked: trip.bookingLegs.filter(({ isBooked }) => isBooked).length };
  if (trip.status === 'COMPLETED' || at(trip.endsAt) <= nowMs) return { kind: 'ARRIVED' };
  if (legs.length === 0) return { kind: 'CHOOSE' };
  return toBook(legs, openings, nowMs) ?? toTravel(legs, nowMs);
}

/** The first ticket in the order of the plan that is not there yet. */
function toBook(legs: readonly TripLeg[], openings: readonly Opening[], nowMs: number): NextAction | null {
  const open = legs.filter((leg) => leg.booking && !leg.booking.isBooked && isAhead(leg, nowMs));
  const plans = new Map(openings.map((opening) => [opening.legIndex, opening]));
  const order = ({ index }: TripLeg): number => plans.get(index)?.order ?? Infinity;
  const [leg] = open
    .filter(({ index }) => plans.get(index)?.reason !== 'ON_THE_DAY')
    .toSorted((a, b) => order(a) - order(b) || a.index - b.index);
  if (!leg) return null;
  const plan = plans.get(leg.index);
  if (plan && !plan.open && plan.opensAt !== null) return { kind: 'OPENS', leg, at: plan.opensAt };
  return { kind: 'BOOK', leg, why: plan?.reason ?? 'ALWAYS_THERE' };
}

function toTravel(legs: readonly TripLeg[], nowMs: number): NextAction {
  const riding = legs.find((leg) => at(leg.departure) <= nowMs && nowMs < at(leg.arrival));
  if (riding) return { kind: 'RIDE', leg: riding, until: riding.arrival };
  const next = legs.find((leg) => isAhead(leg, nowMs) && leg.departure !== null);
  if (!next) return { kind: 'ARRIVED' };
  const kind = next.booking && !next.booking.isBooked ? 'ON_THE_DAY' : 'LEAVE';
  return { kind, leg: next, at: next.departure! };
}
