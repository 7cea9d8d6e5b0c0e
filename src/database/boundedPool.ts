/** A pool in which nobody waits for ever: not for a connection, not for an answer, not for a server that is away. */
import pg from 'pg';
import { AppError } from '../errors.ts';
import { BackOff } from './reconnect.ts';
import { currentBudget, type WaitBudget } from './waitBudget.ts';

/** A connection that is not there after this will not come; below the 10 s in which a fault must be over. */
export const CONNECT_MS = 5000;
/** Whom the estimate tells to wait longer than this is sent away at once. */
const LONGEST_QUEUE_MS = 1000;
/** So many may wait whatever the estimate says: it lags behind. */
const SHORT_QUEUE = 20;
/** Weight of the latest in the running mean. */
const LATEST = 0.1;
/** What ends a transaction is sent also when the time is up. */
const LEAST_MS = 100;
/** Sockets of a server that does not answer are cut after this. */
const END_MS = 2000;

type Given = (error: Error | undefined, client: pg.PoolClient | undefined, done: () => void) => void;

/** What `pg` does not declare of a client. */
interface Inside {
  query(...given: unknown[]): unknown;
  readonly connection: { readonly stream: { readonly destroyed: boolean; destroy(): void } };
}

export interface PoolCounts {
  readonly max: number;
  readonly open: number;
  readonly idle: number;
  readonly waiting: number;
  /** Milliseconds that a connection is held, running mean. */
  readonly heldMs: number;
  /** The server could not be reached at the last attempt. */
  readonly away: boolean;
  /** Since the start: sent away for the length of the queue, while the server was away, for their time. */
  readonly refused: { readonly queue: number; readonly away: number; readonly late: number };
  /** Acquisitions since the start. */
  readonly acquired: number;
}

export class BoundedPool extends pg.Pool {
  readonly #backOff = new BackOff();
  readonly #clients = new Set<pg.PoolClient>();
  readonly #refused = { queue: 0, away: 0, late: 0 };
  #heldMs = 1;
  #acquired = 0;

  constructor(config: pg.PoolConfig) {
    const { connectionTimeoutMillis: wait = 0 } = config;
    super({ ...config, ...(wait > 0 ? { Client: clientWithin(Math.min(wait, CONNECT_MS)) } : {}) });
    this.on('connect', (client) => {
      this.#clients.add(client);
      boundQueries(client);
    });
    this.on('remove', (client) => this.#clients.delete(client));
  }

  get counts(): PoolCounts {
    return {
      max: this.options.max,
      open: this.totalCount,
      idle: this.idleCount,
      waiting: this.waitingCount,
      heldMs: this.#heldMs,
      away: this.#backOff.away,
      refused: { ...this.#refused },
      acquired: this.#acquired,
    };
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(given: Given): void;
  override connect(given?: Given): Promise<pg.PoolClient> | void {
    const acquired = this.#acquire(currentBudget());
    if (!given) return acquired;
    acquired.then(
      (client) => given(undefined, client, () => client.release()),
      (error: Error) => given(error, undefined, () => {}),
    );
  }

  /** Rejects with the driver's error; with `DATABASE` while the server is away, `UNAVAILABLE` when it is too busy. */
  async #acquire(budget: WaitBudget | undefined): Promise<pg.PoolClient> {
    if (budget) this.#refuseWhoWouldWait(budget);
    const opens = this.idleCount === 0 && this.totalCount < this.options.max;
    if (opens && !this.#backOff.mayTry()) {
      this.#refused.away++;
      throw new AppError('DATABASE', 'The database cannot be reached');
    }
    budget?.begin();
    try {
      const asked = super.connect();
      if (opens)
        asked.then(
          () => this.#backOff.succeeded(),
          (error: Error) => this.#opened(error),
        );
      return this.#lent(await (budget ? this.#inTime(asked, budget) : asked), budget);
    } catch (error) {
      budget?.end();
      throw error;
    }
  }

  /** A place in the queue that became free for nobody is no failure of the server. */
  #opened(error: Error): void {
    if (/timeout exceeded when trying to connect/.test(error.message)) this.#backOff.succeeded();
    else this.#backOff.failed();
  }

  #refuseWhoWouldWait(budget: WaitBudget): void {
    if (budget.leftMs <= 0) this.#late();
    const { waitingCount: waiting, options } = this;
    const estimate = (this.#heldMs * (waiting + 1)) / options.max;
    if (waiting < SHORT_QUEUE || estimate < Math.min(LONGEST_QUEUE_MS, budget.leftMs)) return;
    this.#refused.queue++;
    throw new AppError('OVERLOADED', 'Too many requests wait for the database: try again in a few seconds');
  }

  #late(): never {
    this.#refused.late++;
    throw new AppError('UNAVAILABLE', 'The database did not answer in time: try again');
  }

  async #inTime(asked: Promise<pg.PoolClient>, budget: WaitBudget): Promise<pg.PoolClient> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), budget.leftMs)));
    const client = await Promise.race([asked, late]);
    clearTimeout(timer);
    if (client) return client;
    asked.then(
      (unclaimed) => unclaimed.release(),
      () => {},
    ); // for the next
    return this.#late();
  }

  #lent(client: pg.PoolClient, budget: WaitBudget | undefined): pg.PoolClient {
    this.#acquired++;
    const since = performance.now();
    const release = client.release.bind(client);
    client.release = (error) => {
      this.#heldMs += LATEST * (performance.now() - since - this.#heldMs);
      budget?.end();
      // A connection that was given up in the middle of an answer is nobody's any more.
      release(error || (client as unknown as Inside).connection.stream.destroyed);
    };
    return client;
  }

  /** Ends all connections; those of a server that does not answer are cut. */
  override async end(): Promise<void> {
    const cut = setTimeout(() => {
      for (const client of this.#clients) (client as unknown as Inside).connection.stream.destroy();
    }, END_MS);
    await super.end();
    clearTimeout(cut);
  }
}

/** The pool passes its own patience on to its clients; these have one of their own. */
function clientWithin(connectMs: number): new (config?: string | pg.ClientConfig) => pg.Client {
  return class extends pg.Client {
    constructor(config?: string | pg.ClientConfig) {
      super({ ...(config as pg.ClientConfig), connectionTimeoutMillis: connectMs });
    }
  };
}

/** Every statement of a request ends with its budget: `pg` then gives the connection up, whatever the server does. */
function boundQueries(client: Inside): void {
  const send = client.query.bind(client);
  client.query = (statement, ...rest) => {
    const budget = currentBudget();
    if (!budget) return send(statement, ...rest);
    const query_timeout = Math.max(LEAST_MS, Math.ceil(budget.leftMs));
    if (typeof statement === 'string') return send({ text: statement, query_timeout }, ...rest);
    const query = statement as object;
    // A query that sends itself keeps its identity.
    const timed = 'submit' in query ? Object.assign(query, { query_timeout }) : { ...query, query_timeout };
    return send(timed, ...rest);
  };
}
