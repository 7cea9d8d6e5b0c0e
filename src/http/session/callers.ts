import type { Database } from '../../database/connect.ts';
import { AppError } from '../../errors.ts';
import {
  type Callers,
  findSession,
  type SessionLimits,
  type SignedIn,
} from '../../features/accounts/index.ts';
import type { SessionCookie } from './cookies.ts';

export interface CallersOptions {
  /** As rs_service: reads sessions. */
  readonly service: Database;
  /** As rs_app: what the use cases work with. */
  readonly app: Database;
  readonly cookie: SessionCookie;
  readonly limits: SessionLimits;
  /** Lower-case addresses of administrators. */
  readonly adminEmails: readonly string[];
}

/** Who asks, by the session cookie. A request is looked up once, however many routes and middlewares ask. */
export function createCallers({ service, app, cookie, limits, adminEmails }: CallersOptions): Callers {
  const admins = new Set(adminEmails);
  const known = new WeakMap<Request, Promise<SignedIn | null>>();
  const lookUp = async (request: Request): Promise<SignedIn | null> => {
    const token = cookie.read(request);
    const session = token === null ? null : await findSession(service, token, limits);
    if (!session) return null;
    const { id: sessionId, userId, email, verified, recent } = session;
    return { userId, email, sessionId, admin: verified && admins.has(email), recent };
  };
  const signedIn = (request: Request): Promise<SignedIn | null> => {
    const asked = known.get(request);
    if (asked) return asked;
    const found = lookUp(request);
    known.set(request, found);
    return found;
  };
  const required = async (request: Request): Promise<SignedIn> => {
    const found = await signedIn(request);
    if (!found) throw new AppError('UNAUTHENTICATED', 'Sign in first: /auth/signin');
    return found;
  };
  const admin = async (request: Request): Promise<SignedIn> => {
    const found = await required(request);
    if (!found.admin) throw new AppError('FORBIDDEN', 'This is for administrators (ADMIN_EMAILS)');
    return found;
  };
  return {
    signedIn,
    caller: async (request) => ({ userId: (await required(request)).userId, database: app }),
    admin,
    recentAdmin: async (request) => {
      const found = await admin(request);
      if (!found.recent)
        throw new AppError('SIGN_IN_AGAIN', 'A change needs a sign-in of the last ten minutes: /auth/signin');
      return found;
    },
  };
}
