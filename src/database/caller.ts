/** Who asks for something of theirs, and the connection it goes through. */
import { asUser } from './asUser.ts';
import type { Database, Queryable } from './connect.ts';
import { translatingErrors } from './sqlstate.ts';

/** What a use case needs of a connection: a `Database` as rs_app, or a transaction that it takes part in. */
export type Transactional = Pick<Database, 'query' | 'transaction'>;

export interface Caller {
  readonly userId: string;
  readonly database: Transactional;
}

/**
 * Runs `work` on the caller's connection as the caller (see `asUser`). Throws `AppError`s for what the database
 * refuses.
 */
export const asCaller = <T>(
  { userId, database }: Caller,
  work: (database: Transactional) => Promise<T>,
): Promise<T> => translatingErrors(() => asUser(userId, () => work(database)));

/** The same caller inside `tx`: transactions of the use cases it calls become part of it. */
export const within = ({ userId }: Caller, tx: Queryable): Caller => ({
  userId,
  database: { query: (statement) => tx.query(statement), transaction: (work) => work(tx) },
});
