/** Reads from a streaming replica, as long as it is there and not far behind; else, without a failure, from the primary. */
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { connect, type Database, type Queryable } from './connect.ts';
import type { Role } from './roles.ts';
import { withinBudget } from './waitBudget.ts';

export interface ReaderCounts {
  /** Statements since the start, by who answered. */
  readonly replica: number;
  readonly primary: number;
  /** Behind the primary; null while that is not known. */
  readonly lagMs: number | null;
  /** Whether the next statement goes to the replica. */
  readonly used: boolean;
}

/** For reads that may be a moment old. */
export interface Reader extends Queryable {
  readonly counts: ReaderCounts;
  /** Several reads on one side; begun again on the primary when the replica fails in the middle. */
  read<T>(work: (database: Database) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface ReaderOptions {
  /** The owner's URL at the replica; absent: there is none. */
  readonly readUrl: string | undefined;
  readonly role: Role;
  readonly maxLagMs: number;
  /** It is used again, or is not any more, and why. */
  readonly onChange?: (change: { readonly used: boolean; readonly reason: string }) => void;
  readonly lookMs?: number;
}

const LOOK_MS = 1000;
/** The replica gets this much of a request's time before the primary is asked. */
const REPLICA_MS = 800;
const KEPT_MARKS = 120;
/** How far behind it is shows at the second look. */
const FIRST_LOOKS = 3;
const FIRST_LOOK_MS = 100;

/** Opens it; a replica that is away now is used when it comes. */
export async function openReader(primary: Database, options: ReaderOptions): Promise<Reader> {
  if (options.readUrl === undefined) return onPrimary(primary);
  const { role } = options;
  const replica = await connect({ ownerUrl: options.readUrl, role });
  const reader = new ReplicaReader(primary, replica, options);
  for (let turn = 0; turn < FIRST_LOOKS && !reader.counts.used; turn++) {
    if (turn > 0) await sleep(FIRST_LOOK_MS);
    await reader.look();
  }
  return reader;
}

function onPrimary(primary: Database): Reader {
  let count = 0;
  return {
    query: (statement) => {
      count++;
      return primary.query(statement);
    },
    read: (work) => {
      count++;
      return work(primary);
    },
    get counts() {
      return { replica: 0, primary: count, lagMs: null, used: false };
    },
    close: async () => {},
  };
}

/** Where the primary's log was, and when. */
interface Mark {
  readonly at: number;
  readonly position: bigint;
}

class ReplicaReader implements Reader {
  readonly #primary: Database;
  readonly #replica: Database;
  readonly #options: ReaderOptions;
  readonly #timer: NodeJS.Timeout;
  #marks: Mark[] = [];
  #lagMs: number | null = null;
  #used = false;
  #looking: Promise<void> | null = null;
  #counts = { replica: 0, primary: 0 };

  constructor(primary: Database, replica: Database, options: ReaderOptions) {
    this.#primary = primary;
    this.#replica = replica;
    this.#options = options;
    this.#timer = setInterval(() => void this.look(), options.lookMs ?? LOOK_MS);
    this.#timer.unref();
  }

  get counts(): ReaderCounts {
    return { ...this.#counts, lagMs: this.#lagMs, used: this.#used };
  }

  async query<Row extends pg.QueryResultRow>(
    statement: Parameters<Queryable['query']>[0],
  ): Promise<pg.QueryResult<Row>> {
    return this.#either(
      (database) => database.query<Row>(statement),
      (asked) => withinBudget(REPLICA_MS, asked),
    );
  }

  read<T>(work: (database: Database) => Promise<T>): Promise<T> {
    return this.#either(work, (asked) => asked());
  }

  async #either<T>(
    work: (database: Database) => Promise<T>,
    inTime: (asked: () => Promise<T>) => Promise<T>,
  ): Promise<T> {
    if (this.#used)
      try {
        const answer = await inTime(() => work(this.#replica));
        this.#counts.replica++;
        return answer;
      } catch {
        // Gone, behind a lock of its recovery, or the statement is at fault, which the primary will say.
        this.#change(false, 'it did not answer');
      }
    this.#counts.primary++;
    return work(this.#primary);
  }

  /** Asks both where they are. */
  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => (this.#looking = null));
    return this.#looking;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
    await this.#replica.close();
  }

  async #look(): Promise<void> {
    const { maxLagMs } = this.#options;
    // Without the primary the replica is as new as it gets.
    await withinBudget(REPLICA_MS, () => this.#mark()).catch(() => {});
    try {
      const { rows } = await withinBudget(REPLICA_MS, () =>
        this.#replica.query<{ replica: boolean; position: string | null }>({
          name: 'replica_position',
          text: `SELECT pg_is_in_recovery() AS replica, (pg_last_wal_replay_lsn() - '0/0')::text AS position`,
        }),
      );
      const [found] = rows;
      if (!found?.replica || found.position === null)
        return this.#change(false, 'it is no replica (any more)');
      this.#lagMs = this.#lag(BigInt(found.position));
      if (this.#lagMs === null || this.#lagMs > maxLagMs) this.#change(false, 'it is too far behind');
      else this.#change(true, 'it is there');
    } catch {
      this.#lagMs = null;
      this.#change(false, 'it did not answer');
    }
  }

  /**
   * The time of the last transaction (`pg_last_xact_replay_timestamp`) says nothing while nobody writes, and
   * `pg_last_wal_receive_lsn` nothing when the replica hears of nothing: only the primary knows where it is.
   */
  async #mark(): Promise<void> {
    const { rows } = await this.#primary.query<{ position: string }>({
      name: 'primary_position',
      text: `SELECT (pg_current_wal_flush_lsn() - '0/0')::text AS position`,
    });
    this.#marks.push({ at: performance.now(), position: BigInt(rows[0]!.position) });
    if (this.#marks.length > KEPT_MARKS) this.#marks.shift();
  }

  /** How long ago the primary was where the replica is now; null: longer than is remembered. */
  #lag(position: bigint): number | null {
    const next = this.#marks.find((mark) => mark.position > position);
    if (!next) return this.#marks.length === 0 ? null : 0;
    const before = this.#marks[this.#marks.indexOf(next) - 1];
    return before ? performance.now() - before.at : null;
  }

  #change(used: boolean, reason: string): void {
    if (used === this.#used) return;
    this.#used = used;
    this.#options.onChange?.({ used, reason });
  }
}
