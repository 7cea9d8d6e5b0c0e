/** What is asked of the booking plan, and what the page makes of the answer. */
import type { BookingPlan, BookingPlanRequest, Exposure } from '../../src/features/booking/contract.ts';
import type { TripLeg } from './readTrip.ts';

type AskedLeg = BookingPlanRequest['legs'][number];

/** Codes that the rules know: `SL`, `3A`. */
const CLASS_CODE = /^[0-9A-Z]{1,4}$/;

/** Code of the class a leg is booked in, else of the one its price stands for. */
function classCodeOf({ booking, whole }: TripLeg): string | null {
  const codes = [booking?.fareClass, whole?.price?.classCode];
  return codes.find((code) => typeof code === 'string' && CLASS_CODE.test(code)) ?? null;
}

/** Paid for a booked leg: what was recorded, else the estimate; null when neither is known in rupees. */
export function paidFor({ booking, whole }: TripLeg): { minor: number; estimated: boolean } | null {
  if (!booking?.isBooked) return null;
  if (booking.cost !== null && booking.currency === 'INR') return { minor: booking.cost, estimated: false };
  return booking.cost === null && whole?.price ? { minor: whole.price.likelyMinor, estimated: true } : null;
}

/**
 * The legs still to come of which the plan can say something: those to book, and those that are paid for. Null: there
 * is none. A leg that is booked for nobody knows how much is left out: 0 rupees would say that nothing is lost.
 */
export function planRequestOf(
  legs: readonly TripLeg[],
  passengers: number,
  nowMs: number,
): BookingPlanRequest | null {
  const asked = legs.flatMap((leg): AskedLeg[] => {
    const { whole, booking, index } = leg;
    if (!whole || !booking || Date.parse(whole.departure) <= nowMs) return [];
    const paid = paidFor(leg);
    if (booking.isBooked && paid === null) return [];
    const { mode, from, to, departure, arrival, line, run } = whole;
    return [
      {
        legIndex: index,
        leg: { mode, from, to, departure, arrival, line, run },
        fareClass: classCodeOf(leg),
        trainStartsAt: null,
        paidMinor: paid?.minor ?? null,
      },
    ];
  });
  return asked.length === 0 ? null : { legs: asked, passengers };
}

export interface Loss {
  readonly exposure: Exposure;
  readonly leg: TripLeg;
  /** The cost was not recorded: by the estimate. */
  readonly estimated: boolean;
}

export interface Losses {
  readonly lostMinor: number;
  readonly paidMinor: number;
  readonly legs: readonly Loss[];
  /** The next moment at which more is lost, and what of all legs from then on. */
  readonly nextCliff: { readonly at: string; readonly lostMinor: number } | null;
  /** Booked legs of which nobody knows what was paid. */
  readonly unknown: readonly TripLeg[];
}

/** What is lost if the plan breaks now, by legs; null when nothing that is paid for lies ahead. */
export function lossesOf(plan: BookingPlan, legs: readonly TripLeg[], nowMs: number): Losses | null {
  const unknown = legs.filter(
    (leg) =>
      leg.booking?.isBooked &&
      paidFor(leg) === null &&
      leg.departure !== null &&
      Date.parse(leg.departure) > nowMs,
  );
  const lost = plan.exposures.flatMap((exposure): Loss[] => {
    const leg = legs[exposure.legIndex];
    return leg ? [{ exposure, leg, estimated: paidFor(leg)?.estimated ?? false }] : [];
  });
  if (lost.length === 0 && unknown.length === 0) return null;
  const lostMinor = lost.reduce((sum, { exposure }) => sum + exposure.lostMinor, 0);
  const first = lost
    .flatMap(({ exposure }) =>
      exposure.nextCliff ? [{ ...exposure.nextCliff, now: exposure.lostMinor }] : [],
    )
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))[0];
  return {
    lostMinor,
    paidMinor: lost.reduce((sum, { exposure }) => sum + exposure.paidMinor, 0),
    legs: lost,
    nextCliff: first ? { at: first.at, lostMinor: lostMinor - first.now + first.lostMinor } : null,
    unknown,
  };
}
