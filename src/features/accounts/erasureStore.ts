import type { Queryable } from '../../database/connect.ts';
import type { PersonalTable } from './exportTables.ts';

export interface ErasedUser {
  readonly email: string;
  readonly registeredAt: Date;
}

/** Locks the user against another erasure; null when there is none. */
export async function lockUser(tx: Queryable, userId: string): Promise<ErasedUser | null> {
  const { rows } = await tx.query<ErasedUser & Record<string, unknown>>({
    name: 'lock user',
    text: 'SELECT email, created_at AS "registeredAt" FROM users WHERE id = $1 FOR UPDATE',
    values: [userId],
  });
  return rows[0] ?? null;
}

/** Sign-ins as the hold keeps them. */
export async function selectSignIns(tx: Queryable, userId: string): Promise<object[]> {
  const { rows } = await tx.query({
    name: 'sign-ins of user',
    text: `SELECT created_at AS "at", last_seen_at AS "lastSeen", user_agent AS "browser" FROM sessions
           WHERE user_id = $1 ORDER BY created_at`,
    values: [userId],
  });
  return rows;
}

/** What an administrator did, as the hold keeps it. */
export async function selectAccesses(tx: Queryable, userId: string): Promise<object[]> {
  const { rows } = await tx.query({
    name: 'accesses of user',
    text: `SELECT at, kind, path, details FROM admin_accesses WHERE user_id = $1 ORDER BY at, id`,
    values: [userId],
  });
  return rows;
}

/** Deletes one owner's rows of a table; answers how many. The table is a constant of `exportTables.ts`. */
export async function deleteRowsOf(
  tx: Queryable,
  { name, owner }: Pick<PersonalTable, 'name' | 'owner'>,
  value: string,
): Promise<number> {
  const { rowCount } = await tx.query({ text: `DELETE FROM ${name} WHERE ${owner} = $1`, values: [value] });
  return rowCount ?? 0;
}

export async function deleteRequestCounts(tx: Queryable, userId: string): Promise<void> {
  await tx.query({
    name: 'forget request counts',
    text: 'DELETE FROM rate_limits WHERE identifier = $1',
    values: [`user:${userId}`],
  });
}

/** DPDP Rules 2025, rule 8(3): a year at least. */
const HOLD = `interval '1 year'`;

/** Somebody who came back with a backup and is erased again is held already, with the rows of the first time. */
export async function insertHeld(
  tx: Queryable,
  held: {
    readonly userId: string;
    readonly emailHmac: string;
    readonly registeredAt: Date;
    readonly signIns: readonly object[];
    readonly accesses: readonly object[];
    readonly rowCounts: Readonly<Record<string, number>>;
  },
): Promise<void> {
  await tx.query({
    name: 'hold erased user',
    text: `INSERT INTO hold.erased_users (erased_user_id, email_hmac, registered_at, sign_ins, row_counts, admin_accesses, purge_at)
           VALUES ($1, $2, $3, $4, $5, $6, now() + ${HOLD}) ON CONFLICT DO NOTHING`,
    values: [
      held.userId,
      held.emailHmac,
      held.registeredAt,
      JSON.stringify(held.signIns),
      JSON.stringify(held.rowCounts),
      JSON.stringify(held.accesses),
    ],
  });
}

export async function rememberErasure(tx: Queryable, userId: string): Promise<void> {
  await tx.query({
    name: 'remember erasure',
    text: `INSERT INTO erasures (user_hash) VALUES (encode(sha256(convert_to($1, 'UTF8')), 'hex')) ON CONFLICT DO NOTHING`,
    values: [userId],
  });
}

/** Users who are there although they were erased: of a backup, or written by a process that had not heard of it. */
export async function selectReturned(db: Queryable): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>({
    text: `SELECT DISTINCT id FROM (
             SELECT id FROM users UNION ALL SELECT user_id FROM search_queries WHERE user_id IS NOT NULL
             UNION ALL SELECT user_id FROM booking_clicks WHERE user_id IS NOT NULL
             UNION ALL SELECT user_id FROM archive.trips) AS present
           WHERE encode(sha256(convert_to(id, 'UTF8')), 'hex') IN (SELECT user_hash FROM erasures)`,
  });
  return rows.map(({ id }) => id);
}

/** Removes what was held for its year; answers how many users. */
export async function deleteHeld(db: Queryable): Promise<number> {
  const { rowCount } = await db.query({ text: 'DELETE FROM hold.erased_users WHERE purge_at <= now()' });
  return rowCount ?? 0;
}
