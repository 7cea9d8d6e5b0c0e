import { parse, serialize } from 'hono/utils/cookie';

/** The cookie that carries a session's token. */
export interface SessionCookie {
  readonly name: string;
  /** The token of a request; null when it has none. */
  read(request: Request): string | null;
  /** A `Set-Cookie` that keeps the token for this many days. */
  write(token: string, days: number): string;
  /** A `Set-Cookie` that takes the cookie away. */
  clear(): string;
}

/**
 * With https: `__Host-`, so that no other host of the domain and no page read without TLS can plant one (browsers
 * accept the prefix only with Secure, which plain http on this machine does not have).
 * `SameSite=Lax`: a link in a mail leads to a page that knows the session; other sites' posts do not carry it.
 */
export function sessionCookie(secure: boolean): SessionCookie {
  const name = secure ? '__Host-rs.session' : 'rs.session';
  const attributes = { path: '/', httpOnly: true, secure, sameSite: 'Lax' } as const;
  return {
    name,
    read: (request) => {
      const header = request.headers.get('cookie');
      return header === null ? null : (parse(header, name)[name] ?? null);
    },
    write: (token, days) => serialize(name, token, { ...attributes, maxAge: days * 86_400 }),
    clear: () => serialize(name, '', { ...attributes, maxAge: 0 }),
  };
}
