import { OpenAPIHono } from '@hono/zod-openapi';
import { bodyLimit } from 'hono/body-limit';
import { compress } from 'hono/compress';
import { AppError } from '../errors.ts';
import { addBookingRoutes, type BookingServices } from '../features/booking/routes.ts';
import { addSearchRoutes, type SearchServices } from '../features/journeys/routes.ts';
import type { FeedSource } from '../features/rule-tables/contract.ts';
import { addDataRoutes } from '../features/rule-tables/routes.ts';
import { addPlaceRoutes } from '../features/places/routes.ts';
import type { PlaceIndex } from '../features/places/index.ts';
import { newId } from '../units/ids.ts';
import { docsPage, docsStyle } from './docsPage.ts';
import { openApiDocument } from './openapi.ts';
import { type FailureLog, invalidRequest, problemResponse } from './problem.ts';
import { securityHeaders } from './securityHeaders.ts';
import { StaticFiles } from './staticFiles.ts';

/** What the HTTP side needs of the rest; `main.ts` wires it. */
export interface HttpServices extends BookingServices, SearchServices {
  readonly version: string;
  readonly publicUrl?: string | undefined;
  /** Places of the active network. Throws `NO_ACTIVE_NETWORK`. */
  places(): PlaceIndex;
  /** Feeds of the active network. */
  feeds(): readonly FeedSource[];
  /** Resolves when requests can be answered; rejects with the reason otherwise. */
  ready(): Promise<void>;
  readonly log: FailureLog;
  readonly staticFiles?: StaticFiles;
}

const BODY_BYTES = 64 * 1024;

/** The whole HTTP application: API, documentation, health and the page. */
export function createApp(services: HttpServices): OpenAPIHono {
  const app = new OpenAPIHono({
    defaultHook: (result) => {
      if (!result.success) throw invalidRequest(result.error);
    },
  });
  app.onError((error, c) => problemResponse(c, error, services.log));
  app.use('*', async (c, next) => {
    const requestId = newId();
    c.set('requestId' as never, requestId as never);
    await next();
    c.res.headers.set('X-Request-Id', requestId);
  });
  app.use('*', securityHeaders(services.publicUrl));
  app.use('/api/*', compress());
  app.use(
    '/api/*',
    bodyLimit({
      maxSize: BODY_BYTES,
      onError: () => {
        throw new AppError('PAYLOAD_TOO_LARGE', `Send at most ${BODY_BYTES / 1024} KiB`);
      },
    }),
  );
  addHealth(app, services);
  addPlaceRoutes(app, () => services.places());
  addSearchRoutes(app, services);
  addBookingRoutes(app, services);
  addDataRoutes(app, () => services.feeds());
  addDocumentation(app, services.version);
  addPage(app, services.staticFiles ?? new StaticFiles());
  return app;
}

function addHealth(app: OpenAPIHono, services: HttpServices): void {
  app.get('/livez', (c) => c.json({ status: 'ok' }, 200, { 'Cache-Control': 'no-store' }));
  app.get('/readyz', async (c) => {
    try {
      await services.ready();
    } catch (error) {
      if (error instanceof AppError) throw error;
      throw new AppError('UNAVAILABLE', 'The database does not answer', { cause: error });
    }
    return c.json({ status: 'ready' }, 200, { 'Cache-Control': 'no-store' });
  });
}

function addDocumentation(app: OpenAPIHono, version: string): void {
  const document = openApiDocument(app, version);
  const page = docsPage(document);
  const cache = { 'Cache-Control': 'no-cache' };
  app.get('/api/v1/openapi.json', (c) => c.json(document, 200, cache));
  app.get('/api/docs', (c) => c.html(page, 200, cache));
  app.get('/api/docs.css', (c) =>
    c.body(docsStyle, 200, { 'Content-Type': 'text/css; charset=utf-8', ...cache }),
  );
}

function addPage(app: OpenAPIHono, files: StaticFiles): void {
  app.all('/api/*', () => {
    throw new AppError('NOT_FOUND', 'The API has no such route; see /api/docs');
  });
  app.get('*', (c) => {
    const response = files.answer(c.req.raw);
    if (response) return response;
    if (files.built) throw new AppError('NOT_FOUND', 'There is no such file');
    throw new AppError(
      'NOT_FOUND',
      'The page is not built: run `npm run build:web`; the API is at /api/docs',
    );
  });
  app.notFound((c) => {
    throw new AppError('NOT_FOUND', `There is nothing for ${c.req.method} here`);
  });
}
