import type { Layer } from './around.ts';

/**
 * No cache keeps what is answered to somebody who may be signed in (who sends a cookie), nor what its route says
 * nothing of. The browser's own memory of a page that is asked for again is the ETag's business.
 */
export const privateAnswers: Layer = {
  after: (c, headers) => {
    const asked = c.req.raw.headers;
    if (asked.has('cookie') || asked.has('authorization') || !headers.has('cache-control'))
      headers.set('cache-control', 'no-store');
  },
};
