import { sqlStateOf, toAppError, translatingErrors } from '../../database/sqlstate.ts';
import { AppError, readInput } from '../../errors.ts';
import { insertAccess, type NewAccess, type Queryable, selectAccesses } from './accessStore.ts';
import { type AccessPage, type AccessQuery, accessQuerySchema } from './contract.ts';

/** A foreign key that leads nowhere. */
const NO_SUCH_USER = '23503';
/** As long as the CHECK allows. */
const PATH_LENGTH = 200;

/**
 * Notes what an administrator does, before it is done or in the transaction that does it: what cannot be noted does
 * not happen. Throws `UNAUTHENTICATED` when the account has been erased meanwhile. `db`: as rs_service.
 */
export async function noteAccess(db: Queryable, access: NewAccess): Promise<void> {
  try {
    await insertAccess(db, { ...access, path: access.path.slice(0, PATH_LENGTH) });
  } catch (error) {
    if (sqlStateOf(error) !== NO_SUCH_USER) throw toAppError(error);
    throw new AppError('UNAUTHENTICATED', 'This account has been erased', { cause: error });
  }
}

/** A page of what administrators did, latest first. `most`: a limit above the contract's, for files. */
export const listAccesses = (db: Queryable, query: AccessQuery, most?: number): Promise<AccessPage> =>
  translatingErrors(async () => {
    const { kind, cursor, limit } = readInput(accessQuerySchema, query);
    const size = most ?? limit;
    const [at = '', id = ''] = cursor?.split('_') ?? [];
    const found = await selectAccesses(db, kind ?? null, cursor === undefined ? null : { at, id }, size + 1);
    const accesses = found.slice(0, size).map((row) => ({ ...row, at: row.at.toISOString() }));
    const last = accesses.at(-1);
    return { accesses, nextCursor: found.length > size && last ? `${last.at}_${last.id}` : null };
  });
