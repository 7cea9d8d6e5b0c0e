import type { Callers } from '../../features/accounts/index.ts';
import type { Layer } from './around.ts';

/** What belongs to a user; `admin` to those who run the server. */
export const USER_PATHS = /^\/api\/v1\/(trips|archived-trips|saved-routes|calendars|me|admin)(\/|$)/;
const ADMIN_PATHS = /^\/api\/v1\/admin(\/|$)/;
const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Shuts what belongs to a user to everybody else before a route looks at the request: a new route there is shut too,
 * and a stranger learns nothing of what it would take. Throws `UNAUTHENTICATED`, `FORBIDDEN` and, for a change by an
 * administrator who did not sign in just now, `SIGN_IN_AGAIN`.
 */
export function signedInOnly(callers: Pick<Callers, 'caller' | 'admin' | 'recentAdmin'>): Layer {
  const check = async (method: string, path: string, raw: Request): Promise<void> => {
    if (ADMIN_PATHS.test(path)) await (READS.has(method) ? callers.admin(raw) : callers.recentAdmin(raw));
    else await callers.caller(raw);
  };
  return {
    before: ({ req: { method, path, raw } }) =>
      USER_PATHS.test(path) ? check(method, path, raw) : undefined,
  };
}
