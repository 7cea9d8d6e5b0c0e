import type { MiddlewareHandler } from 'hono';
import type { Callers } from '../../features/accounts/index.ts';

/** What belongs to a user; `admin` to those who run the server. */
export const USER_PATHS = /^\/api\/v1\/(trips|archived-trips|saved-routes|calendars|me|admin)(\/|$)/;
const ADMIN_PATHS = /^\/api\/v1\/admin(\/|$)/;
const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Shuts what belongs to a user to everybody else before a route looks at the request: a new route there is shut too,
 * and a stranger learns nothing of what it would take. Throws `UNAUTHENTICATED`, `FORBIDDEN` and, for a change by an
 * administrator who did not sign in just now, `SIGN_IN_AGAIN`.
 */
export function signedInOnly(callers: Pick<Callers, 'caller' | 'admin' | 'recentAdmin'>): MiddlewareHandler {
  return async (c, next) => {
    const { method, path, raw } = c.req;
    if (ADMIN_PATHS.test(path)) await (READS.has(method) ? callers.admin(raw) : callers.recentAdmin(raw));
    else if (USER_PATHS.test(path)) await callers.caller(raw);
    await next();
  };
}
