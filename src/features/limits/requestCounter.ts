import type { RateLimitAnswer } from './checkRateLimit.ts';
import { type Queryable, selectWindowsLeft, takeTogether } from './store.ts';

/** Asks that one statement carries at most: locks stay short. */
const BATCH = 500;
/** A statement that has not answered after this does not keep the next from being sent. */
const PATIENCE_MS = 1000;
/** Full windows that are remembered; a flood from more addresses asks the database again. */
const REMEMBERED = 10_000;

interface Ask {
  readonly identifier: string;
  readonly maxRequests: number;
  readonly windowMs: number;
  resolve(answer: RateLimitAnswer): void;
  reject(error: unknown): void;
}

/**
 * `checkRateLimit` for many requests at once: what comes while a statement is under way goes together in the next
 * one, so that a burst costs a few statements and not one a request. As exact: the statement decides on the database's
 * clock. A window that is full stays so until it ends, so this process refuses the rest without asking.
 */
export class RequestCounter {
  readonly #db: Queryable;
  #waiting: Ask[] = [];
  #sending = false;
  /** Key → when the window ends, on the clock of `performance`. */
  readonly #full = new Map<string, number>();

  constructor(db: Queryable) {
    this.#db = db;
  }

  /** Counts one request, as `checkRateLimit` does. Rejects with the driver's error. */
  take(identifier: string, maxRequests: number, windowMs: number): Promise<RateLimitAnswer> {
    const until = this.#full.get(keyOf(identifier, maxRequests)) ?? 0;
    const left = until - performance.now();
    if (left > 0) return Promise.resolve(refusal(left));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ identifier, maxRequests, windowMs, resolve, reject });
      this.#schedule();
    });
  }

  #schedule(): void {
    if (this.#sending || this.#waiting.length === 0) return;
    this.#sending = true;
    // After the sockets that are readable now have been read.
    setImmediate(() => {
      const asks = this.#waiting.splice(0, BATCH);
      const groups = Map.groupBy(asks, ({ maxRequests, windowMs }) => `${maxRequests} ${windowMs}`);
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, PATIENCE_MS)));
      const sent = Promise.all([...groups.values()].map((group) => this.#send(group)));
      void Promise.race([sent, late]).finally(() => {
        clearTimeout(timer);
        this.#sending = false;
        this.#schedule();
      });
    });
  }

  /** One statement for asks of one limit and window. Never rejects. */
  async #send(asks: readonly Ask[]): Promise<void> {
    const { maxRequests, windowMs } = asks[0]!;
    // In one order everywhere: two processes that lock the same rows never wait for each other.
    const byIdentifier = [...Map.groupBy(asks, ({ identifier }) => identifier)].toSorted(([a], [b]) =>
      a < b ? -1 : 1,
    );
    const identifiers = byIdentifier.map(([identifier]) => identifier);
    try {
      const wanted = byIdentifier.map(([, group]) => group.length);
      const rows = await takeTogether(this.#db, identifiers, wanted, maxRequests, windowMs);
      const taken = new Map(rows.map((row) => [row.identifier, row]));
      const refused = identifiers.filter((identifier) => !taken.has(identifier));
      const left = await selectWindowsLeft(this.#db, refused, windowMs);
      for (const [identifier, group] of byIdentifier) {
        const row = taken.get(identifier);
        const leftMs = row?.left_ms ?? left.get(identifier) ?? windowMs;
        // Counted before these came; nobody is let in where it was full.
        const before = row ? row.request_count - group.length : maxRequests;
        if (before + group.length >= maxRequests) this.#remember(identifier, maxRequests, leftMs);
        group.forEach((ask, index) => {
          const remaining = maxRequests - before - index - 1;
          ask.resolve(remaining >= 0 ? admission(remaining, leftMs) : refusal(leftMs));
        });
      }
    } catch (error) {
      for (const ask of asks) ask.reject(error);
    }
  }

  #remember(identifier: string, maxRequests: number, leftMs: number): void {
    if (this.#full.size >= REMEMBERED) this.#full.clear();
    this.#full.set(keyOf(identifier, maxRequests), performance.now() + leftMs);
  }
}

const keyOf = (identifier: string, maxRequests: number): string => `${maxRequests} ${identifier}`;
const inMs = (ms: number): Date => new Date(Date.now() + ms);
const admission = (remaining: number, leftMs: number): RateLimitAnswer => ({
  allowed: true,
  remaining,
  resetTime: inMs(leftMs),
});
const refusal = (leftMs: number): RateLimitAnswer => ({
  allowed: false,
  remaining: 0,
  resetTime: inMs(leftMs),
});
