import { setTimeout as sleep } from 'node:timers/promises';
import { sqlStateOf } from '../../database/sqlstate.ts';

export interface BatchOptions<Row> {
  /** Writes all rows or none. */
  write(rows: readonly Row[]): Promise<void>;
  onError(error: unknown): void;
  /** With the database away, memory stays bounded: further rows are dropped and counted. */
  readonly queueRows: number;
  readonly batchRows?: number;
  /** A row waits this long for others to be written with it. */
  readonly waitMs?: number;
}

/** Together with a write (tens of milliseconds) well below the second that a crash may lose. */
const WAIT_MS = 500;
const BATCH_ROWS = 500;
/** Batches on their way at a time: one is being read by the server while the other is being sent. */
const WRITERS = 2;
const LONGEST_PAUSE_MS = 10_000;
const CLOSE_MS = 5000;

export interface BatchCounts {
  readonly waiting: number;
  readonly written: number;
  /** Found no room in the queue, or no database until the end. */
  readonly dropped: number;
  /** Not accepted by the database (a CHECK). */
  readonly refused: number;
}

/**
 * Collects rows beside the request's path and writes them in batches: at `batchRows`, after `waitMs`, at `flush` and
 * at `close`. While the database is away rows wait, and are tried again after a pause that grows to 10 s. A row that
 * the database refuses is found by halving its batch; the others are written.
 */
export class BatchWriter<Row> {
  readonly #options: BatchOptions<Row>;
  readonly #batchRows: number;
  readonly #waitMs: number;
  #queue: Row[] = [];
  #underWay = 0;
  #timer: NodeJS.Timeout | undefined;
  readonly #lanes = new Set<Promise<boolean>>();
  #pause = 0;
  #written = 0;
  #dropped = 0;
  #refused = 0;

  constructor(options: BatchOptions<Row>) {
    this.#options = options;
    this.#batchRows = options.batchRows ?? BATCH_ROWS;
    this.#waitMs = options.waitMs ?? WAIT_MS;
  }

  get counts(): BatchCounts {
    const [waiting, written] = [this.#queue.length + this.#underWay, this.#written];
    return { waiting, written, dropped: this.#dropped, refused: this.#refused };
  }

  /** Takes one row; returns at once. False: there was no room, the row is dropped. */
  add(row: Row): boolean {
    if (this.#queue.length + this.#underWay >= this.#options.queueRows) {
      this.#dropped++;
      return false;
    }
    this.#queue.push(row);
    if (this.#queue.length < this.#batchRows || this.#pause > 0) this.#wakeIn(this.#waitMs);
    else if (this.#lanes.size < WRITERS) this.#startLane();
    return true;
  }

  /** Writes what waits. True when everything is written, false when the database did not answer. */
  async flush(): Promise<boolean> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    while (this.#queue.length > 0 && this.#lanes.size < WRITERS) this.#startLane();
    const written = await Promise.all(this.#lanes);
    return written.every(Boolean) && this.#queue.length === 0;
  }

  /** Before the process ends: tries for up to 5 s, then drops and counts what is left. */
  async close(): Promise<void> {
    const deadline = Date.now() + CLOSE_MS;
    while (!(await this.flush()) && Date.now() < deadline) await sleep(100);
    clearTimeout(this.#timer);
    this.#dropped += this.#queue.length;
    this.#queue = [];
  }

  #wakeIn(ms: number): void {
    this.#timer ??= setTimeout(() => void this.flush(), ms);
  }

  #startLane(): void {
    const lane = this.#writeBatches().finally(() => this.#lanes.delete(lane));
    this.#lanes.add(lane);
  }

  /** Takes batches until none is left; false when the database did not answer. */
  async #writeBatches(): Promise<boolean> {
    while (this.#queue.length > 0) {
      const batch = this.#queue.splice(0, this.#batchRows);
      this.#underWay += batch.length;
      try {
        await this.#writeAll(batch);
        this.#pause = 0;
      } catch (error) {
        this.#queue.unshift(...batch);
        this.#options.onError(error);
        this.#pause = Math.min(Math.max(this.#waitMs, this.#pause * 2), LONGEST_PAUSE_MS);
        this.#wakeIn(this.#pause);
        return false;
      } finally {
        this.#underWay -= batch.length;
      }
    }
    return true;
  }

  async #writeAll(rows: readonly Row[]): Promise<void> {
    try {
      await this.#options.write(rows);
      this.#written += rows.length;
    } catch (error) {
      if (!isFaultOfRow(error)) throw error;
      if (rows.length === 1) {
        this.#refused++;
        this.#options.onError(error);
        return;
      }
      const half = rows.length >> 1;
      await this.#writeAll(rows.slice(0, half));
      await this.#writeAll(rows.slice(half));
    }
  }
}

/** Classes 22 (data) and 23 (constraint): trying again changes nothing. */
const isFaultOfRow = (error: unknown): boolean => /^2[23]/.test(sqlStateOf(error) ?? '');
