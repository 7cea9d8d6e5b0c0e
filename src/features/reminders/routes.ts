import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { AppError } from '../../errors.ts';
import type { Callers } from '../accounts/contract.ts';
import { remindersSchema } from './contract.ts';
import { listReminders } from './listReminders.ts';
import { stopPage } from './stopPage.ts';
import type { Unsubscribing } from './unsubscribing.ts';

const tags = ['Account'];
const html = { 'text/html': { schema: z.string() } };
const tokenParams = z.object({ stopToken: z.string().max(200).describe('Of a mail') });

const list = createRoute({
  method: 'get',
  path: '/api/v1/me/reminders',
  summary: 'What you will be reminded of by mail, and were',
  description:
    'Of trips that have not ended. What you are reminded of, and when not, is in `notifications` of your profile.',
  tags,
  security: [{ session: [] }],
  responses: {
    200: { description: 'By `dueAt`', content: { 'application/json': { schema: remindersSchema } } },
  },
});

const ask = createRoute({
  method: 'get',
  path: '/unsubscribe/{stopToken}',
  summary: 'The page behind the link that stops reminders',
  description: 'Changes nothing: what looks through mail follows links.',
  tags,
  request: { params: tokenParams },
  responses: { 200: { description: 'A page with a button', content: html } },
});

const stop = createRoute({
  method: 'post',
  path: '/unsubscribe/{stopToken}',
  summary: 'Stop reminders by mail',
  description:
    'Of the button of the page, and of mail programs (RFC 8058). Without signing in; again changes nothing.',
  tags,
  request: { params: tokenParams },
  responses: { 200: { description: 'They are off', content: html } },
});

export interface ReminderServices extends Unsubscribing {
  readonly callers: Callers;
  /** Whether mail can be sent. */
  readonly mails: boolean;
  now(): number;
}

/** Adds the list of reminders, and the way out of them. */
export function addReminderRoutes(app: OpenAPIHono, services: ReminderServices): void {
  app.openapi(list, async (c) => {
    const caller = await services.callers.caller(c.req.raw);
    const reminders = await listReminders(caller, new Date(services.now()));
    return c.json({ mail: services.mails, reminders }, 200, { 'Cache-Control': 'no-store' });
  });
  app.openapi(ask, (c) => answer(c, services, c.req.valid('param').stopToken, 'ask'));
  app.openapi(stop, async (c) => {
    const { stopToken: token } = c.req.valid('param');
    return answer(c, services, token, 'done', () => services.unsubscribe(token));
  });
}

/** The page in the language of the mail; to a browser a link that is none is a page too. */
async function answer(
  c: Context,
  services: ReminderServices,
  token: string,
  state: 'ask' | 'done',
  work?: () => Promise<void>,
) {
  c.header('Cache-Control', 'no-store');
  try {
    const language = await services.unsubscribeLanguage(token);
    await work?.();
    return c.html(stopPage(language, state), 200);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'NOT_FOUND') throw error;
    if (!c.req.header('accept')?.includes('text/html')) throw error;
    return c.html(stopPage('en', 'unknown'), 404) as never;
  }
}
