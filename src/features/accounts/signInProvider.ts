import type { Database } from '../../database/connect.ts';
import { translatingErrors } from '../../database/sqlstate.ts';
import { AppError } from '../../errors.ts';
import { plainAddress } from './emailAddress.ts';
import { openSession, type OpenSession } from './sessions.ts';
import type { SessionLimits } from './sessionStore.ts';
import { ensureUser, insertAccount, selectUserOfAccount } from './signInStore.ts';

/** What a provider (Google, an OpenID Connect server) says of who came back from it. */
export interface ProvidedIdentity {
  readonly provider: string;
  readonly type: string;
  readonly providerAccountId: string;
  readonly email: string | null;
  /** The provider says that the address is the user's. */
  readonly emailVerified: boolean;
  readonly name: string | null;
  readonly image: string | null;
}

/**
 * Opens a session for who a provider vouches for: the user linked to that account, else the one with that address,
 * else a new one. An address that the provider has not verified proves nothing, so nobody gets an account by it.
 * Throws `FORBIDDEN`, and `INVALID_REQUEST` for an address in letters that are not plain.
 */
export const signInByProvider = (
  service: Database,
  identity: ProvidedIdentity,
  browser: { readonly userAgent: string | null; readonly previousToken: string | null },
  limits: SessionLimits,
): Promise<OpenSession> =>
  translatingErrors(() =>
    service.transaction(async (tx) => {
      const { provider, type, providerAccountId } = identity;
      const userId =
        (await selectUserOfAccount(tx, provider, providerAccountId)) ??
        (await ensureUser(tx, verifiedAddress(identity), shown(identity)));
      await insertAccount(tx, { userId, type, provider, providerAccountId });
      return openSession(tx, { userId, ...browser }, limits);
    }),
  );

function verifiedAddress({ email, emailVerified }: ProvidedIdentity): string {
  if (email === null || !emailVerified)
    throw new AppError('FORBIDDEN', 'The provider has not verified an e-mail address of yours');
  return plainAddress(email);
}

/** Name and picture, where they fit: a provider may send anything. */
const shown = ({ name, image }: ProvidedIdentity): { name: string | null; image: string | null } => ({
  name:
    name
      ?.replaceAll(/\p{Cc}/gu, ' ')
      .trim()
      .slice(0, 200)
      .toWellFormed() || null,
  image: image !== null && /^https:\/\/[\x21-\x7e]{1,2000}$/.test(image) ? image : null,
});
