import { setTimeout as sleep } from 'node:timers/promises';
import { withinBudget } from '../../database/waitBudget.ts';
import { newId } from '../../units/ids.ts';
import { cacheRouteResults } from './cacheRouteResults.ts';
import {
  type AnswerFrame,
  type CachedAnswer,
  type CacheEntry,
  deleteExcessRoutes,
  type Queryable,
  releaseLease,
  selectCachedAnswer,
  takeLease,
} from './store.ts';

export interface RouteCacheOptions {
  /** The cache could not be used; the search went on without it. */
  onError(error: unknown): void;
  /** A holder that has not finished after this is taken for dead; a search stops after 2 s. */
  readonly leaseMs?: number;
  /** Where kept answers are looked for first: a replica, which may lack the latest. Default: the same database. */
  readonly reads?: Queryable;
  /** Milliseconds that were spent on looking. */
  readonly onLookup?: (ms: number) => void;
  readonly maxRows?: number;
  readonly maxBytes?: number;
}

/** A computed answer, with what its row says beside it. */
export interface ComputedAnswer extends CacheEntry {
  readonly answer: AnswerFrame;
}

export interface Answer {
  readonly routes: CachedAnswer['routes'];
  readonly answer: AnswerFrame;
  /** It was there already, here or in another process. */
  readonly cached: boolean;
  /** How long it is still kept; 0 when it was computed just now. */
  readonly keptMs: number;
}

/** Searches since the start, by where their answer came from. */
export interface RouteCacheCounts extends Record<string, number> {
  /** Found there. */
  readonly kept: number;
  readonly computed: number;
  /** Asked while another search of this process was finding the same. */
  readonly shared: number;
  /** Computed, since the cache could not be asked. */
  readonly unavailable: number;
}

const LEASE_MS = 6000;
/** At 10–17 KB compressed an entry the bytes are reached first. */
const MAX_ROWS = 20_000;
const MAX_BYTES = 256 * 1024 * 1024;
/** After so many entries a process looks at the size: the bounds are kept to within that many rows a process. */
const TRIM_EVERY = 64;
const TRIM_MS = 30_000;
/** A database that takes longer costs more than it saves. */
const STATEMENT_MS = 1000;

const FIRST_WAIT_MS = 20;
const LONGEST_WAIT_MS = 200;

/**
 * Answers from the database or computes once: calls in this process share one computation, and a lease row lets one
 * process compute while the others look for its result. When the cache fails the answer is computed without it.
 */
export class RouteCache {
  readonly #db: Queryable;
  readonly #reads: Queryable;
  readonly #options: RouteCacheOptions;
  readonly #leaseMs: number;
  /** Of this process: a key has one flight at a time, so a lease of ours is one that could not be given back. */
  readonly #holder = newId();
  readonly #flights = new Map<string, Promise<Answer>>();
  readonly #counts = { kept: 0, computed: 0, shared: 0, unavailable: 0 };
  #entries = 0;
  #trimming: Promise<void> | undefined;

  constructor(db: Queryable, options: RouteCacheOptions) {
    this.#db = db;
    this.#options = options;
    this.#reads = options.reads ?? db;
    this.#leaseMs = options.leaseMs ?? LEASE_MS;
  }

  /** Rejects only with what `compute` throws. */
  getOrCompute(cacheKey: string, compute: () => Promise<ComputedAnswer>): Promise<Answer> {
    let flight = this.#flights.get(cacheKey);
    if (flight) this.#counts.shared++;
    else {
      flight = this.#fly(cacheKey, compute).finally(() => this.#flights.delete(cacheKey));
      this.#flights.set(cacheKey, flight);
    }
    return flight;
  }

  get counts(): RouteCacheCounts {
    return { ...this.#counts };
  }

  /** Waits for work beside the requests. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#flights.values());
    await this.#trimming;
  }

  async #fly(cacheKey: string, compute: () => Promise<ComputedAnswer>): Promise<Answer> {
    const holder = this.#holder;
    const asked = performance.now();
    const found = await this.#findOrLease(cacheKey, holder).catch((error: unknown) => {
      this.#options.onError(error);
      return 'unavailable' as const;
    });
    this.#options.onLookup?.(performance.now() - asked);
    const outcome = typeof found === 'object' ? 'kept' : found === 'leased' ? 'computed' : found;
    this.#counts[outcome]++;
    if (typeof found === 'object') return found;
    let computed: ComputedAnswer;
    try {
      computed = await compute();
    } catch (error) {
      if (found === 'leased') await this.#release(cacheKey, holder);
      throw error;
    }
    if (found === 'leased') await this.#keep(cacheKey, computed, holder);
    return { routes: [...computed.routes], answer: computed.answer, cached: false, keptMs: 0 };
  }

  /**
   * The kept answer; or `leased`: this process computes; or `unavailable`: other holders were waited for in vain
   * for two leases, so this process computes for itself.
   */
  async #findOrLease(cacheKey: string, holder: string): Promise<Answer | 'leased' | 'unavailable'> {
    const patience = performance.now() + 2 * this.#leaseMs;
    for (
      let wait = FIRST_WAIT_MS;
      performance.now() < patience;
      wait = Math.min(wait * 1.6, LONGEST_WAIT_MS)
    ) {
      const kept = await this.#find(this.#reads, cacheKey);
      if (kept) return kept;
      if (await withinBudget(STATEMENT_MS, () => takeLease(this.#db, cacheKey, holder, this.#leaseMs))) {
        // Between the look and the lease another process may have finished.
        const meanwhile = await this.#find(this.#db, cacheKey);
        if (!meanwhile) return 'leased';
        await this.#release(cacheKey, holder);
        return meanwhile;
      }
      await sleep(wait * (0.5 + Math.random()));
    }
    return 'unavailable';
  }

  async #find(db: Queryable, cacheKey: string): Promise<Answer | null> {
    const kept = await withinBudget(STATEMENT_MS, () => selectCachedAnswer(db, cacheKey));
    return kept?.answer
      ? { routes: kept.routes, answer: kept.answer, cached: true, keptMs: kept.leftMs }
      : null;
  }

  async #keep(cacheKey: string, computed: ComputedAnswer, holder: string): Promise<void> {
    try {
      await withinBudget(STATEMENT_MS, async () => {
        if (!(await cacheRouteResults(this.#db, cacheKey, computed, holder)))
          await releaseLease(this.#db, cacheKey, holder);
      });
    } catch (error) {
      this.#options.onError(error);
      void this.#release(cacheKey, holder); // nobody waits for that: the lease ends by itself too
    }
    if (++this.#entries % TRIM_EVERY === 0) this.#trimming ??= this.#trim();
  }

  async #release(cacheKey: string, holder: string): Promise<void> {
    await withinBudget(STATEMENT_MS, () => releaseLease(this.#db, cacheKey, holder)).catch((error: unknown) =>
      this.#options.onError(error),
    );
  }

  async #trim(): Promise<void> {
    const { maxRows = MAX_ROWS, maxBytes = MAX_BYTES } = this.#options;
    try {
      await withinBudget(TRIM_MS, async () => {
        while ((await deleteExcessRoutes(this.#db, maxRows, maxBytes)) > 0);
      });
    } catch (error) {
      this.#options.onError(error);
    } finally {
      this.#trimming = undefined;
    }
  }
}
