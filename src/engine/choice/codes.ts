/** What the choice says of its picks, offers and exclusions, for programs. */
export const pickNames = ['FASTEST', 'CHEAPEST', 'BALANCED', 'SAFEST'] as const;
export type PickName = (typeof pickNames)[number];

/**
 * Why an option is offered, with its numbers. FASTEST: minutes of the journey. CHEAPEST: price in minor units.
 * BALANCED: minutes less than the cheapest, minor units less than the fastest, minutes that what is hard in it weighs. SAFEST: minutes to spare at the change
 * with the least of them; null and no change, when there is none. FASTEST_OF_MODE, CHEAPEST_OF_MODE: minutes, price.
 * FEWEST_CHANGES: their number. OTHER_DEPARTURE: minutes to the nearest one offered of its main mode.
 */
export const reasonCodes = [
  ...pickNames,
  'FASTEST_OF_MODE',
  'CHEAPEST_OF_MODE',
  'FEWEST_CHANGES',
  'OTHER_DEPARTURE',
] as const;
export type ReasonCode = (typeof reasonCodes)[number];

/**
 * Why an option is not offered.
 * DUPLICATE: the same journey, or alike but for where the waiting is done. DOMINATED: another of its main mode is no
 * worse in departure, arrival, price, changes and felt time, and better in one of the first four. NOT_WORTH_IT:
 * another of its main mode is shorter and changes no more, and what is gained by leaving later, arriving sooner and
 * the price is less than the time lost is worth. SMALL_GAIN: more changes for too little.
 * SILLY: far slower than the fastest of its main mode and not the cheapest. LONG_CHAIN: many more changes, slower and
 * no cheaper. LOOP: it comes back to a city that it has left. EARLY_START: it goes to the station hours before the
 * first ride, since local lines stop for the night. OTHER_MODE_BETTER: another main mode is faster, cheaper and changes less, and its own is shown already or
 * far behind. SAME_RUNS: the same trains, buses and flights by another way to them, for too little or shown already. SAME_AGAIN: its main mode has had its turn,
 * and one shown is about as long and as dear; or it comes every few minutes, and one nearer to the time is there. NO_ROOM: enough others are offered.
 */
export const exclusionCodes = [
  'DUPLICATE',
  'DOMINATED',
  'NOT_WORTH_IT',
  'LOOP',
  'EARLY_START',
  'SMALL_GAIN',
  'SILLY',
  'LONG_CHAIN',
  'OTHER_MODE_BETTER',
  'SAME_RUNS',
  'SAME_AGAIN',
  'NO_ROOM',
] as const;
export type ExclusionCode = (typeof exclusionCodes)[number];
