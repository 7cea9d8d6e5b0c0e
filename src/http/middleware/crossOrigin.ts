import type { MiddlewareHandler } from 'hono';

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
export function crossOrigin(origins: readonly string[]): MiddlewareHandler {
  const listed = new Set(origins.filter((origin) => origin !== '*'));
  const anybody = origins.includes('*');
  return async (c, next) => {
    const origin = c.req.header('origin');
    const grant = grantTo(origin, listed, anybody);
    const preflight =
      c.req.method === 'OPTIONS' && origin !== undefined && c.req.header('access-control-request-method');
    if (preflight) {
      if (grant)
        for (const [name, value] of [
          ...grant,
          ['Access-Control-Allow-Methods', METHODS],
          ['Access-Control-Allow-Headers', REQUEST_HEADERS],
          ['Access-Control-Max-Age', PREFLIGHT_SECONDS],
        ] as const)
          c.header(name, value);
      c.header('Vary', 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers');
      return c.body(null, 204);
    }
    await next();
    if (origins.length > 0) c.res.headers.append('Vary', 'Origin');
    for (const [name, value] of grant ?? []) c.res.headers.set(name, value);
    if (grant) c.res.headers.set('Access-Control-Expose-Headers', ANSWER_HEADERS);
    return undefined;
  };
}

type Grant = readonly (readonly [name: string, value: string])[];

function grantTo(origin: string | undefined, listed: ReadonlySet<string>, anybody: boolean): Grant | null {
  if (origin === undefined) return null;
  if (listed.has(origin))
    return [
      ['Access-Control-Allow-Origin', origin],
      ['Access-Control-Allow-Credentials', 'true'],
    ];
  return anybody ? [['Access-Control-Allow-Origin', '*']] : null;
}
