import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Context, MiddlewareHandler } from 'hono';

const compress = promisify(gzip);
const COMPRESSIBLE = /^(text\/|application\/(json|problem\+json)|image\/svg)/;
/** Below this a packet is saved by nobody. */
const COMPRESS_BYTES = 1024;
const GZIP = /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/;
/** Every answer has a search id of its own: no two are the same. */
const NEVER_THE_SAME = '/api/v1/search';

/**
 * The last look at a body: an `ETag` for what a GET finds, 304 for who has it already, gzip for who reads it. The tags
 * are weak, since the bytes differ by encoding. A route that has its answer packed already is told who reads it.
 */
export const representation: MiddlewareHandler = async (c, next) => {
  const readsGzip = GZIP.test(c.req.header('accept-encoding') ?? '');
  c.set('readsGzip' as never, readsGzip as never);
  await next();
  const tagged = isRead(c) && c.res.status === 200 && c.req.path !== NEVER_THE_SAME;
  const compressed = isCompressible(c.res);
  if (compressed) c.res.headers.append('Vary', 'Accept-Encoding');
  const zipped = compressed && readsGzip;
  if (!tagged && !zipped) return;
  const bytes = new Uint8Array(await c.res.arrayBuffer());
  const { status } = c.res;
  const headers = new Headers(c.res.headers);
  if (tagged) {
    const tag = headers.get('etag') ?? `W/"${hash('sha256', bytes, 'base64url').slice(0, 22)}"`;
    headers.set('ETag', tag);
    if (namesTag(c.req.header('if-none-match'), tag)) {
      for (const name of ['content-type', 'content-length']) headers.delete(name);
      return replace(c, new Response(null, { status: 304, headers }));
    }
  }
  if (!zipped || bytes.length < COMPRESS_BYTES) return replace(c, new Response(bytes, { status, headers }));
  headers.set('Content-Encoding', 'gzip');
  headers.delete('content-length');
  return replace(c, new Response(await compress(bytes), { status, headers }));
};

/** Takes the place of an answer whose headers are in the new one already. */
function replace(c: Context, response: Response): void {
  c.res = undefined;
  c.res = response;
}

const isRead = (c: Context): boolean => c.req.method === 'GET' || c.req.method === 'HEAD';

const isCompressible = ({ headers }: Response): boolean =>
  COMPRESSIBLE.test(headers.get('content-type') ?? '') && !headers.has('content-encoding');

/** RFC 9110, 13.1.2: `*` is whatever is there; a list is compared weakly. */
function namesTag(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  const opaque = (text: string): string => text.trim().replace(/^W\//, '');
  return ifNoneMatch.trim() === '*' || ifNoneMatch.split(',').some((one) => opaque(one) === opaque(tag));
}
