import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Callers } from '../accounts/contract.ts';
import { replayHeaders, writeHeaders } from '../idempotency/contract.ts';
import { write } from '../idempotency/index.ts';
import {
  renameSchema,
  savedRouteIdSchema,
  savedRouteInputSchema,
  savedRouteListQuerySchema,
  savedRoutePageSchema,
  savedRouteSchema,
  savedRouteSummarySchema,
} from './contract.ts';
import { deleteSavedRoute } from './deleteSavedRoute.ts';
import { renameSavedRoute } from './renameSavedRoute.ts';
import { getSavedRoute, getSavedRoutes } from './savedRoutes.ts';
import { saveRoute } from './saveRoute.ts';
import { useSavedRoute } from './useSavedRoute.ts';

const tags = ['Saved routes'];
const json = <Schema extends z.ZodType>(schema: Schema) => ({ 'application/json': { schema } });
const body = <Schema extends z.ZodType>(schema: Schema) => ({ required: true, content: json(schema) });
const done = <Schema extends z.ZodType>(description: string, schema: Schema) => ({
  description,
  headers: replayHeaders,
  content: json(schema),
});
const params = z.object({ id: savedRouteIdSchema });
const headers = writeHeaders;
const security = [{ session: [] }];

const list = createRoute({
  method: 'get',
  path: '/api/v1/saved-routes',
  summary: 'Your saved routes',
  description: 'Latest first, page by page, without the routes themselves.',
  tags,
  security,
  request: { query: savedRouteListQuerySchema },
  responses: { 200: { description: 'A page', content: json(savedRoutePageSchema) } },
});

const save = createRoute({
  method: 'post',
  path: '/api/v1/saved-routes',
  summary: 'Save a route for another time',
  tags,
  security,
  request: { headers, body: body(savedRouteInputSchema) },
  responses: { 201: done('The saved route', savedRouteSchema) },
});

const read = createRoute({
  method: 'get',
  path: '/api/v1/saved-routes/{id}',
  summary: 'One saved route',
  tags,
  security,
  request: { params },
  responses: { 200: { description: 'With its route', content: json(savedRouteSchema) } },
});

const rename = createRoute({
  method: 'patch',
  path: '/api/v1/saved-routes/{id}',
  summary: 'Give a saved route another name',
  tags,
  security,
  request: { params, headers, body: body(renameSchema) },
  responses: { 200: done('Without its route', savedRouteSummarySchema) },
});

const remove = createRoute({
  method: 'delete',
  path: '/api/v1/saved-routes/{id}',
  summary: 'Delete a saved route',
  tags,
  security,
  request: { params, headers },
  responses: { 204: { description: 'It is gone', headers: replayHeaders } },
});

const use = createRoute({
  method: 'post',
  path: '/api/v1/saved-routes/{id}/use',
  summary: 'Take a saved route up again',
  description: 'Counts the use.',
  tags,
  security,
  request: { params, headers },
  responses: { 200: done('With its route', savedRouteSchema) },
});

export interface SavedRouteServices {
  readonly callers: Pick<Callers, 'caller'>;
}

/** Adds the caller's saved routes. */
export function addSavedRouteRoutes(app: OpenAPIHono, { callers }: SavedRouteServices): void {
  app.openapi(list, async (c) => {
    const caller = await callers.caller(c.req.raw);
    return c.json(await getSavedRoutes(caller, c.req.valid('query')), 200);
  });
  app.openapi(save, async (c) => {
    const caller = await callers.caller(c.req.raw);
    const input = c.req.valid('json');
    const written = await write(caller, c.req.raw, input, async (own) => ({
      status: 201,
      body: await saveRoute(own, input),
    }));
    const location = { Location: `/api/v1/saved-routes/${written.body.id}` };
    return c.json(written.body, 201, { ...location, ...written.headers });
  });
  app.openapi(read, async (c) => {
    const caller = await callers.caller(c.req.raw);
    return c.json(await getSavedRoute(caller, c.req.valid('param').id), 200);
  });
  app.openapi(rename, async (c) => {
    const caller = await callers.caller(c.req.raw);
    const { name } = c.req.valid('json');
    const written = await write(caller, c.req.raw, { name }, async (own) => ({
      status: 200,
      body: await renameSavedRoute(own, c.req.valid('param').id, name),
    }));
    return c.json(written.body, 200, written.headers);
  });
  app.openapi(remove, async (c) => {
    const caller = await callers.caller(c.req.raw);
    const written = await write(caller, c.req.raw, null, async (own) => {
      await deleteSavedRoute(own, c.req.valid('param').id);
      return { status: 204 };
    });
    return c.body(null, 204, written.headers);
  });
  app.openapi(use, async (c) => {
    const caller = await callers.caller(c.req.raw);
    const written = await write(caller, c.req.raw, null, async (own) => ({
      status: 200,
      body: await useSavedRoute(own, c.req.valid('param').id),
    }));
    return c.json(written.body, 200, written.headers);
  });
}
