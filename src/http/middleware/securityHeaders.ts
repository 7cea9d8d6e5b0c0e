import type { Layer } from './around.ts';

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

type NamedValue = [name: Lowercase<string>, value: string];

/** HSTS only when the public address is https. */
export function securityHeaderList(publicUrl: string | undefined): NamedValue[] {
  const list: NamedValue[] = [
    ['content-security-policy', CONTENT_SECURITY_POLICY],
    ['x-content-type-options', 'nosniff'],
    ['referrer-policy', 'same-origin'],
    ['cross-origin-opener-policy', 'same-origin'],
    ['cross-origin-resource-policy', 'same-origin'],
    ['permissions-policy', 'geolocation=(self), camera=(), microphone=(), payment=()'],
  ];
  if (publicUrl?.startsWith('https:'))
    list.push(['strict-transport-security', 'max-age=31536000; includeSubDomains']);
  return list;
}

/** Security headers on every answer, where its route has not set its own. */
export function securityHeaders(publicUrl: string | undefined): Layer {
  const list = securityHeaderList(publicUrl);
  return {
    after: (_, headers) => {
      for (const [name, value] of list) if (!headers.has(name)) headers.set(name, value);
    },
  };
}
