import type { Layer } from './around.ts';

const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE';
const REQUEST_HEADERS = 'Content-Type, Idempotency-Key, If-None-Match';
/** What a script of another origin may read beside the usual. */
const ANSWER_HEADERS =
  'ETag, Idempotency-Replayed, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After, X-Request-Id';
const PREFLIGHT_SECONDS = '600';

/**
 * Lets pages of `origins` call the API. A listed origin may send its user's cookie (which SameSite keeps to the same
 * site); `*` lets any other read without one. Nobody else gets a header, so that browsers refuse them.
 */
export function crossOrigin(origins: readonly string[]): Layer {
  const listed = new Set(origins.filter((origin) => origin !== '*'));
  const anybody = origins.includes('*');
  const before: Layer['before'] = (c) => {
    const origin = c.req.header('origin');
    if (c.req.method !== 'OPTIONS' || origin === undefined || !c.req.header('access-control-request-method'))
      return undefined;
    const grant = grantTo(origin, listed, anybody);
    if (grant)
      for (const [name, value] of [
        ...grant,
        ['access-control-allow-methods', METHODS],
        ['access-control-allow-headers', REQUEST_HEADERS],
        ['access-control-max-age', PREFLIGHT_SECONDS],
      ] as const)
        c.header(name, value);
    c.header('vary', 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers');
    return c.body(null, 204);
  };
  const after: Layer['after'] = (c, headers) => {
    if (origins.length === 0) return;
    headers.append('vary', 'Origin');
    const grant = grantTo(c.req.header('origin'), listed, anybody);
    if (!grant) return;
    for (const [name, value] of grant) headers.set(name, value);
    headers.set('access-control-expose-headers', ANSWER_HEADERS);
  };
  return { before, after };
}

type Grant = readonly (readonly [name: Lowercase<string>, value: string])[];

function grantTo(origin: string | undefined, listed: ReadonlySet<string>, anybody: boolean): Grant | null {
  if (origin === undefined) return null;
  if (listed.has(origin))
    return [
      ['access-control-allow-origin', origin],
      ['access-control-allow-credentials', 'true'],
    ];
  return anybody ? [['access-control-allow-origin', '*']] : null;
}
