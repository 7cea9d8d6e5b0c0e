import type { Queryable } from '../../database/connect.ts';
import { newId } from '../../units/ids.ts';

/** All as rs_service, on the database's clock. */

export async function insertLink(
  db: Queryable,
  email: string,
  tokenHash: string,
  minutes: number,
): Promise<void> {
  await db.query({
    name: 'insert sign-in link',
    text: `INSERT INTO verification_tokens (identifier, token, expires)
           VALUES ($1, $2, now() + make_interval(mins => $3::int))`,
    values: [email, tokenHash, minutes],
  });
}

/** The address of a link that can still be used. */
export async function selectLink(db: Queryable, tokenHash: string): Promise<string | null> {
  const { rows } = await db.query<{ identifier: string }>({
    name: 'sign-in link',
    text: 'SELECT identifier FROM verification_tokens WHERE token = $1 AND expires > now()',
    values: [tokenHash],
  });
  return rows[0]?.identifier ?? null;
}

/**
 * Uses a link up: of all who try at once, one gets true. The row is what they wait for; the others then find it gone.
 * Other links to the address are used up with it (their rows in one order, so that two of them cannot wait in a ring).
 */
export async function takeLink(tx: Queryable, email: string, tokenHash: string): Promise<boolean> {
  await tx.query({
    name: 'lock sign-in links',
    text: 'SELECT FROM verification_tokens WHERE identifier = $1 ORDER BY token FOR UPDATE',
    values: [email],
  });
  const { rows } = await tx.query<{ token: string }>({
    name: 'take sign-in link',
    text: `DELETE FROM verification_tokens WHERE identifier = $1
             AND EXISTS (SELECT FROM verification_tokens WHERE identifier = $1 AND token = $2 AND expires > now())
           RETURNING token`,
    values: [email, tokenHash],
  });
  return rows.some(({ token }) => token === tokenHash);
}

/** The user with this address, which has just been proved theirs; made when there is none. */
export async function ensureUser(
  tx: Queryable,
  email: string,
  { name = null, image = null }: { readonly name?: string | null; readonly image?: string | null } = {},
): Promise<string> {
  const { rows } = await tx.query<{ id: string }>({
    name: 'ensure user',
    text: `INSERT INTO users AS kept (id, email, name, image, email_verified) VALUES ($1, $2, $3, $4, now())
           ON CONFLICT (email) DO UPDATE SET email_verified = coalesce(kept.email_verified, now()),
             name = coalesce(kept.name, excluded.name), image = coalesce(kept.image, excluded.image)
           RETURNING id`,
    values: [newId(), email, name, image],
  });
  return rows[0]!.id;
}

/** The user whom a provider knows by this id. */
export async function selectUserOfAccount(
  tx: Queryable,
  provider: string,
  providerAccountId: string,
): Promise<string | null> {
  const { rows } = await tx.query<{ userId: string }>({
    name: 'user of account',
    text: 'SELECT user_id AS "userId" FROM accounts WHERE provider = $1 AND provider_account_id = $2',
    values: [provider, providerAccountId],
  });
  return rows[0]?.userId ?? null;
}

/** Links an account of a provider; what the provider gave to act for the user is not kept. */
export async function insertAccount(
  tx: Queryable,
  account: {
    readonly userId: string;
    readonly type: string;
    readonly provider: string;
    readonly providerAccountId: string;
  },
): Promise<void> {
  await tx.query({
    name: 'insert account',
    text: `INSERT INTO accounts (id, user_id, type, provider, provider_account_id) VALUES ($1, $2, $3, $4, $5)
           ON CONFLICT (provider, provider_account_id) DO NOTHING`,
    values: [newId(), account.userId, account.type, account.provider, account.providerAccountId],
  });
}
