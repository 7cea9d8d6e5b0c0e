import type { NetworkImage } from '../timetable/image.ts';
import type { Journey } from '../routing/journey.ts';
import { familyFinder, NO_FAMILY } from './family.ts';
import type { Fares } from './family.ts';
import { FareScale } from './fareScale.ts';

/** Party price of every leg, in minor units; null for a ride on a line without a price. Links cost what they say. */
export type PriceLegs = (journey: Journey) => (number | null)[];

/** Prices journeys that were found without looking at prices. */
export function legPricer(image: NetworkImage, fares: Fares, passengers: number): PriceLegs {
  const scale = new FareScale(fares.families, passengers);
  const find = familyFinder(fares);
  const { distance } = image.views;
  return ({ legs }) =>
    legs.map((leg) => {
      if (leg.kind === 'link') return linkPrice(leg, passengers);
      const family = find(image.line(leg.line));
      if (family === NO_FAMILY) return null;
      const mark = (call: number): number => Math.round(1000 * distance[image.timeIndex(leg.run, call)]!);
      return scale.price(family, Math.max(0, mark(leg.alightCall) - mark(leg.boardCall)));
    });
}

const linkPrice = (
  { priceMinor, vehicleCapacity }: { readonly priceMinor: number; readonly vehicleCapacity: number },
  passengers: number,
): number => priceMinor * (vehicleCapacity === 0 ? passengers : Math.ceil(passengers / vehicleCapacity));

/** The sum, or null where a leg has no price. */
export const totalPrice = (prices: readonly (number | null)[]): number | null =>
  prices.reduce<number | null>((sum, price) => (sum === null || price === null ? null : sum + price), 0);
