import type { MiddlewareHandler } from 'hono';
import { newId } from '../../units/ids.ts';

/** What is taken from a proxy: nothing that a log could read as something else. */
const PROXY_ID = /^[\w.-]{8,64}$/;

/** An id for every request, in its answer and its log line; that of the proxy when there is one to trust. */
export function requestIds(trustedProxies: number): MiddlewareHandler {
  return async (c, next) => {
    const given = trustedProxies > 0 ? c.req.header('x-request-id') : undefined;
    const requestId = given !== undefined && PROXY_ID.test(given) ? given : newId();
    c.set('requestId' as never, requestId as never);
    await next();
    c.res.headers.set('X-Request-Id', requestId);
  };
}
