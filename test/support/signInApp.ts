/** Signing in as the server offers it, without the rest of the server. */
import { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { onTerminal } from '../../src/features/accounts/index.ts';
import { around } from '../../src/http/middleware/around.ts';
import { invalidRequest, problemResponse } from '../../src/http/problem.ts';
import { refuseForeignWrites } from '../../src/http/session/csrf.ts';
import { sessionCookie } from '../../src/http/session/cookies.ts';
import { addSessionRoutes } from '../../src/http/session/sessionRoutes.ts';
import { addSignInRoutes, type SignInServices } from '../../src/http/session/signInRoutes.ts';
import type { TestDatabase } from './database.ts';
import { callersOf, sessionLimits } from './signIn.ts';

/** Every form comes from another address, since addresses are limited. */
let clients = 0;

export interface SignInApp {
  readonly app: OpenAPIHono;
  /** Links, unless another delivery was given. */
  readonly links: readonly URL[];
  /** What went wrong behind an answer. */
  readonly errors: readonly unknown[];
  /** A form as a page of ours sends it. */
  submit(path: string, fields: Record<string, string>, cookie?: string): Promise<Response>;
  /** Asks for a link as the page does; answers its token. */
  linkFor(email: string): Promise<string>;
}

export function signInApp(
  db: Pick<TestDatabase, 'app' | 'service'>,
  options: Partial<SignInServices> = {},
): SignInApp {
  const links: URL[] = [];
  const errors: unknown[] = [];
  const secure = options.publicUrl?.startsWith('https:') ?? false;
  const services: SignInServices = {
    callers: callersOf(db, { secure }),
    service: db.service,
    cookie: sessionCookie(secure),
    limits: sessionLimits,
    publicUrl: undefined,
    delivery: onTerminal((line) => links.push(new URL(line.slice(line.indexOf('http'))))),
    providers: null,
    secret: 'a secret of at least thirty-two characters',
    trustedProxies: 1, // so that a test has the addresses it wants
    onError: (error) => errors.push(error),
    ...options,
  };
  const app = new OpenAPIHono({
    defaultHook: (result) => {
      if (!result.success) throw invalidRequest(result.error);
    },
  });
  const failed = (c: Context, thrown: unknown): Response =>
    problemResponse(c, thrown, (failure) => errors.push(failure.error));
  app.onError((error, c) => failed(c, error));
  const layers = [refuseForeignWrites({ publicUrl: services.publicUrl })];
  app.use('*', around({ layers: () => layers, within: (_, work) => work(), failed }));
  addSessionRoutes(app, services.callers);
  addSignInRoutes(app, services);
  const origin = services.publicUrl ?? 'http://localhost';
  const submit: SignInApp['submit'] = async (path, fields, cookie) =>
    app.request(`${origin}${path}`, {
      method: 'POST',
      headers: {
        origin,
        accept: 'text/html,*/*;q=0.8',
        'sec-fetch-site': 'same-origin',
        'x-forwarded-for': `10.0.${clients >> 8}.${clients++ & 255}`,
        ...(cookie === undefined ? {} : { cookie }),
      },
      body: new URLSearchParams(fields),
    });
  return {
    app,
    links,
    errors,
    submit,
    linkFor: async (email) => {
      const before = links.length;
      const response = await submit('/auth/signin', { email });
      if (response.status !== 303) throw new Error(`${response.status}: ${await response.text()}`);
      return links[before]!.searchParams.get('token')!;
    },
  };
}
