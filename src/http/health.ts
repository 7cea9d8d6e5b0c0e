import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { AppError } from '../errors.ts';

const tags = ['Operations'];
const answer = (status: string) => ({
  200: {
    description: 'It does',
    content: { 'application/json': { schema: z.object({ status: z.literal(status) }) } },
  },
});
const live = createRoute({
  method: 'get',
  path: '/livez',
  summary: 'Whether the process runs',
  tags,
  responses: answer('ok'),
});
const ready = createRoute({
  method: 'get',
  path: '/readyz',
  summary: 'Whether requests can be answered: the database is there and a timetable is active',
  tags,
  responses: answer('ready'),
});

/** Adds what a supervisor asks. `isReady` rejects with the reason when requests cannot be answered. */
export function addHealthRoutes(app: OpenAPIHono, isReady: () => Promise<void>): void {
  const never = { 'Cache-Control': 'no-store' };
  app.openapi(live, (c) => c.json({ status: 'ok' }, 200, never));
  app.openapi(ready, async (c) => {
    try {
      await isReady();
    } catch (error) {
      if (error instanceof AppError && error.code !== 'UNAVAILABLE') throw error;
      throw new AppError('DATABASE', 'The database does not answer', { cause: error });
    }
    return c.json({ status: 'ready' }, 200, never);
  });
}
