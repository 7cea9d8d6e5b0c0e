import type { Context } from 'hono';
import { withinBudget } from '../../database/waitBudget.ts';

/** With what else a request does, an answer comes within three seconds however the database hangs. */
const USUAL_MS = 2500;
/** Everything of a user, or of everybody, is read or deleted. */
const WHOLE_MS = 10_000;
const WHOLE = /^\/api\/v1\/(me\/export|admin\/.+)$/;

const budgetOf = (method: string, path: string): number =>
  WHOLE.test(path) || (method === 'DELETE' && path === '/api/v1/me') ? WHOLE_MS : USUAL_MS;

/** How long a request may wait for the database, in all its statements: then it is answered with `UNAVAILABLE`. */
export const withDatabaseBudget = (c: Context, work: () => Promise<void>): Promise<void> =>
  withinBudget(budgetOf(c.req.method, c.req.path), work);
