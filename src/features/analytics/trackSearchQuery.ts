import type { Queryable } from '../../database/connect.ts';
import { insertSearchQueries, type SearchQueryRow } from './store.ts';

/** A row waits this long for others to be written with it: what a crash may lose. */
const WAIT_MS = 500;
const BATCH_ROWS = 500;
/** With the database away, memory stays bounded: further rows are dropped and counted. */
const QUEUE_ROWS = 10_000;

/**
 * Writes searches in batches beside the request's path. A failed batch is tried again with the next one; rows
 * beyond `QUEUE_ROWS` are dropped and counted.
 */
export class SearchTracker {
  readonly #database: Queryable;
  readonly #onError: (error: unknown) => void;
  #queue: SearchQueryRow[] = [];
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> | undefined;
  #dropped = 0;

  constructor(database: Queryable, onError: (error: unknown) => void) {
    this.#database = database;
    this.#onError = onError;
  }

  /** Rows that found no room. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Takes one search to be written soon; returns at once. */
  trackSearchQuery(row: SearchQueryRow): void {
    if (this.#queue.length >= QUEUE_ROWS) {
      this.#dropped++;
      return;
    }
    this.#queue.push(row);
    if (this.#queue.length >= BATCH_ROWS) void this.flush();
    else this.#timer ??= setTimeout(() => void this.flush(), WAIT_MS);
  }

  /** Writes what waits; resolves when it is written or has failed. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing ??= this.#write().finally(() => {
      this.#writing = undefined;
    });
    await this.#writing;
  }

  async #write(): Promise<void> {
    while (this.#queue.length > 0) {
      const batch = this.#queue.slice(0, BATCH_ROWS);
      try {
        await insertSearchQueries(this.#database, batch);
        this.#queue = this.#queue.slice(batch.length);
      } catch (error) {
        this.#onError(error);
        return;
      }
    }
  }
}
