import type { OpenAPIHono } from '@hono/zod-openapi';
import { AppError } from '../errors.ts';
import { docsPage, docsStyle } from './docsPage.ts';
import { methodsOf } from './methods.ts';
import { openApiDocument } from './openapi.ts';
import type { StaticFiles } from './staticFiles.ts';

/** Adds the description of the routes that are there already, for programs and for people. */
export function addDocumentation(app: OpenAPIHono, version: string): void {
  const document = openApiDocument(app, version);
  const page = docsPage(document);
  const cache = { 'Cache-Control': 'no-cache' };
  app.get('/api/v1/openapi.json', (c) => c.json(document, 200, cache));
  app.get('/api/docs', (c) => c.html(page, 200, cache));
  app.get('/api/docs.css', (c) =>
    c.body(docsStyle, 200, { 'Content-Type': 'text/css; charset=utf-8', ...cache }),
  );
}

/** Adds the built page, and what is answered for everything that nobody else answers. Comes last. */
export function addPage(app: OpenAPIHono, files: StaticFiles): void {
  const methods = methodsOf(app);
  app.all('*', (c) => {
    const { method, path } = c.req;
    const known = methods(path);
    const allow = known.length > 0 ? known : PROGRAMS.test(path) ? [] : ['GET', 'HEAD'];
    if (allow.length > 0 && !allow.includes(method)) {
      if (method === 'OPTIONS') return c.body(null, 204, { Allow: allow.join(', ') });
      throw new AppError('METHOD_NOT_ALLOWED', `${path} answers to ${allow.join(', ')}`, {
        facts: { allow },
      });
    }
    const response = allow.length > 0 ? files.answer(c.req.raw) : null;
    if (response) return response;
    throw new AppError('NOT_FOUND', missing(path, files));
  });
}

/** Addresses that are never a page. */
const PROGRAMS = /^\/(api|auth|out|search|shared|calendar|unsubscribe)(\/|$)/;

function missing(path: string, files: StaticFiles): string {
  if (PROGRAMS.test(path)) return 'There is no such route; see /api/docs';
  if (files.built) return 'There is no such file';
  return 'The page is not built: run `npm run build:web`; the API is at /api/docs';
}
