/** A pool of connections as one role, with Prisma over it. */
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { AppError } from '../errors.ts';
import { currentUser } from './asUser.ts';
import { BoundedPool, CONNECT_MS } from './boundedPool.ts';
import { PrismaClient } from './generated/client.ts';
import { processToken } from './processToken.ts';
import { roleUrl } from './roles.ts';
import type { Role } from './roles.ts';
import { RowSecurityPg, separateUsers } from './rowSecurity.ts';
import { asOneTransaction, refuseNested } from './transactionScope.ts';
import { sqlStateOf } from './sqlstate.ts';
import { readConnection } from './url.ts';
import { idleConnection, queryAsUser, setUser } from './userQuery.ts';

/** One SQL statement. With a `name` it is prepared once a connection and reused. */
interface Statement {
  readonly name?: string;
  readonly text: string;
  readonly values?: readonly unknown[];
}

export interface Queryable {
  /** As rs_app: runs as the user of {@link asUser}, or as nobody outside it. Throws the driver's error. */
  query<Row extends pg.QueryResultRow = pg.QueryResultRow>(
    statement: Statement,
  ): Promise<pg.QueryResult<Row>>;
}

export interface Database extends Queryable {
  readonly prisma: PrismaClient;
  /** Bare: statements sent here run as nobody, whatever {@link asUser} says. */
  readonly pool: BoundedPool;
  /**
   * Several statements in one transaction, as the user; rolled back when `work` throws. Not for long work.
   * Throws `INTERNAL` inside another transaction, when a statement failed and `work` returned all the same (nothing is
   * kept then), and for a statement after the end.
   */
  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface ConnectOptions {
  readonly ownerUrl: string;
  readonly role: Role;
  /** Connections; default `connection_limit` of the URL, else 10. */
  readonly max?: number;
  /** How long a request waits for a free connection; default `pool_timeout` of the URL, else 10 s; 0 for ever. */
  readonly poolTimeoutMs?: number;
  /** Default 15 s for rs_app, 120 s for rs_service (imports, clean-up). */
  readonly statementTimeoutMs?: number;
  /** How long a statement waits for a lock; default 5 s. */
  readonly lockTimeoutMs?: number;
}

const LOCK_TIMEOUT_MS = 5000;
const IDLE_IN_TRANSACTION_MS = 10_000;
/** After the server's own limit the client gives the connection up: the server or the network is gone. */
const BEYOND_MS = 5000;
/** A silent peer is found dead in this and ten seconds more. */
const KEEP_ALIVE_MS = 10_000;
const CONNECTION_CHECK_MS = 2000;
const INVALID_PARAMETER = '22023';

/** Opens a pool as `rs_app` (requests, under row-level security) or `rs_service` (sign-in, jobs). */
export async function connect(options: ConnectOptions): Promise<Database> {
  const connection = readConnection(options.ownerUrl);
  const url = roleUrl(options.ownerUrl, options.role);
  const underPolicies = options.role === 'rs_app';
  const limits = timeouts(options);
  const pool = new BoundedPool({
    ...readConnection(url).client,
    max: options.max ?? connection.connectionLimit ?? 10,
    connectionTimeoutMillis: options.poolTimeoutMs ?? connection.poolTimeoutMs ?? 10_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
    pipeline: true,
    types: { getTypeParser: typeParser },
    application_name: `${processToken} ${options.role}`,
    query_timeout: limits.statement_timeout + BEYOND_MS,
    ...(connection.pooled ? {} : limits),
    // Waited for, though its type does not say so: a connection is not used before `queryAsUser` can use it.
    onConnect: (client: pg.ClientBase) =>
      prepareConnection(client, {
        direct: !connection.pooled,
        asUsers: underPolicies && connection.prepare,
      }) as unknown as void,
  });
  // A connection that breaks is replaced at the next use; without a listener it would end the process. The pool listens
  // while one is idle, its user while one is used; in between (given on while a packet is read whose last message ends
  // the connection) nobody would.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const adapter = underPolicies ? new RowSecurityPg(pool, connection.prepare) : new PrismaPg(pool);
  const prisma = new PrismaClient({ adapter, errorFormat: 'minimal' });
  if (underPolicies) separateUsers(prisma);
  refuseNested(prisma);
  return new PooledDatabase(prisma, pool, underPolicies, connection.prepare);
}

/** What every new connection is told first, in one packet. `direct`: its session is ours, not lent by a pooler. */
async function prepareConnection(
  client: pg.ClientBase,
  { direct, asUsers }: { direct: boolean; asUsers: boolean },
): Promise<void> {
  const query_timeout = CONNECT_MS;
  const text = `SET client_connection_check_interval = ${CONNECTION_CHECK_MS}`;
  // A statement whose client gave up ends with it, where the server's system can tell (Linux, BSD, macOS).
  const unable = (error: unknown): void => {
    if (sqlStateOf(error) !== INVALID_PARAMETER) throw error;
  };
  await Promise.all([
    direct ? client.query({ text, query_timeout } as pg.QueryConfig).catch(unable) : null,
    asUsers ? client.query({ ...setUser('', true), query_timeout } as pg.QueryConfig) : null,
  ]);
}

const timeouts = (options: ConnectOptions) => ({
  statement_timeout: options.statementTimeoutMs ?? (options.role === 'rs_app' ? 15_000 : 120_000),
  lock_timeout: options.lockTimeoutMs ?? LOCK_TIMEOUT_MS,
  idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
});

const INT8 = 20;
const DATE = 1082;

/** `bigint` (counts) as a number, refused beyond 2^53; `date` as `YYYY-MM-DD`, not as a local midnight. */
function typeParser(oid: number, format?: 'text' | 'binary'): unknown {
  if (format === 'binary') return pg.types.getTypeParser(oid, 'binary');
  if (oid === INT8) return safeInteger;
  if (oid === DATE) return (text: string) => text;
  return pg.types.getTypeParser(oid, 'text');
}

function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value))
    throw new AppError('INTERNAL', `${text} is too large a number: select it as text`);
  return value;
}

