import type { MiddlewareHandler } from 'hono';
import { asAppError, detailOf } from '../problem.ts';
import { languageOf } from '../../units/language.ts';
import { signInPages } from './signInPages.ts';

/** Where programs ask: they get the problem whatever they accept, as the document says. */
const FOR_PROGRAMS = new Set(['/auth/magic-link', '/auth/session']);

/** Answers a failure to a browser with a page; programs get the problem. */
export const failuresAsPages: MiddlewareHandler = async (c, next) => {
  await next();
  if (!c.error || FOR_PROGRAMS.has(c.req.path) || !c.req.header('accept')?.includes('text/html')) return;
  const error = asAppError(c.error);
  const { status, title } = error.kind;
  const headers = new Headers({ 'content-type': 'text/html; charset=utf-8' });
  const wait = c.res.headers.get('retry-after');
  if (wait !== null) headers.set('retry-after', wait);
  c.res = undefined;
  const page = signInPages(languageOf(c.req.raw)).failed(error.code, title, detailOf(error));
  c.res = new Response(page, { status, headers });
};
