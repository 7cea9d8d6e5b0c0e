import { createRoute, type OpenAPIHono, type z } from '@hono/zod-openapi';
import type { Caller } from '../../database/caller.ts';
import { AppError } from '../../errors.ts';
import type { Callers } from './callers.ts';
import { checkErasure } from './erasure.ts';
import { getProfile } from './profile.ts';
import {
  type DataExport,
  erasureRequestSchema,
  exportSchema,
  type Profile,
  type ProfileChange,
  profileChangeSchema,
  profileSchema,
} from './contract.ts';

const tags = ['Account'];
const security = [{ session: [] }];
const json = <Schema extends z.ZodType>(schema: Schema) => ({ 'application/json': { schema } });
const example = { name: 'Asha', notifications: { quietFrom: '21:30' } };
const noStore = { 'Cache-Control': 'no-store' };

const profile = createRoute({
  method: 'get',
  path: '/api/v1/me',
  summary: 'What you told of yourself',
  tags,
  security,
  responses: { 200: { description: 'The profile', content: json(profileSchema) } },
});

const change = createRoute({
  method: 'patch',
  path: '/api/v1/me',
  summary: 'Change the profile, the notifications, the consent',
  description: 'What is left out stays; null empties. A consent is withdrawn as it was given.',
  tags,
  security,
  request: {
    body: { required: true, content: { 'application/json': { schema: profileChangeSchema, example } } },
  },
  responses: { 200: { description: 'As it is now', content: json(profileSchema) } },
});

const exported = createRoute({
  method: 'get',
  path: '/api/v1/me/export',
  summary: 'Everything that is stored about you',
  description: 'Without secrets (hashes of tokens): they are no use to you and of use to a thief.',
  tags,
  security,
  responses: { 200: { description: 'Rows by table', content: json(exportSchema) } },
});

const erase = createRoute({
  method: 'delete',
  path: '/api/v1/me',
  summary: 'Erase the account and everything of it',
  description:
    'At once and for good; all sessions end. Answers `FORBIDDEN` unless you signed in within ten minutes or `confirm` is your e-mail address.',
  tags,
  security,
  request: {
    body: { required: true, content: { 'application/json': { schema: erasureRequestSchema, example: {} } } },
  },
  responses: { 204: { description: 'Erased' } },
});

export interface AccountServices {
  readonly callers: Callers;
  updateProfile(caller: Caller, change: ProfileChange): Promise<Profile>;
  exportUser(userId: string): Promise<DataExport>;
  eraseUser(userId: string): Promise<unknown>;
}

/** The user may be erased by another request meanwhile: then nobody is signed in any more. */
async function ofTheUser<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof AppError && error.code === 'NOT_FOUND')
      throw new AppError('UNAUTHENTICATED', 'This account has been erased', { cause: error });
    throw error;
  }
}

/** Adds the profile, the export and the erasure of a user. */
export function addAccountRoutes(app: OpenAPIHono, services: AccountServices): void {
  const { callers } = services;
  app.openapi(profile, async (c) => {
    const caller = await callers.caller(c.req.raw);
    return c.json(await ofTheUser(getProfile(caller)), 200, noStore);
  });
  app.openapi(change, async (c) => {
    const caller = await callers.caller(c.req.raw);
    return c.json(await ofTheUser(services.updateProfile(caller, c.req.valid('json'))), 200, noStore);
  });
  app.openapi(exported, async (c) => {
    const { userId } = await callers.caller(c.req.raw);
    c.header('Content-Disposition', 'attachment; filename="routestitch-export.json"');
    return c.json(await ofTheUser(services.exportUser(userId)), 200, noStore);
  });
  app.openapi(erase, async (c) => {
    const caller = await callers.caller(c.req.raw);
    const signedIn = (await callers.signedIn(c.req.raw)) ?? { email: '', recent: false };
    checkErasure(signedIn, c.req.valid('json').confirm);
    await ofTheUser(services.eraseUser(caller.userId));
    return c.body(null, 204, noStore);
  });
}
