import { cost, feltMinutes, type Option } from './option.ts';

/** Distance from the ideal of shortest felt time and lowest price; smaller is better. */
export type TradeOff = (option: Option) => number;

/**
 * How far a value lies above the least of `all`, in parts of their range; where that is less than the least itself, in
 * parts of it: between ₹570 and ₹800 the price decides little.
 */
function share(value: number, all: readonly number[]): number {
  const low = Math.min(...all);
  const scale = Math.max(Math.max(...all) - low, low);
  return scale > 0 ? (value - low) / scale : 0;
}

const ratio = (value: number, all: readonly number[]): number =>
  Math.log(Math.max(1, value) / Math.max(1, Math.min(...all)));

/**
 * Felt time and price each scaled over their front, the options of which none is both shorter and cheaper. Where only its two ends are on the front they tie, and the ratios to the best decide.
 */
export function tradeOffOf(options: readonly Option[]): TradeOff {
  const front = options.filter(
    (one) =>
      !options.some(
        (other) =>
          feltMinutes(other) <= feltMinutes(one) &&
          cost(other) <= cost(one) &&
          (feltMinutes(other) < feltMinutes(one) || cost(other) < cost(one)),
      ),
  );
  const times = front.map(feltMinutes);
  const prices = front.map(cost).filter(Number.isFinite);
  return (option) =>
    Math.hypot(share(feltMinutes(option), times), share(cost(option), prices)) +
    1e-3 * (ratio(feltMinutes(option), times) + ratio(cost(option), prices));
}
