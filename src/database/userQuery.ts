/**
 * One statement of rs_app as a user, in one round trip.
 *
 * In the extended protocol everything up to one `Sync` is one implicit transaction
 * (https://www.postgresql.org/docs/18/protocol-flow.html#PROTOCOL-FLOW-PIPELINING), so `set_config(…, true)` and the
 * statement share it without BEGIN and COMMIT: a failure of either takes both back, the setting ends with it, and a
 * pooler in transaction mode keeps them on one server. Half the time of `BEGIN │ SET LOCAL │ statement │ COMMIT` in
 * one packet (a leg upsert at 10 connections: 2.9k → 5.0k/s, raw 5.9k/s).
 *
 * `pg` sends the messages; this adds two before them and drops their two answers. Should `pg` change so that they are
 * not sent, the statement runs as nobody, who sees nothing, and is refused here.
 */
import pg from 'pg';
import { AppError } from '../errors.ts';
import { sqlStateOf } from './sqlstate.ts';

const NAME = 'rs_set_user';
const TEXT = `SELECT set_config('app.user_id', $1, true)`;

/** Also prepares it. With `prepare` false it has no name (poolers without prepared statements). */
export const setUser = (userId: string, prepare: boolean): pg.QueryConfig => ({
  ...(prepare ? { name: NAME } : {}),
  text: TEXT,
  values: [userId],
});

/** What `pg` does not declare of its connection and its query, as it is in 8.23. */
interface Wire {
  parse(statement: { readonly name: string; readonly text: string }): void;
  bind(portal: {
    readonly portal: string;
    readonly statement: string;
    readonly values: readonly string[];
  }): void;
  execute(portal: { readonly portal: string; readonly rows: number }): void;
}
interface DriverQuery extends pg.Submittable {
  prepare(wire: Wire): void;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, wire: Wire): void;
}
type Answered = (error: Error | null, result: pg.QueryResult) => void;
const DriverQuery = pg.Query as unknown as new (
  statement: pg.QueryConfig,
  values: undefined,
  answered: Answered,
) => DriverQuery;

class UserQuery extends DriverQuery {
  readonly #userId: string;
  readonly #prepared: boolean;
  #userSet = false;

  constructor(statement: pg.QueryConfig, userId: string, prepared: boolean, answered: Answered) {
    super(statement, undefined, answered);
    this.#userId = userId;
    this.#prepared = prepared;
  }

  get userSet(): boolean {
    return this.#userSet;
  }

  /** Never the simple protocol: it has no parameters, and several statements fit into one text. */
  requiresPreparation(): boolean {
    return true;
  }

  override prepare(wire: Wire): void {
    if (!this.#prepared) wire.parse({ name: '', text: TEXT });
    wire.bind({ portal: '', statement: this.#prepared ? NAME : '', values: [this.#userId] });
    wire.execute({ portal: '', rows: 0 });
    super.prepare(wire); // parse if new, bind, describe, execute, sync
  }

  override handleDataRow(message: unknown): void {
    if (this.#userSet) super.handleDataRow(message); // before: the row of set_config
  }

  override handleCommandComplete(message: unknown, wire: Wire): void {
    if (this.#userSet) super.handleCommandComplete(message, wire);
    else this.#userSet = true;
  }
}

/**
 * A connection outside any transaction. One that was left inside is thrown away: in an open transaction the user
 * would stay set for whoever comes next.
 */
export async function idleConnection(pool: pg.Pool): Promise<pg.PoolClient> {
  for (;;) {
    const client = await pool.connect();
    if (client.getTransactionStatus() === 'I') return client;
    client.release(true);
  }
}

/**
 * The connection is of no more use: the server ends it (08…, 57P…, 25P03), which the socket says a moment later; or
 * its prepared statements are not what `pg` remembers, dropped by a pooler (26000) or of a table that changed (0A000).
 */
const isSpent = (state: string): boolean => /^(08|57P|25P03|26000|0A000)/.test(state);

/**
 * Sends one statement as the user over one connection of the pool. With `prepared`, the pool prepares
 * {@link setUser} on its new connections. Throws the driver's error, `INTERNAL` when the statement opens a transaction.
 */
export async function queryAsUser<Row extends pg.QueryResultRow>(
  pool: pg.Pool,
  userId: string,
  statement: pg.QueryConfig,
  prepared: boolean,
): Promise<pg.QueryResult<Row>> {
  const client = await idleConnection(pool);
  let broken = false;
  const onError = () => (broken = true);
  client.on('error', onError);
  try {
    const result = await new Promise<pg.QueryResult<Row>>((resolve, reject) => {
      const query = new UserQuery(statement, userId, prepared, (error, answer) => {
        if (error) reject(error);
        else if (query.userSet) resolve(answer);
        else reject(new AppError('INTERNAL', 'pg changed inside: the user was not set'));
      });
      client.query(query);
    });
    if (client.getTransactionStatus() !== 'I') {
      broken = true;
      throw new AppError('INTERNAL', 'A statement left a transaction open: use Database.transaction');
    }
    return result;
  } catch (error) {
    if (isSpent(sqlStateOf(error) ?? '')) broken = true;
    // From here the stack leads to who asked, not to the socket.
    if (error instanceof Error && !(error instanceof AppError)) Error.captureStackTrace(error);
    throw error;
  } finally {
    client.removeListener('error', onError);
    client.release(broken);
  }
}
