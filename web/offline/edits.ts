/** Bookings recorded without a connection: what they say, what they meet when they are sent. Nothing here does it. */
import type { BookingDetails, BookingLeg, TripSummary } from '../../src/features/trips/contract.ts';

/** What is recorded of the booking of one leg; null: that it is not booked. */
export type Wish = BookingDetails | null;

export interface Edit {
  readonly tripId: string;
  readonly legIndex: number;
  readonly wish: Wish;
  /** The leg as its traveller saw it. */
  readonly seen: BookingLeg;
  /** Names the write, so that the one which may have arrived is not done twice. */
  readonly key: string;
}

export interface WaitingEdit extends Edit {
  /** In the order of the edits. */
  readonly id: number;
  /** Why it is not sent without being asked for: the leg is another by now, or the server's reason. */
  readonly held: 'CHANGED' | { readonly refused: string } | null;
}

const empty = { platform: null, bookingRef: null, cost: null, fareClass: null } as const;

/** The leg as it is once the wish is written. */
export function wished(leg: BookingLeg, wish: Wish): BookingLeg {
  if (wish === null) return { ...leg, ...empty, isBooked: false, bookedAt: null };
  const { mode: _, ...details } = wish;
  const told = Object.entries(details).filter(([, value]) => value !== undefined);
  return { ...leg, ...Object.fromEntries(told), isBooked: true };
}

/** What is said of both bookings is the same. */
export const sameBooking = (one: BookingLeg, other: BookingLeg): boolean =>
  (['isBooked', 'platform', 'bookingRef', 'cost', 'currency', 'fareClass'] as const).every(
    (name) => one[name] === other[name],
  );

/** A trip with what waits for it; what is held back is not among it. */
export function withWaiting<T extends Pick<TripSummary, 'id' | 'bookingLegs'>>(
  trip: T,
  edits: readonly WaitingEdit[],
): T {
  const ours = edits.filter(({ tripId, held }) => tripId === trip.id && held === null);
  if (ours.length === 0) return trip;
  const bookingLegs = trip.bookingLegs.map((leg) =>
    ours.filter(({ legIndex }) => legIndex === leg.legIndex).reduce((at, { wish }) => wished(at, wish), leg),
  );
  return { ...trip, bookingLegs };
}

/**
 * Which edits of one leg are still to be sent to a leg that is `now` so: all of them where it is as it was seen, those
 * after the last that is there already, or null where somebody else changed it.
 */
export function stillToSend<E extends Edit>(now: BookingLeg, edits: readonly E[]): readonly E[] | null {
  const there = edits.findLastIndex(({ wish }) => sameBooking(now, wished(now, wish)));
  if (there >= 0) return edits.slice(there + 1);
  return edits[0] && sameBooking(now, edits[0].seen) ? edits : null;
}

/** Edits by leg, each in their order. */
export function byLeg(edits: readonly WaitingEdit[]): readonly (readonly WaitingEdit[])[] {
  const legs = new Map<string, WaitingEdit[]>();
  for (const edit of edits.toSorted((a, b) => a.id - b.id)) {
    const key = `${edit.tripId} ${edit.legIndex}`;
    legs.set(key, [...(legs.get(key) ?? []), edit]);
  }
  return [...legs.values()];
}
