/**
 * Signing in with Google or any OpenID Connect server. Auth.js speaks the protocol (state, PKCE, nonce, code for
 * token) and nothing else: users and sessions are ours, and what a provider gives to act for a user goes no further
 * than this file. Nothing outside it knows Auth.js.
 */
import type { AuthConfig } from '@auth/core';
import { parse } from 'hono/utils/cookie';
import type { ClientConfig, OidcConfig } from '../../config.ts';
import { AppError } from '../../errors.ts';
import type { ProvidedIdentity } from '../../features/accounts/index.ts';
import { ownPage } from './returnTo.ts';

export interface ProviderOptions {
  readonly google?: ClientConfig | undefined;
  readonly oidc?: OidcConfig | undefined;
  /** Seals the cookies of a sign-in under way. */
  readonly secret: string;
}

/** One step of the way to a provider and back. */
interface Step {
  /** `Set-Cookie` values. */
  readonly cookies: readonly string[];
}

export interface Providers {
  readonly list: readonly { readonly id: string; readonly name: string }[];
  /** The provider's page to go to. Throws `NOT_FOUND` and, when the provider does not answer, `UNAVAILABLE`. */
  start(origin: string, id: string, returnTo: string): Promise<Step & { readonly url: string }>;
  /** Who came back. Throws `NOT_FOUND`, and `UNPROCESSABLE` when the provider did not say so. */
  finish(
    origin: string,
    id: string,
    request: Request,
  ): Promise<Step & { readonly identity: ProvidedIdentity; readonly returnTo: string }>;
}

/** A provider that does not answer holds a sign-in no longer than this. */
const PATIENCE_MS = 10_000;
const CHECKS = ['pkce', 'state', 'nonce'] as const;

/** Null when no provider is configured. */
export async function createProviders({ google, oidc, secret }: ProviderOptions): Promise<Providers | null> {
  const list = [
    ...(google ? [{ id: 'google', name: 'Google' }] : []),
    ...(oidc ? [{ id: 'oidc', name: oidc.name }] : []),
  ];
  if (list.length === 0) return null;
  const core = await import('@auth/core'); // only where it is used
  const inTime: typeof fetch = (url, init) =>
    fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(PATIENCE_MS) });
  const provider = (id: string): AuthConfig['providers'][number] => {
    const client = id === 'google' ? google! : oidc!;
    const issuer = id === 'google' ? 'https://accounts.google.com' : oidc!.issuer;
    return { id, name: id, type: 'oidc', issuer, ...client, checks: [...CHECKS], [core.customFetch]: inTime };
  };

  /** Lets Auth.js do one step; `identity` is who it says came back. */
  const run = async (request: Request, id: string) => {
    const secure = request.url.startsWith('https:');
    let identity: ProvidedIdentity | null = null;
    let failure: unknown;
    const response = await core.Auth(request, {
      basePath: '/auth',
      trustHost: true, // the origin is ours, not the request's
      secret,
      skipCSRFCheck: core.skipCSRFCheck, // refuseForeignWrites has looked
      useSecureCookies: secure,
      cookies: stepCookies(secure),
      session: { strategy: 'jwt', maxAge: 60 },
      providers: [provider(id)],
      pages: { signIn: '/auth/signin', error: '/auth/signin' },
      callbacks: {
        signIn: ({ profile }) => {
          identity = profile ? identityOf(id, profile) : null;
          return true;
        },
      },
      logger: { error: (error) => (failure = error), warn: () => {}, debug: () => {} },
    });
    const cookies = response.headers.getSetCookie().filter((cookie) => !cookie.startsWith(`${IGNORED}=`));
    return {
      cookies,
      location: response.headers.get('location'),
      identity: identity as ProvidedIdentity | null,
      failure,
    };
  };

  const nameOf = (id: string): string => {
    const known = list.find((one) => one.id === id);
    if (!known) throw new AppError('NOT_FOUND', 'There is no such way to sign in');
    return known.name;
  };

  return {
    list,
    start: async (origin, id, returnTo) => {
      const name = nameOf(id);
      const { location, cookies, failure } = await run(
        new Request(`${origin}/auth/signin/${id}`, {
          method: 'POST',
          body: new URLSearchParams({ callbackUrl: `${origin}${ownPage(returnTo)}` }),
        }),
        id,
      );
      if (failure !== undefined || location === null)
        throw new AppError('UNAVAILABLE', `${name} does not answer: try again, or use a link`, {
          cause: failure,
        });
      return { url: location, cookies };
    },
    finish: async (origin, id, request) => {
      const name = nameOf(id);
      const headers = new Headers();
      const cookie = request.headers.get('cookie');
      if (cookie !== null) headers.set('cookie', ownCookies(cookie));
      const { searchParams: answer } = new URL(request.url);
      answer.delete('callbackUrl'); // the cookie says where to go
      const { identity, location, cookies, failure } = await run(
        new Request(`${origin}/auth/callback/${id}?${answer}`, { headers }),
        id,
      );
      if (!identity)
        throw new AppError('UNPROCESSABLE', `Signing in with ${name} did not work out: try again`, {
          cause: failure,
        });
      return {
        identity,
        cookies,
        returnTo: location?.startsWith(`${origin}/`) ? ownPage(location.slice(origin.length)) : '/',
      };
    },
  };
}

/** Auth.js would make a session of its own; it is not sent. */
const IGNORED = 'rs.unused-session';
const STEPS = { state: 'state', pkceCodeVerifier: 'pkce', nonce: 'nonce', callbackUrl: 'return' } as const;
const stepName = (step: string, secure: boolean): string => `${secure ? '__Host-' : ''}rs.sign-in-${step}`;

/** Names and rules of the cookies of a sign-in under way, and of nothing else. */
function stepCookies(secure: boolean): NonNullable<AuthConfig['cookies']> {
  const options = { httpOnly: true, sameSite: 'lax', path: '/', secure } as const;
  const steps = Object.entries(STEPS).map(([key, step]) => [
    key,
    {
      name: stepName(step, secure),
      options: key === 'callbackUrl' ? { ...options, maxAge: 15 * 60 } : options,
    },
  ]);
  return { ...Object.fromEntries(steps), sessionToken: { name: IGNORED, options } };
}

/** The user's session is none of Auth.js's business: with it, it would link accounts to whoever is signed in. */
const ownCookies = (header: string): string =>
  Object.entries(parse(header))
    .filter(([name]) => /^(__Host-)?rs\.sign-in-/.test(name))
    .map(([name, value]) => `${name}=${value}`)
    .join('; ');

/** Null without a subject: all who have none would be one user. */
function identityOf(provider: string, profile: Readonly<Record<string, unknown>>): ProvidedIdentity | null {
  const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
  const providerAccountId = text(profile['sub']);
  if (providerAccountId === null || providerAccountId.length > 255) return null;
  return {
    provider,
    type: 'oidc',
    providerAccountId,
    email: text(profile['email']),
    emailVerified: profile['email_verified'] === true,
    name: text(profile['name']),
    image: text(profile['picture']),
  };
}
