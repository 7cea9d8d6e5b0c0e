import type { NetworkImage } from '../timetable/image.ts';
import type { Journey } from '../routing/journey.ts';
import { familyFinder, NO_FAMILY } from './family.ts';
import type { Fares } from './family.ts';
import { FareScale } from './fareScale.ts';

/** Party price of every leg, in minor units; null for a ride on a line without a price. Links cost what they say. */
export type PriceLegs = (journey: Journey) => (number | null)[];

/** Prices journeys that were found without looking at prices; running tickets are used where that is cheapest. */
export function legPricer(image: NetworkImage, fares: Fares, passengers: number): PriceLegs {
  const scale = new FareScale(fares.families, passengers);
  const find = familyFinder(fares);
  const { distance } = image.views;
  return ({ legs }) => {
    const families = legs.map((leg) => (leg.kind === 'link' ? NO_FAMILY : find(image.line(leg.line))));
    const prices = legs.map((leg, index) => {
      if (leg.kind === 'link') return linkPrice(leg, passengers);
      const family = families[index]!;
      if (family === NO_FAMILY) return null;
      const mark = (call: number): number => Math.round(1000 * distance[image.timeIndex(leg.run, call)]!);
      return scale.price(family, Math.max(0, mark(leg.alightCall) - mark(leg.boardCall)));
    });
    for (const family of new Set(families)) {
      if (family === NO_FAMILY || scale.transferCount[family] === 0) continue;
      const own = [...legs.keys()].filter((leg) => families[leg] === family);
      const rides = own.map((leg) => ({ departure: legs[leg]!.departure, fare: prices[leg]! }));
      cheapestPayment(scale, family, rides).prices.forEach((price, ride) => (prices[own[ride]!] = price));
    }
    return prices;
  };
}

/** Of rides of one family: which are paid in full, and which on the ticket that the last of those has made. */
function cheapestPayment(
  scale: FareScale,
  family: number,
  rides: readonly { readonly departure: number; readonly fare: number }[],
): { readonly sum: number; readonly prices: readonly number[] } {
  const minutes = scale.transferMinutes[family]!;
  const count = scale.transferCount[family]!;
  const transfer = scale.transferPrice[family]!;
  // Backward: the best way to pay the rides from each one on, when it is paid in full.
  const best: { sum: number; prices: readonly number[] }[] = [];
  best[rides.length] = { sum: 0, prices: [] };
  for (let paid = rides.length - 1; paid >= 0; paid--) {
    const { departure, fare } = rides[paid]!;
    for (let used = 0; used <= count && paid + used < rides.length; used++) {
      if (rides[paid + used]!.departure > departure + minutes) break;
      const rest = best[paid + used + 1]!;
      const sum = fare + used * transfer + rest.sum;
      if (sum < (best[paid]?.sum ?? Infinity))
        best[paid] = { sum, prices: [fare, ...Array<number>(used).fill(transfer), ...rest.prices] };
    }
  }
  return best[0]!;
}

const linkPrice = (
  { priceMinor, vehicleCapacity }: { readonly priceMinor: number; readonly vehicleCapacity: number },
  passengers: number,
): number => priceMinor * (vehicleCapacity === 0 ? passengers : Math.ceil(passengers / vehicleCapacity));

/** The sum, or null where a leg has no price. */
export const totalPrice = (prices: readonly (number | null)[]): number | null =>
  prices.reduce<number | null>((sum, price) => (sum === null || price === null ? null : sum + price), 0);
