/** A small, real OpenID Connect server: authorization code with PKCE and nonce, tokens signed with RS256. */
import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface OidcUser {
  readonly sub: string;
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly name?: string;
  readonly picture?: string;
}

export interface OidcServer {
  readonly issuer: string;
  readonly client: { readonly clientId: string; readonly clientSecret: string };
  /** Who is signed in there; null: whoever comes is sent back with an error. */
  user: OidcUser | null;
  /** Claims that the token gets instead of the right ones. */
  forged: Readonly<Record<string, unknown>>;
  /** Tokens given out, which must turn up nowhere. */
  readonly tokens: readonly string[];
  close(): Promise<void>;
}

interface Grant {
  readonly challenge: string;
  readonly nonce: string | null;
  readonly redirectUri: string;
  readonly user: OidcUser;
}

const client = { clientId: 'routestitch', clientSecret: 'secret of the client' };
const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export async function oidcServer(): Promise<OidcServer> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const grants = new Map<string, Grant>();
  const tokens: string[] = [];
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const oidc: OidcServer = {
    issuer,
    client,
    user: null,
    forged: {},
    tokens,
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };

  const idToken = ({ nonce, user }: Grant): string => {
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: issuer,
      aud: client.clientId,
      iat: now,
      exp: now + 60,
      nonce,
      ...user,
      ...oidc.forged,
    };
    const text = `${base64url({ alg: 'RS256', typ: 'JWT' })}.${base64url(claims)}`;
    return `${text}.${sign('RSA-SHA256', Buffer.from(text), privateKey).toString('base64url')}`;
  };

  const authorize = ({ searchParams }: URL, response: ServerResponse): void => {
    const redirectUri = searchParams.get('redirect_uri')!;
    const back = new URL(redirectUri);
    back.searchParams.set('state', searchParams.get('state')!);
    if (oidc.user) {
      const code = randomUUID();
      grants.set(code, {
        challenge: searchParams.get('code_challenge')!,
        nonce: searchParams.get('nonce'),
        redirectUri,
        user: oidc.user,
      });
      back.searchParams.set('code', code);
    } else back.searchParams.set('error', 'access_denied');
    response.writeHead(302, { location: back.href }).end();
  };

  const token = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const fields = new URLSearchParams(Buffer.concat(chunks).toString());
    const grant = grants.get(fields.get('code') ?? '');
    grants.delete(fields.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(fields.get('code_verifier') ?? '')
      .digest('base64url');
    const basic = Buffer.from(`${client.clientId}:${client.clientSecret.replaceAll(' ', '+')}`).toString(
      'base64',
    );
    const sound =
      grant?.challenge === challenge &&
      grant.redirectUri === fields.get('redirect_uri') &&
      request.headers.authorization === `Basic ${basic}`;
    response.writeHead(sound ? 200 : 400, { 'content-type': 'application/json' });
    if (!sound) return void response.end(JSON.stringify({ error: 'invalid_grant' }));
    const given = { access_token: randomUUID(), refresh_token: randomUUID(), id_token: idToken(grant) };
    tokens.push(...Object.values(given));
    response.end(JSON.stringify({ ...given, token_type: 'bearer', expires_in: 60, scope: 'openid email' }));
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url!, issuer);
    if (url.pathname === '/authorize') return authorize(url, response);
    if (url.pathname === '/token') return token(request, response);
    response.writeHead(200, { 'content-type': 'application/json' }).end(
      JSON.stringify({
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        userinfo_endpoint: `${issuer}/userinfo`,
        jwks_uri: `${issuer}/jwks`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
        code_challenge_methods_supported: ['S256'],
      }),
    );
  };
  return oidc;
}
