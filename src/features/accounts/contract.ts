import { z } from '@hono/zod-openapi';

export type { Callers, SignedIn } from './callers.ts';

/** Sessions of one user; the one that was not seen for longest gives way to a new one. */
export const MAX_SESSIONS = 50;

export const sessionIdSchema = z.cuid().describe('Of a session in the list');

export const sessionSchema = z
  .object({
    id: sessionIdSchema,
    createdAt: z.iso.datetime().describe('When it was signed in'),
    lastSeenAt: z.iso.datetime().describe('To some minutes'),
    expiresAt: z.iso.datetime().describe('When it ends unless it is used again'),
    userAgent: z.string().nullable().describe('Browser and system in words'),
    current: z.boolean().describe('The session of this request'),
  })
  .openapi('Session');
export type SessionView = z.infer<typeof sessionSchema>;

export const sessionsResponseSchema = z
  .object({ sessions: z.array(sessionSchema).max(MAX_SESSIONS).describe('Last seen first') })
  .openapi('Sessions');

export const sessionsEndedSchema = z
  .object({ ended: z.number().int().min(0).describe('How many other sessions were ended') })
  .openapi('SessionsEnded');

export const magicLinkRequestSchema = z
  .strictObject({
    email: z.string().max(320).describe('One address in plain letters'),
    returnTo: z.string().max(2000).optional().describe('Page to go to then: a path of this server'),
  })
  .openapi('MagicLinkRequest', { example: { email: 'asha@example.org', returnTo: '/trips' } });

export const magicLinkResponseSchema = z
  .object({
    by: z.enum(['mail', 'terminal']).describe('Where the link is found; terminal: no mail server is set'),
    minutes: z.number().int().describe('How long the link works'),
  })
  .openapi('MagicLinkSent');

export const signedInResponseSchema = z
  .object({
    user: z.object({ id: z.string(), email: z.string(), admin: z.boolean() }).nullable(),
  })
  .openapi('SignedIn');
