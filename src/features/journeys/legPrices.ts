import type { LegConcessions } from '../concessions/contract.ts';
import { chosenFare, type Fare, plus, type TimedRide } from '../fares/index.ts';
import type { Leg, LegFare, LegMode, Price, Route } from './contract.ts';
import type { PricedRide, RidePrices, RideToPrice } from './ridePrices.ts';
import type { DraftLeg } from './writeRoute.ts';

/** Prices the rides of a route together, since metro rides that follow each other are paid as one. */
export function pricedLegs(prices: RidePrices, drafts: readonly DraftLeg[]): DraftLeg[] {
  const ridden = drafts.flatMap(({ ride, departure, arrival }): TimedRide[] =>
    ride ? [{ ride, departure, arrival }] : [],
  );
  const paid = prices.paid(ridden);
  let at = 0;
  let before: Price | null = null;
  return drafts.map((draft) => {
    if (!draft.ride) return draft;
    const ride = paid[at++];
    if (!ride) return { ...draft, leg: { ...draft.leg, price: before && paidBefore(before) } };
    // A joined ride ends elsewhere, but in the same city.
    const own: RideToPrice = { ...draft.ride, ...ride };
    const priced = prices.of(own);
    before = priced && priceOf(chosenFare(priced.fares));
    return { ...draft, priced, leg: { ...draft.leg, price: before } };
  });
}

const priceOf = (fare: Fare): Price => ({
  lowMinor: fare.lowMinor,
  likelyMinor: fare.likelyMinor,
  highMinor: fare.highMinor,
  currency: fare.currency,
  indicative: fare.indicative,
  class: fare.class,
  classCode: fare.classCode,
  basis: fare.basis,
  source: fare.source,
  asOf: fare.asOf,
  certainty: fare.certainty,
});

const paidBefore = (price: Price): Price => ({
  ...price,
  lowMinor: 0,
  likelyMinor: 0,
  highMinor: 0,
  basis: 'paid with the metro ride before',
});

/** A leg with every class that it is offered in, and what the traveller saves on it. */
export function withFares(leg: Leg, priced: PricedRide | null): Leg {
  if (!priced) return leg;
  return { ...leg, fares: priced.fares.offered.map(legFareOf), concession: priced.concession };
}

const legFareOf = (fare: Fare): LegFare => ({
  classCode: fare.classCode,
  class: fare.class,
  lowMinor: fare.lowMinor,
  likelyMinor: fare.likelyMinor,
  highMinor: fare.highMinor,
  units: fare.units,
  breakdown: fare.breakdown.map(({ code, text, likelyMinor }) => ({ code, text, likelyMinor })),
  notes: fare.notes,
  basis: fare.basis,
  source: fare.source,
  asOf: fare.asOf,
  certainty: fare.certainty,
});

const certainties = ['A', 'B', 'C', 'D'] as const;

/** The prices of all legs together: `null` when a leg has none; as certain as the least certain of them. */
export function totalPrice(legs: readonly { mode: LegMode; price: Price | null }[]): Price | null {
  const paid = legs.filter((leg) => leg.mode !== 'walk');
  const prices = paid.flatMap((leg) => (leg.price ? [leg.price] : []));
  if (prices.length < paid.length) return null;
  const classes = new Set(prices.map((price) => price.class));
  return {
    ...plus(...prices),
    currency: 'INR',
    indicative: true,
    class: classes.size === 1 ? (prices[0]?.class ?? null) : null,
    classCode: null,
    basis: 'sum of the legs',
    source: 'see the legs',
    asOf: prices.map((price) => price.asOf).toSorted()[0] ?? NO_PRICE_DATE,
    certainty: certainties.findLast((mark) => prices.some((price) => price.certainty === mark)) ?? 'A',
  };
}

/** A route on foot alone costs nothing; the contract still wants a date. */
const NO_PRICE_DATE = '2026-11-01';

/** What the traveller surely saves on all legs, and what is left of the price; nothing is known without concessions. */
export function savings(
  concessions: readonly LegConcessions[],
  price: Price | null,
): Pick<Route, 'saving' | 'effectivePrice'> {
  if (concessions.length === 0) return { saving: null, effectivePrice: null };
  const saving = plus(...concessions.map((one) => one.saving));
  const effectivePrice = price && {
    lowMinor: price.lowMinor - saving.lowMinor,
    likelyMinor: price.likelyMinor - saving.likelyMinor,
    highMinor: price.highMinor - saving.highMinor,
  };
  return { saving, effectivePrice };
}
