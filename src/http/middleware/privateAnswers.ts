import type { MiddlewareHandler } from 'hono';

/**
 * No cache keeps what is answered to somebody who may be signed in (who sends a cookie), nor what its route says
 * nothing of. The browser's own memory of a page that is asked for again is the ETag's business.
 */
export const privateAnswers: MiddlewareHandler = async (c, next) => {
  await next();
  const { headers } = c.req.raw;
  if (headers.has('cookie') || headers.has('authorization') || !c.res.headers.has('cache-control'))
    c.res.headers.set('Cache-Control', 'no-store');
};
