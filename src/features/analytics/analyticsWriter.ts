import { setTimeout as sleep } from 'node:timers/promises';
import { withinBudget } from '../../database/waitBudget.ts';
import { BatchWriter, type BatchCounts } from './batchWriter.ts';
import {
  type BookingClickRecord,
  type ClickRecord,
  insertBookingClicks,
  insertSearchQueries,
  type Queryable,
  type SearchQueryRecord,
  updateClickedRoutes,
} from './store.ts';

interface PendingClick extends ClickRecord {
  readonly attempts: number;
}

/** Rows of about 1 KB, and of up to 130 KB (two JSON documents of 64 KiB): memory stays below 130 MB each. */
const SEARCH_ROWS = 10_000;
const CLICK_ROWS = 1000;

/** A batch that takes longer is tried again: the database or the way to it hangs. */
const WRITE_MS = 5000;

/** Another process may still hold the search in its queue. */
const CLICK_ATTEMPTS = 3;
const CLICK_RETRY_MS = 1000;

export interface AnalyticsOptions {
  readonly onError: (error: unknown) => void;
  /** Keys the hashes of addresses; the same in all processes. Without it no address leaves a trace at all. */
  readonly secret?: string | undefined;
  /** Now in milliseconds since 1970; for tests. */
  readonly now?: () => number;
}

/** The queues of this process towards the analytics tables. The database is one of rs_service. */
export class AnalyticsWriter {
  readonly secret: string | undefined;
  readonly now: () => number;
  readonly searches: BatchWriter<SearchQueryRecord>;
  readonly bookingClicks: BatchWriter<BookingClickRecord>;
  readonly #clicks: BatchWriter<PendingClick>;
  #unmatched = 0;
  readonly #closing = new AbortController();

  constructor(database: Queryable, { onError, secret, now = Date.now }: AnalyticsOptions) {
    this.secret = secret;
    this.now = now;
    this.searches = new BatchWriter({
      write: (rows) => withinBudget(WRITE_MS, () => insertSearchQueries(database, rows)),
      onError,
      queueRows: SEARCH_ROWS,
    });
    this.bookingClicks = new BatchWriter({
      write: (rows) => withinBudget(WRITE_MS, () => insertBookingClicks(database, rows)),
      onError,
      queueRows: CLICK_ROWS,
      batchRows: 100,
    });
    this.#clicks = new BatchWriter({
      write: (rows) => withinBudget(2 * WRITE_MS, () => this.#writeClicks(database, rows)),
      onError,
      queueRows: CLICK_ROWS,
      batchRows: 100,
    });
  }

  /** Of this process since its start. `unmatched`: clicks on searches that do not exist or are another user's. */
  get counts(): Record<'searches' | 'bookingClicks' | 'clickedRoutes', BatchCounts> & { unmatched: number } {
    return {
      searches: this.searches.counts,
      bookingClicks: this.bookingClicks.counts,
      clickedRoutes: this.#clicks.counts,
      unmatched: this.#unmatched,
    };
  }

  addClick(click: ClickRecord): void {
    this.#clicks.add({ ...click, attempts: 1 });
  }

  /** Writes what waits; resolves when it is written or the database did not answer. */
  async flush(): Promise<void> {
    await Promise.all([this.searches.flush(), this.bookingClicks.flush()]);
    await this.#clicks.flush();
  }

  /** At shutdown, before the database is closed. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all([this.searches.close(), this.bookingClicks.close()]);
    await this.#clicks.close();
  }

  async #writeClicks(database: Queryable, clicks: readonly PendingClick[]): Promise<void> {
    await this.searches.flush(); // a click follows its search
    const last = new Map(clicks.map((click) => [click.searchId, click]));
    const found = await updateClickedRoutes(database, [...last.values()]);
    for (const click of last.values()) if (!found.has(click.searchId)) this.#again(click);
  }

  #again(click: PendingClick): void {
    if (click.attempts >= CLICK_ATTEMPTS || this.#closing.signal.aborted) {
      this.#unmatched++;
      return;
    }
    void sleep(CLICK_RETRY_MS, undefined, { signal: this.#closing.signal, ref: false }).then(
      () => this.#clicks.add({ ...click, attempts: click.attempts + 1 }),
      () => this.#unmatched++,
    );
  }
}
