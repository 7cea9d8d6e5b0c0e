import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Callers } from '../accounts/contract.ts';
import { replayHeaders, writeHeaders } from '../idempotency/contract.ts';
import { write } from '../idempotency/index.ts';
import { archivedTripIdSchema, archiveListQuerySchema, archivePageSchema } from './contract.ts';
import { getArchivedTrips } from './getArchivedTrips.ts';
import { restoreArchivedTrip } from './restoreArchivedTrip.ts';

const tags = ['Trips'];
const security = [{ session: [] }];

const list = createRoute({
  method: 'get',
  path: '/api/v1/archived-trips',
  summary: 'Your archive',
  description:
    'Completed trips of more than half a year ago, latest date first; `GET /trips/{id}` reads one.',
  tags,
  security,
  request: { query: archiveListQuerySchema },
  responses: {
    200: { description: 'A page', content: { 'application/json': { schema: archivePageSchema } } },
  },
});

const restore = createRoute({
  method: 'post',
  path: '/api/v1/archived-trips/{id}/restore',
  summary: 'Take a trip back from the archive',
  tags,
  security,
  request: { params: z.object({ id: archivedTripIdSchema }), headers: writeHeaders },
  responses: { 204: { description: 'It is among your trips again', headers: replayHeaders } },
});

/** Adds the caller's archive; single trips of it are read and deleted where all are. */
export function addArchiveRoutes(
  app: OpenAPIHono,
  { callers }: { readonly callers: Pick<Callers, 'caller'> },
): void {
  app.openapi(list, async (c) => {
    const caller = await callers.caller(c.req.raw);
    const { trips, nextCursor } = await getArchivedTrips(caller, c.req.valid('query'));
    return c.json({ trips: [...trips], nextCursor }, 200);
  });
  app.openapi(restore, async (c) => {
    const caller = await callers.caller(c.req.raw);
    const written = await write(caller, c.req.raw, null, async (own) => {
      await restoreArchivedTrip(own, c.req.valid('param').id);
      return { status: 204 };
    });
    return c.body(null, 204, written.headers);
  });
}
