import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import {
  sessionIdSchema,
  sessionsEndedSchema,
  sessionsResponseSchema,
} from '../../features/accounts/contract.ts';
import {
  type Callers,
  listSessions,
  revokeOtherSessions,
  revokeSession,
} from '../../features/accounts/index.ts';

const tags = ['Account'];
const json = <Schema extends z.ZodType>(schema: Schema) => ({ 'application/json': { schema } });

const list = createRoute({
  method: 'get',
  path: '/api/v1/me/sessions',
  summary: 'Where the user is signed in',
  description: 'Answers `UNAUTHENTICATED` to a visitor.',
  tags,
  responses: { 200: { description: 'Sessions, last seen first', content: json(sessionsResponseSchema) } },
});

const revoke = createRoute({
  method: 'delete',
  path: '/api/v1/me/sessions/{id}',
  summary: 'End one session of the user',
  description: 'Answers `NOT_FOUND` when the user has no such session. This one may be ended too.',
  tags,
  request: { params: z.object({ id: sessionIdSchema }) },
  responses: { 204: { description: 'Ended' } },
});

const revokeOthers = createRoute({
  method: 'delete',
  path: '/api/v1/me/sessions',
  summary: 'End all other sessions of the user',
  tags,
  responses: { 200: { description: 'All but this one', content: json(sessionsEndedSchema) } },
});

/** Adds the list of a user's sessions and their end. */
export function addSessionRoutes(app: OpenAPIHono, callers: Callers): void {
  app.openapi(list, async (c) => {
    const caller = await callers.caller(c.req.raw);
    return c.json({ sessions: await listSessions(caller, await currentSession(callers, c.req.raw)) }, 200);
  });
  app.openapi(revoke, async (c) => {
    await revokeSession(await callers.caller(c.req.raw), c.req.valid('param').id);
    return c.body(null, 204);
  });
  app.openapi(revokeOthers, async (c) => {
    const caller = await callers.caller(c.req.raw);
    return c.json(
      { ended: await revokeOtherSessions(caller, await currentSession(callers, c.req.raw)) },
      200,
    );
  });
}

/** Of a request that has a caller. */
const currentSession = async (callers: Callers, request: Request): Promise<string> =>
  (await callers.signedIn(request))?.sessionId ?? '';
