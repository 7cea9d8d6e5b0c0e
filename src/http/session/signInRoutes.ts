/** Signing in and out under /auth: pages that need no script, and the same for programs in JSON. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Database } from '../../database/connect.ts';
import { AppError } from '../../errors.ts';
import {
  magicLinkRequestSchema,
  magicLinkResponseSchema,
  signedInResponseSchema,
} from '../../features/accounts/contract.ts';
import {
  browserName,
  type Callers,
  createSignInLink,
  endSession,
  LINK_MINUTES,
  type LinkDelivery,
  readSignInLink,
  type SessionLimits,
  signInByProvider,
  useSignInLink,
} from '../../features/accounts/index.ts';
import { LANGUAGE_KEY, type Language, languageCookie, languageOf } from '../../units/language.ts';
import { clientAddress } from '../middleware/clientAddress.ts';
import type { SessionCookie } from './cookies.ts';
import { failuresAsPages } from './failuresAsPages.ts';
import { ownOrigin } from './ownOrigin.ts';
import type { Providers } from './providers.ts';
import { ownPage } from './returnTo.ts';
import { signInPages, signInStyle } from './signInPages.ts';

export interface SignInServices {
  readonly callers: Callers;
  /** As rs_service. */
  readonly service: Database;
  readonly cookie: SessionCookie;
  readonly limits: SessionLimits;
  readonly publicUrl: string | undefined;
  readonly delivery: LinkDelivery;
  /** Google and others; null when none is configured. */
  readonly providers: Providers | null;
  /** Hides addresses among the counters of the limit. */
  readonly secret: string;
  readonly trustedProxies: number;
  /** Hears of a mail that could not be sent. */
  readonly onError: (error: unknown) => void;
}

const BODY_BYTES = 8 * 1024;
const tags = ['Account'];
const json = <Schema extends z.ZodType>(schema: Schema) => ({ 'application/json': { schema } });

const magicLink = createRoute({
  method: 'post',
  path: '/auth/magic-link',
  summary: 'Ask for a link that signs in',
  description:
    'Always the same answer, whether the address has an account or not. Answers `INVALID_REQUEST`, `RATE_LIMITED` and, on a server that cannot send mail, `UNAVAILABLE`.',
  tags,
  request: { body: { required: true, content: json(magicLinkRequestSchema) } },
  responses: { 202: { description: 'On its way', content: json(magicLinkResponseSchema) } },
});

const session = createRoute({
  method: 'get',
  path: '/auth/session',
  summary: 'Who is signed in',
  tags,
  responses: { 200: { description: 'The user, or null', content: json(signedInResponseSchema) } },
});

const signOut = createRoute({
  method: 'post',
  path: '/auth/signout',
  summary: 'Sign out',
  tags,
  responses: {
    204: { description: 'The session, if there was one, has ended' },
    303: { description: 'The same for a form: to a page that says so' },
  },
});

/** Adds sign-in by link and by provider, and sign-out. */
export function addSignInRoutes(app: OpenAPIHono, services: SignInServices): void {
  app.use(
    '/auth/*',
    failuresAsPages,
    bodyLimit({
      maxSize: BODY_BYTES,
      onError: () => {
        throw new AppError('PAYLOAD_TOO_LARGE', `Send at most ${BODY_BYTES / 1024} KiB`);
      },
    }),
  );
  app.get('/auth/style.css', (c) => {
    c.header('Cache-Control', 'no-cache');
    return c.body(signInStyle, 200, { 'Content-Type': 'text/css; charset=utf-8' });
  });
  addLinkRoutes(app, services);
  addConfirmRoutes(app, services);
  if (services.providers) addProviderRoutes(app, services, services.providers);
  addSignOutRoutes(app, services);
}

/** Makes a link and sends it off. Nobody waits for the mail: its time would tell about the address. */
async function sendLink(
  c: Context,
  services: SignInServices,
  email: string,
  returnTo: string,
): Promise<void> {
  const { service, secret, delivery, publicUrl, trustedProxies, onError } = services;
  delivery.check();
  const origin = ownOrigin(c.req.raw, publicUrl);
  const address = clientAddress(c, trustedProxies);
  const link = await createSignInLink(service, { email, address }, secret);
  const url = new URL('/auth/confirm', origin);
  url.searchParams.set('token', link.token);
  if (returnTo !== '/') url.searchParams.set('returnTo', returnTo);
  delivery.deliver(link.email, url.href, languageOf(c.req.raw)).catch(onError);
}

