import { FEED_CLASS } from './faresOf.ts';
import { metroPayments } from './metro.ts';
import type { FareTables } from './tables.ts';

/** Every class that a ride can have, in the order of the tables. */
export const classCodesOf = (tables: FareTables): ReadonlySet<string> =>
  new Set([
    ...tables.railClasses.map((row) => row.class),
    ...tables.roadFares.map(({ code }) => code),
    ...tables.airFares.map((row) => row.class),
    ...metroPayments,
    ...tables.meters.map(({ code }) => code),
    FEED_CLASS,
  ]);
