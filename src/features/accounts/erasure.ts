import { createHmac } from 'node:crypto';
import type { Database, Queryable } from '../../database/connect.ts';
import { translatingErrors } from '../../database/sqlstate.ts';
import { AppError } from '../../errors.ts';
import type { SignedIn } from './callers.ts';
import {
  deleteHeld,
  deleteRequestCounts,
  deleteRowsOf,
  insertHeld,
  lockUser,
  rememberErasure,
  selectAccesses,
  selectReturned,
  selectSignIns,
} from './erasureStore.ts';
import { personalTables } from './exportTables.ts';

/**
 * Lets an erasure through after a sign-in within ten minutes or with the user's own address as `confirm`: a machine
 * that was left open must not be enough. Throws `FORBIDDEN`.
 */
export function checkErasure(
  { email, recent }: Pick<SignedIn, 'email' | 'recent'>,
  confirm: string | undefined,
): void {
  if (confirm === undefined ? recent : confirm.trim().toLowerCase() === email) return;
  throw new AppError('FORBIDDEN', 'Give your own e-mail address as `confirm`, or sign in again first');
}

export interface Erased {
  /** Rows by table. */
  readonly rows: Readonly<Record<string, number>>;
}

/**
 * Erases a user everywhere, at once and for good; what the law wants kept for a year (when the user signed in, what was
 * erased) goes to the hold, which the product cannot read. Throws `NOT_FOUND`.
 * @param service a database as rs_service.
 * @param secret of the server: the hold knows the address only by its HMAC.
 */
export const eraseUser = (service: Database, userId: string, secret: string): Promise<Erased> =>
  translatingErrors(() =>
    service.transaction(async (tx) => {
      const user = await lockUser(tx, userId);
      if (!user) throw new AppError('NOT_FOUND', 'There is no such user');
      const signIns = await selectSignIns(tx, userId);
      const accesses = await selectAccesses(tx, userId);
      const rows = await eraseRows(tx, userId, user.email);
      const emailHmac = createHmac('sha256', secret)
        .update(`erased address ${user.email}`)
        .digest('base64url');
      await insertHeld(tx, {
        userId,
        emailHmac,
        registeredAt: user.registeredAt,
        signIns,
        accesses,
        rowCounts: rows,
      });
      await rememberErasure(tx, userId);
      return { rows };
    }),
  );

/** Children before their parents, the user last: so each table's rows are counted. */
async function eraseRows(tx: Queryable, userId: string, email: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of parentsLast) {
    const value = table.owner === 'identifier' ? email : userId;
    // The log of administrators goes with the user's row, and is held.
    if (table.name !== 'admin_accesses') counts[table.name] = await deleteRowsOf(tx, table, value);
  }
  await deleteRequestCounts(tx, userId);
  return counts;
}

const PARENTS = ['trips', 'archive.trips', 'users'];
const parentsLast = personalTables.toSorted((a, b) => PARENTS.indexOf(a.name) - PARENTS.indexOf(b.name));

/**
 * Erases again whoever was erased before: after a backup was restored, and daily, since another process may have
 * written a search within the second. Answers how many users came back.
 * @param service a database as rs_service.
 */
export const reapplyErasures = (service: Database): Promise<number> =>
  translatingErrors(async () => {
    const returned = await selectReturned(service);
    for (const userId of returned)
      await service.transaction(async (tx) => {
        const user = await lockUser(tx, userId);
        await eraseRows(tx, userId, user?.email ?? '');
      });
    return returned.length;
  });

/** Ends the hold of users whose year is over; answers how many. `service`: a database as rs_service. */
export const purgeHold = (service: Queryable): Promise<number> =>
  translatingErrors(() => deleteHeld(service));
