import type { Caller } from '../../database/caller.ts';

/** Who is signed in. */
export interface SignedIn {
  readonly userId: string;
  readonly email: string;
  readonly sessionId: string;
  /** Its address is one of ADMIN_EMAILS. */
  readonly admin: boolean;
  /** Signed in within ten minutes: it is still the user who sits there. */
  readonly recent: boolean;
}

/** How a route learns who asks; `src/http/session` answers. */
export interface Callers {
  /** Null for a visitor who is not signed in. */
  signedIn(request: Request): Promise<SignedIn | null>;
  /** The user with a connection under row-level security. Throws `UNAUTHENTICATED`. */
  caller(request: Request): Promise<Caller>;
  /** Throws `UNAUTHENTICATED` and, for a user who is no admin, `FORBIDDEN`. */
  admin(request: Request): Promise<SignedIn>;
  /** The same of who signed in within ten minutes. Throws `SIGN_IN_AGAIN` too. */
  recentAdmin(request: Request): Promise<SignedIn>;
}
