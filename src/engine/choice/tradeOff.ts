import { cost, duration, type Option } from './option.ts';

/** Distance from the ideal of shortest time and lowest price; smaller is better. */
export type TradeOff = (option: Option) => number;

/** Where a value lies between the least and the greatest of `all`: 0–1. */
function share(value: number, all: readonly number[]): number {
  const low = Math.min(...all);
  const high = Math.max(...all);
  return high > low ? (value - low) / (high - low) : 0;
}

const ratio = (value: number, all: readonly number[]): number =>
  Math.log(Math.max(1, value) / Math.max(1, Math.min(...all)));

/**
 * Time and price each scaled to 0–1 over the (time, price) front, the options of which none is both faster and
 * cheaper. Where only its two ends are on the front they tie, and the ratios to the best decide.
 */
export function tradeOffOf(options: readonly Option[]): TradeOff {
  const front = options.filter(
    (one) =>
      !options.some(
        (other) =>
          duration(other) <= duration(one) &&
          cost(other) <= cost(one) &&
          (duration(other) < duration(one) || cost(other) < cost(one)),
      ),
  );
  const times = front.map(duration);
  const prices = front.map(cost).filter(Number.isFinite);
  return (option) =>
    Math.hypot(share(duration(option), times), share(cost(option), prices)) +
    1e-3 * (ratio(duration(option), times) + ratio(cost(option), prices));
}
