import type { EpochMinute } from '../../units/time.ts';
import type { BookingPlan, BookingPlanRequest } from './contract.ts';
import { exposures } from './exposure.ts';
import { linkableTickets } from './linkedTickets.ts';
import { openings } from './openings.ts';

/** When and in which order to buy the legs that are not booked, and what those that are would lose at `now`. */
export function bookingPlan({ legs, passengers }: BookingPlanRequest, now: EpochMinute): BookingPlan {
  const paid = legs.flatMap(({ paidMinor, ...leg }) =>
    paidMinor === null ? [] : [{ ...leg, paidMinor, passengers }],
  );
  const lost = exposures(paid, now);
  return {
    openings: openings(
      legs.filter(({ paidMinor }) => paidMinor === null),
      now,
    ),
    exposures: lost,
    lostMinor: lost.reduce((sum, { lostMinor }) => sum + lostMinor, 0),
    linkableTickets: linkableTickets(legs),
  };
}
