/** Branded string ids. Values are cuids, as the database schema's `@default(cuid())` makes them. */
declare const brand: unique symbol;
type Id<Name extends string> = string & { readonly [brand]: Name };
export type TripId = Id<'Trip'>;
export type NetworkId = Id<'Network'>;
export type SearchId = Id<'Search'>;

/** Four characters of base 36. */
const BLOCK = 36 ** 4;
const block = (number: number): string => (number % BLOCK).toString(36).padStart(4, '0');

/** Random words drawn in advance: a draw costs 2.5 µs, however little it draws. */
const words = new Uint32Array(1024);
let used = words.length;
function randomWord(): number {
  if (used === words.length) {
    crypto.getRandomValues(words);
    used = 0;
  }
  return words[used++]!;
}

let counter = 0;

/**
 * A new cuid (`c` + base-36 time, counter and random part, 25 characters), for rows written by plain SQL.
 * Prisma makes its own for rows it writes. Ids are not secrets: tokens come from a CSPRNG elsewhere.
 */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller says which id it is
export function newId<T extends string = string>(): T {
  counter = (counter + 1) % BLOCK;
  const time = Date.now().toString(36).padStart(8, '0');
  return `c${time}${block(counter)}${block(randomWord())}${block(randomWord())}${block(randomWord())}` as T;
}
