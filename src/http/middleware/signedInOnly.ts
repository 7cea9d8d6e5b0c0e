import type { MiddlewareHandler } from 'hono';
import type { Callers } from '../../features/accounts/index.ts';

/** What belongs to a user; `admin` to those who run the server. */
export const USER_PATHS = /^\/api\/v1\/(trips|archived-trips|saved-routes|calendars|me|admin)(\/|$)/;
const ADMIN_PATHS = /^\/api\/v1\/admin(\/|$)/;

/**
 * Shuts what belongs to a user to everybody else before a route looks at the request: a new route there is shut too,
 * and a stranger learns nothing of what it would take. Throws `UNAUTHENTICATED` and `FORBIDDEN`.
 */
export function signedInOnly(callers: Pick<Callers, 'caller' | 'admin'>): MiddlewareHandler {
  return async (c, next) => {
    if (ADMIN_PATHS.test(c.req.path)) await callers.admin(c.req.raw);
    else if (USER_PATHS.test(c.req.path)) await callers.caller(c.req.raw);
    await next();
  };
}
