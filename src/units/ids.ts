/** Branded string ids. Values are cuids, as the database schema's `@default(cuid())` makes them. */
declare const brand: unique symbol;
type Id<Name extends string> = string & { readonly [brand]: Name };
export type TripId = Id<'Trip'>;
export type NetworkId = Id<'Network'>;
export type SearchId = Id<'Search'>;

let counter = 0;

/**
 * A new cuid (`c` + base-36 time, counter and random part, 25 characters), for rows written by plain SQL.
 * Prisma makes its own for rows it writes. Ids are not secrets: tokens come from a CSPRNG elsewhere.
 */
export function newId<T extends string = string>(): T {
  counter = (counter + 1) % 36 ** 4;
  const random = crypto.getRandomValues(new Uint32Array(3));
  const tail = Array.from(random, (word) => word.toString(36).padStart(7, '0').slice(-4)).join('');
  return `c${Date.now().toString(36).padStart(8, '0')}${counter.toString(36).padStart(4, '0')}${tail}` as T;
}
