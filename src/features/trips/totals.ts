import { z } from 'zod';
import { type Amounts, amountsSchema } from '../fares/contract.ts';
import type { BookingLeg, KeptRoute, TripTotals } from './contract.ts';

const pricedSchema = z.object({ price: amountsSchema.extend({ currency: z.literal('INR') }) });
const NOTHING: Amounts = { lowMinor: 0, likelyMinor: 0, highMinor: 0 };

const sum = (amounts: readonly (Amounts | null)[]): Amounts | null =>
  amounts.reduce<Amounts | null>(
    (all, one) =>
      all &&
      one && {
        lowMinor: all.lowMinor + one.lowMinor,
        likelyMinor: all.likelyMinor + one.likelyMinor,
        highMinor: all.highMinor + one.highMinor,
      },
    NOTHING,
  );

/** Of the whole party, minor units; a walk costs nothing. */
function priceOf(leg: KeptRoute['legs'][number]): Amounts | null {
  const parsed = pricedSchema.safeParse(leg);
  return parsed.success ? parsed.data.price : leg.mode === 'walk' ? NOTHING : null;
}

/**
 * Paid so far against the estimate. A leg with a recorded cost counts as paid; one that is booked without it still
 * counts by its price. Prices are those of when the route was found.
 */
export function tripTotals(route: KeptRoute | null, bookingLegs: readonly BookingLeg[]): TripTotals {
  const paid = bookingLegs.filter(({ isBooked, cost }) => isBooked && cost !== null);
  const paidIndexes = new Set(paid.map(({ legIndex }) => legIndex));
  const legs = (route?.legs ?? []).map((leg, index) => ({
    index,
    price: priceOf(leg),
    paid: paidIndexes.has(index),
  }));
  const prices = (those: typeof legs) => sum(those.map(({ price }) => price));
  const inRupees = paid.filter(({ currency }) => currency === 'INR');
  const paidMinor = inRupees.reduce((all, { cost }) => all + (cost ?? 0), 0);
  const otherPaid = inOtherCurrencies(paid);
  const open = route && prices(legs.filter((leg) => !leg.paid));
  const whole = { lowMinor: paidMinor, likelyMinor: paidMinor, highMinor: paidMinor };
  return {
    currency: 'INR',
    estimate: route && prices(legs),
    paidMinor,
    paidEstimate: route && prices(legs.filter((leg) => leg.paid)),
    open,
    expected: open && otherPaid.length === 0 ? sum([open, whole]) : null,
    otherPaid,
    unpricedLegs: legs.filter((leg) => !leg.paid && leg.price === null).map(({ index }) => index),
  };
}

function inOtherCurrencies(paid: readonly BookingLeg[]): TripTotals['otherPaid'] {
  const sums = new Map<string, number>();
  for (const { currency, cost } of paid)
    if (currency !== 'INR') sums.set(currency, (sums.get(currency) ?? 0) + (cost ?? 0));
  return [...sums]
    .map(([currency, minor]) => ({ currency, minor }))
    .toSorted((a, b) => (a.currency < b.currency ? -1 : 1));
}
