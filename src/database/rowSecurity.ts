/**
 * Row-level security at the driver: Prisma's statements as rs_app carry the user with them (a Prisma extension with
 * `$transaction` costs three times the statement). The setting is local to the transaction, so nothing stays in the
 * connection for the next user or a pooler.
 */
import { PrismaPg } from '@prisma/adapter-pg';
import type { IsolationLevel, SqlQuery } from '@prisma/driver-adapter-utils';
import type pg from 'pg';
import { AppError } from '../errors.ts';
import { currentUser } from './asUser.ts';
import type { PrismaClient } from './generated/client.ts';
import { queryAsUser, setUser } from './userQuery.ts';

const setUserQuery = (userId: string): SqlQuery => ({
  sql: setUser(userId, false).text,
  args: [userId],
  argTypes: [{ scalarType: 'string', arity: 'scalar' }],
});

type Adapter = Awaited<ReturnType<PrismaPg['connect']>>;

/** What the adapter keeps private, as it is in 7.10.0 (every Prisma package is pinned to that version). */
interface AdapterInside {
  performIO(query: SqlQuery): Promise<pg.QueryArrayResult>;
}

/** Prisma's adapter, running every statement and transaction as the current user. */
export class RowSecurityPg extends PrismaPg {
  readonly #pool: pg.Pool;
  readonly #prepare: boolean;

  /** `prepare` as for `queryAsUser`. */
  constructor(pool: pg.Pool, prepare: boolean) {
    super(pool);
    this.#pool = pool;
    this.#prepare = prepare;
  }

  override async connect(): Promise<Adapter> {
    const adapter = await super.connect();
    const inside = adapter as unknown as AdapterInside;
    const direct = inside.performIO.bind(inside);
    inside.performIO = (query) => {
      const userId = currentUser();
      if (userId === undefined) return direct(query); // nobody: the policies show nothing
      // The adapter's own reading of values, with the user's door in place of the pool.
      const door = {
        query: (statement: pg.QueryConfig) => queryAsUser(this.#pool, userId, statement, this.#prepare),
      };
      const asThisUser = Object.create(adapter, { client: { value: door } }) as AdapterInside;
      return (Object.getPrototypeOf(adapter) as AdapterInside).performIO.call(asThisUser, query);
    };
    const start = adapter.startTransaction.bind(adapter);
    adapter.startTransaction = async (isolationLevel?: IsolationLevel) => {
      const userId = currentUser();
      const transaction = await start(isolationLevel);
      if (userId === undefined) return transaction;
      try {
        await transaction.queryRaw(setUserQuery(userId));
      } catch (error) {
        await transaction.executeRaw({ sql: 'ROLLBACK', args: [], argTypes: [] }).catch(() => {});
        await transaction.rollback(); // gives the connection back
        throw error;
      }
      return transaction;
    };
    return adapter;
  }
}

/** Prisma's collector of the requests of one tick, private, as it is in 7.10.0. */
interface Loader {
  readonly options: object;
  request(request: unknown): Promise<unknown>;
}
type LoaderClass = new (options: object) => Loader;

/**
 * Prisma collects what is asked in one tick and sends it from there: `findUnique`s of the same shape become one
 * statement, and every `$transaction([…])` starts in the async context of whoever asked first. Two users in one tick
 * would share that context, so one would get the other's row. Each user gets a collector of their own for the tick.
 * Throws `INTERNAL` when Prisma is not built as expected: better no start than a leak.
 */
export function separateUsers(prisma: PrismaClient): void {
  // oxlint-disable-next-line no-underscore-dangle -- Prisma's name
  const handler = (prisma as unknown as { _requestHandler?: { dataloader?: Loader } })._requestHandler;
  const shared = handler?.dataloader;
  if (!handler || typeof shared?.request !== 'function' || shared.options === undefined)
    throw new AppError('INTERNAL', 'Prisma changed inside: its batches cannot be kept apart by user');
  const UserLoader = shared.constructor as LoaderClass;
  const ofThisTick = new Map<string, Loader>();
  const request = (asked: unknown): Promise<unknown> => {
    const userId = currentUser() ?? '';
    let loader = ofThisTick.get(userId);
    if (!loader) {
      loader = new UserLoader(shared.options);
      ofThisTick.set(userId, loader);
      process.nextTick(() => ofThisTick.delete(userId));
    }
    return loader.request(asked);
  };
  handler.dataloader = { options: shared.options, request };
}
