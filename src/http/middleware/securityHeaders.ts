import type { MiddlewareHandler } from 'hono';

/** Everything the page needs comes from here: no outside host, no inline script or style element. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Names and values; HSTS only when the public address is https. */
export function securityHeaderList(publicUrl: string | undefined): [name: string, value: string][] {
  const list: [string, string][] = [
    ['Content-Security-Policy', CONTENT_SECURITY_POLICY],
    ['X-Content-Type-Options', 'nosniff'],
    ['Referrer-Policy', 'same-origin'],
    ['Cross-Origin-Opener-Policy', 'same-origin'],
    ['Cross-Origin-Resource-Policy', 'same-origin'],
    ['Permissions-Policy', 'geolocation=(self), camera=(), microphone=(), payment=()'],
  ];
  if (publicUrl?.startsWith('https:'))
    list.push(['Strict-Transport-Security', 'max-age=31536000; includeSubDomains']);
  return list;
}

/** Security headers on every answer, where its route has not set its own. */
export function securityHeaders(publicUrl: string | undefined): MiddlewareHandler {
  const list = securityHeaderList(publicUrl);
  return async (c, next) => {
    await next();
    const { headers } = c.res;
    for (const [name, value] of list) if (!headers.has(name)) headers.set(name, value);
  };
}
