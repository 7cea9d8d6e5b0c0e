/** What a supervisor and a monitor ask: on a port of its own, or with a token. */
import { hash, timingSafeEqual } from 'node:crypto';
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { AppError } from '../errors.ts';
import { addHealthRoutes } from './health.ts';
import type { Metrics } from './metrics/metrics.ts';
import { type FailureLog, problemResponse } from './problem.ts';

export interface MetricsAccess {
  readonly metrics: Pick<Metrics, 'text'>;
  /** Who shows it may read; absent: everybody who reaches this server, which nobody elsewhere does. */
  readonly token?: string | undefined;
}

const scrape = createRoute({
  method: 'get',
  path: '/metrics',
  summary: 'What an operator watches, for Prometheus',
  description:
    'Open on a server that only its own machine reaches; else with `Authorization: Bearer METRICS_TOKEN`.',
  tags: ['Operations'],
  responses: { 200: { description: 'Metrics', content: { 'text/plain': { schema: z.string() } } } },
});

/** Adds `/metrics`. Without access it is as if there were none. Throws `UNAUTHENTICATED` for another token. */
export function addMetricsRoute(app: OpenAPIHono, access: MetricsAccess | undefined): void {
  app.openapi(scrape, async (c) => {
    if (!access) throw new AppError('NOT_FOUND', 'There is nothing here: see METRICS_PORT and METRICS_TOKEN');
    if (access.token !== undefined && !shows(c, access.token))
      throw new AppError('UNAUTHENTICATED', 'Send Authorization: Bearer with the METRICS_TOKEN');
    const { type, body } = await access.metrics.text();
    return c.text(body, 200, { 'Content-Type': type, 'Cache-Control': 'no-store' });
  });
}

function shows(c: Context, token: string): boolean {
  const given = /^Bearer (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1] ?? '';
  const digest = (text: string): Buffer => hash('sha256', text, 'buffer');
  return timingSafeEqual(digest(given), digest(token));
}

/** The application of METRICS_PORT: metrics and health, nothing else. */
export function createOperationsApp(services: {
  readonly metrics: Pick<Metrics, 'text'>;
  ready(): Promise<void>;
  readonly log: FailureLog;
}): OpenAPIHono {
  const app = new OpenAPIHono();
  app.onError((error, c) => problemResponse(c, error, services.log));
  addHealthRoutes(app, () => services.ready());
  addMetricsRoute(app, { metrics: services.metrics });
  app.all('*', () => {
    throw new AppError('NOT_FOUND', 'There are /metrics, /livez and /readyz');
  });
  return app;
}
