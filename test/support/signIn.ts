/** Users who are signed in, for tests of what needs one. */
import type { Database } from '../../src/database/connect.ts';
import type { Callers, SessionLimits } from '../../src/features/accounts/index.ts';
import { openSession } from '../../src/features/accounts/index.ts';
import { createCallers } from '../../src/http/session/callers.ts';
import { sessionCookie } from '../../src/http/session/cookies.ts';
import { newId } from '../../src/units/ids.ts';

export const sessionLimits: SessionLimits = { idleDays: 14, maxDays: 90 };

export interface SignedInUser {
  readonly userId: string;
  /** For a `Cookie` header. */
  readonly cookie: string;
  /** What the page sends: the cookie, and `Origin` as `app.request('/…')` is addressed. */
  readonly headers: { readonly cookie: string; readonly origin: string };
}

/**
 * Signs in a user, who is made when there is none: a session as a confirmed link opens one.
 * `secure`: for an app whose public address is https.
 */
export async function signIn(service: Database, email: string, secure = false): Promise<SignedInUser> {
  return service.transaction(async (tx) => {
    const { rows } = await tx.query<{ id: string }>({
      text: `INSERT INTO users (id, email, email_verified) VALUES ($1, $2, now())
             ON CONFLICT (email) DO UPDATE SET email_verified = now() RETURNING id`,
      values: [newId(), email],
    });
    const userId = rows[0]!.id;
    const { token } = await openSession(
      tx,
      { userId, userAgent: 'Test', previousToken: null },
      sessionLimits,
    );
    const cookie = `${sessionCookie(secure).name}=${token}`;
    return { userId, cookie, headers: { cookie, origin: 'http://localhost' } };
  });
}

/** The real {@link Callers} on a test database. */
export const callersOf = (
  databases: { readonly service: Database; readonly app: Database },
  options: { readonly adminEmails?: readonly string[]; readonly secure?: boolean } = {},
): Callers =>
  createCallers({
    service: databases.service,
    app: databases.app,
    cookie: sessionCookie(options.secure ?? false),
    limits: sessionLimits,
    adminEmails: options.adminEmails ?? [],
  });
