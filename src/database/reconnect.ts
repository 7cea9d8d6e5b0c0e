/** When to try again after a server could not be reached: soon at first, then less often, never all at once. */

const FIRST_MS = 100;
const LONGEST_MS = 2000;

export interface BackOffOptions {
  readonly firstMs?: number;
  readonly longestMs?: number;
}

/**
 * While a server is away one attempt at a time is let through, after a pause that doubles up to two seconds; everybody
 * else is told at once. Otherwise every request would wait out a connection attempt of its own, and a server that
 * comes back would be met by all of them.
 */
export class BackOff {
  readonly #first: number;
  readonly #longest: number;
  #failures = 0;
  #until = 0;
  #trying = false;

  constructor({ firstMs = FIRST_MS, longestMs = LONGEST_MS }: BackOffOptions = {}) {
    this.#first = firstMs;
    this.#longest = longestMs;
  }

  /** The last attempt failed. */
  get away(): boolean {
    return this.#failures > 0;
  }

  /** Milliseconds to the next attempt; 0: now. */
  get waitMs(): number {
    return Math.max(0, this.#until - performance.now());
  }

  /** Whether one may try now. Who is let try says how it went by `succeeded` or `failed`. */
  mayTry(): boolean {
    if (this.#failures === 0) return true;
    if (this.#trying || this.waitMs > 0) return false;
    this.#trying = true;
    return true;
  }

  succeeded(): void {
    this.#failures = 0;
    this.#trying = false;
  }

  /** A pause of half to one and a half times the usual: processes that lost one server do not return together. */
  failed(): void {
    const pause = Math.min(this.#longest, this.#first * 2 ** this.#failures);
    this.#failures = Math.min(this.#failures + 1, 30);
    this.#trying = false;
    this.#until = performance.now() + pause * (0.5 + Math.random());
  }
}