const ENDED = 'A statement of a transaction that has ended: await every statement inside it';
const NOTHING_KEPT =
  'A statement failed inside the transaction, so nothing was kept: let its error through, or use a savepoint';

class PooledDatabase implements Database {
  readonly prisma: PrismaClient;
  readonly pool: BoundedPool;
  readonly #underPolicies: boolean;
  readonly #prepare: boolean;

  constructor(prisma: PrismaClient, pool: BoundedPool, underPolicies: boolean, prepare: boolean) {
    this.prisma = prisma;
    this.pool = pool;
    this.#underPolicies = underPolicies;
    this.#prepare = prepare;
  }

  query<Row extends pg.QueryResultRow>(statement: Statement): Promise<pg.QueryResult<Row>> {
    const userId = this.#underPolicies ? currentUser() : undefined;
    const config = this.#config(statement);
    if (userId === undefined) return this.pool.query<Row>(config);
    return queryAsUser<Row>(this.pool, userId, config, this.#prepare);
  }

  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T> {
    return asOneTransaction(() => this.#begin(work));
  }

  async #begin<T>(work: (tx: Queryable) => Promise<T>): Promise<T> {
    const userId = this.#underPolicies ? currentUser() : undefined;
    const client = await idleConnection(this.pool);
    let failure: Error | undefined;
    const onError = (error: Error) => (failure = error);
    client.on('error', onError);
    let open = true;
    const tx: Queryable = {
      // After the end the connection is another's.
      query: (statement) =>
        open ? client.query(this.#config(statement)) : Promise.reject(new AppError('INTERNAL', ENDED)),
    };
    try {
      await Promise.all([
        client.query('BEGIN'),
        ...(userId === undefined ? [] : [client.query(setUser(userId, this.#prepare))]),
      ]);
      const result = await work(tx);
      open = false;
      const { command } = await client.query('COMMIT');
      if (command !== 'COMMIT') throw new AppError('INTERNAL', NOTHING_KEPT);
      return result;
    } catch (error) {
      open = false;
      await client.query('ROLLBACK').catch((rollback: Error) => (failure = rollback));
      throw error;
    } finally {
      client.removeListener('error', onError);
      client.release(failure);
    }
  }

  async close(): Promise<void> {
    await this.prisma.$disconnect();
    if (!this.pool.ending) await this.pool.end();
  }

  #config(statement: Statement): pg.QueryConfig {
    const { name, text, values } = statement;
    return {
      ...(name !== undefined && this.#prepare ? { name } : {}),
      text,
      ...(values ? { values: [...values] } : {}),
    };
  }
}
