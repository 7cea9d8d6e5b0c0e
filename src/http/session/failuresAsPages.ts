import type { MiddlewareHandler } from 'hono';
import { asAppError } from '../problem.ts';
import { failedPage } from './signInPages.ts';

/** Answers a failure to a browser with a page; programs get the problem. */
export const failuresAsPages: MiddlewareHandler = async (c, next) => {
  await next();
  if (!c.error || !c.req.header('accept')?.includes('text/html')) return;
  const { code, kind, message } = asAppError(c.error);
  const headers = new Headers({ 'content-type': 'text/html; charset=utf-8' });
  const wait = c.res.headers.get('retry-after');
  if (wait !== null) headers.set('retry-after', wait);
  // As in a problem: what is reported is for the operator, but for what this server lacks to sign anybody in.
  const detail = kind.report && code !== 'UNAVAILABLE' ? kind.title : message;
  c.res = undefined;
  c.res = new Response(failedPage(kind.title, detail), { status: kind.status, headers });
};