function addLinkRoutes(app: OpenAPIHono, services: SignInServices): void {
  const { callers, providers, delivery } = services;
  const form = async (
    c: Context,
    more: { returnTo: string; email?: string; faulty?: boolean },
  ): Promise<string> =>
    pagesFor(c).signIn({
      providers: providers?.list ?? [],
      signedInAs: (await callers.signedIn(c.req.raw))?.email ?? null,
      ...more,
    });
  app.get('/auth/signin', async (c) => c.html(await form(c, { returnTo: ownPage(c.req.query('returnTo')) })));
  app.post('/auth/signin', async (c) => {
    const fields = await formOf(c);
    const returnTo = ownPage(fields.get('returnTo'));
    const email = fields.get('email') ?? '';
    try {
      await sendLink(c, services, email, returnTo);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'INVALID_REQUEST') throw error;
      return c.html(await form(c, { returnTo, email: email.slice(0, 254), faulty: true }), 400);
    }
    return c.redirect('/auth/sent', 303);
  });
  app.get('/auth/sent', (c) => c.html(pagesFor(c).sent(delivery.by, LINK_MINUTES)));
  app.openapi(magicLink, async (c) => {
    const { email, returnTo } = c.req.valid('json');
    await sendLink(c, services, email, ownPage(returnTo));
    return c.json({ by: delivery.by, minutes: LINK_MINUTES }, 202);
  });
}

/** The link opens a page, and only its button signs in: what looks through mail follows links, but sends no forms. */
function addConfirmRoutes(app: OpenAPIHono, services: SignInServices): void {
  const { callers, service, cookie, limits } = services;
  const signedInAs = async (c: Context) => (await callers.signedIn(c.req.raw))?.email ?? null;
  app.get('/auth/confirm', async (c) => {
    const token = c.req.query('token') ?? '';
    const returnTo = ownPage(c.req.query('returnTo'));
    const email = await readSignInLink(service, token);
    return c.html(pagesFor(c).confirm({ email, token, returnTo, signedInAs: await signedInAs(c) }));
  });
  app.post('/auth/confirm', async (c) => {
    const fields = await formOf(c);
    const { token } = await useSignInLink(
      service,
      {
        token: fields.get('token') ?? '',
        email: fields.get('email') ?? '',
        signedInAs: await signedInAs(c),
        ...browserOf(c, cookie),
      },
      limits,
    );
    c.header('Set-Cookie', cookie.write(token, limits.maxDays), { append: true });
    return c.redirect(ownPage(fields.get('returnTo')), 303);
  });
}

function addProviderRoutes(app: OpenAPIHono, services: SignInServices, providers: Providers): void {
  const { service, cookie, limits, publicUrl } = services;
  app.post('/auth/signin/:provider', async (c) => {
    const id = c.req.param('provider');
    const returnTo = ownPage((await formOf(c)).get('returnTo'));
    const { url, cookies } = await providers.start(ownOrigin(c.req.raw, publicUrl), id, returnTo);
    for (const one of cookies) c.header('Set-Cookie', one, { append: true });
    c.header('Refresh', `0; url=${url}`);
    return c.html(pagesFor(c).goingOn(providers.list.find((one) => one.id === id)?.name ?? id, url));
  });
  app.get('/auth/callback/:provider', async (c) => {
    const origin = ownOrigin(c.req.raw, publicUrl);
    const { identity, cookies, returnTo } = await providers.finish(
      origin,
      c.req.param('provider'),
      c.req.raw,
    );
    const { token } = await signInByProvider(service, identity, browserOf(c, cookie), limits);
    for (const one of [...cookies, cookie.write(token, limits.maxDays)])
      c.header('Set-Cookie', one, { append: true });
    return c.redirect(returnTo, 303);
  });
}

function addSignOutRoutes(app: OpenAPIHono, { callers, service, cookie }: SignInServices): void {
  app.openapi(session, async (c) => {
    const found = await callers.signedIn(c.req.raw);
    return c.json({ user: found && { id: found.userId, email: found.email, admin: found.admin } }, 200);
  });
  app.openapi(signOut, async (c) => {
    const token = cookie.read(c.req.raw);
    if (token !== null) await endSession(service, token);
    c.header('Set-Cookie', cookie.clear());
    return c.req.header('accept')?.includes('text/html')
      ? c.redirect('/auth/signed-out', 303)
      : c.body(null, 204);
  });
  app.get('/auth/signed-out', (c) => c.html(pagesFor(c).signedOut()));
}

/** In the reader's language; what a GET answers can be asked for in the other one, but not an address with a secret. */
function pagesFor(c: Context) {
  const { pathname, search, searchParams } = new URL(c.req.url);
  const again = c.req.method === 'GET' && !searchParams.has('token');
  return signInPages(rememberLanguage(c), again ? pathname + search : null);
}

/** A language that the address asks for holds for the pages to come. */
function rememberLanguage(c: Context): Language {
  const language = languageOf(c.req.raw);
  if (c.req.query(LANGUAGE_KEY) === language)
    c.header('Set-Cookie', languageCookie(language), { append: true });
  return language;
}

const browserOf = (c: Context, cookie: SessionCookie) => ({
  userAgent: browserName(c.req.header('user-agent') ?? null),
  previousToken: cookie.read(c.req.raw),
});

/** The fields of a form as a page sends it. Throws `UNSUPPORTED_MEDIA_TYPE`. */
async function formOf(c: Context): Promise<URLSearchParams> {
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(c.req.header('content-type') ?? ''))
    throw new AppError('UNSUPPORTED_MEDIA_TYPE', 'Send the form of the page');
  return new URLSearchParams(await c.req.text());
}
