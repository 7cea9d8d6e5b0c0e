import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Context } from 'hono';
import { type AnswerHeaders, type Layer, replaceAnswer } from './around.ts';
import { PlainHeaders } from './plainHeaders.ts';

const compress = promisify(gzip);
const COMPRESSIBLE = /^(text\/|application\/(json|problem\+json)|image\/svg)/;
/** Below this a packet is saved by nobody. */
const COMPRESS_BYTES = 1024;
const GZIP = /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/;
/** Every answer has a search id of its own: no two are the same. */
const NEVER_THE_SAME = '/api/v1/search';

/** What routes answered by `c.json`: reading it back out of a response takes longer than writing it. */
const texts = new WeakMap<Response, string>();

/**
 * The last look at a body: an `ETag` for what a GET finds, 304 for who has it already, gzip for who reads it. The tags
 * are weak, since the bytes differ by encoding. A route that has its answer packed already is told who reads it.
 */
export const representation: Layer = {
  before: (c) => {
    c.set('readsGzip' as never, readsGzip(c) as never);
    const json = (object: unknown, init?: never, headers?: Record<string, string>): Response => {
      const text = JSON.stringify(object);
      const response = c.body(text, init, { 'Content-Type': 'application/json', ...headers });
      texts.set(response, text);
      return response;
    };
    c.json = json as unknown as typeof c.json;
  },
  after: (c, headers) => {
    const tagged = isRead(c) && c.res.status === 200 && c.req.path !== NEVER_THE_SAME;
    const compressible = isCompressible(headers);
    if (compressible) headers.append('vary', 'Accept-Encoding');
    const zipped = compressible && readsGzip(c);
    return tagged || zipped ? represent(c, headersOf(headers), tagged, zipped) : undefined;
  },
};

/** A copy, for the answer that takes the place of the one they are of. */
const headersOf = (headers: AnswerHeaders): Headers =>
  new Headers(headers instanceof PlainHeaders ? headers.record : (headers as Headers));

async function represent(c: Context, headers: Headers, tagged: boolean, zipped: boolean): Promise<void> {
  const body = texts.get(c.res) ?? new Uint8Array(await c.res.arrayBuffer());
  const { status } = c.res;
  if (tagged) {
    const tag = headers.get('etag') ?? `W/"${hash('sha256', body, 'base64url').slice(0, 22)}"`;
    headers.set('ETag', tag);
    if (namesTag(c.req.header('if-none-match'), tag)) {
      for (const name of ['content-type', 'content-length']) headers.delete(name);
      return replaceAnswer(c, new Response(null, { status: 304, headers }));
    }
  }
  if (!zipped || Buffer.byteLength(body) < COMPRESS_BYTES)
    return replaceAnswer(c, new Response(body, { status, headers }));
  headers.set('Content-Encoding', 'gzip');
  headers.delete('content-length');
  return replaceAnswer(c, new Response(await compress(body), { status, headers }));
}

const readsGzip = (c: Context): boolean => GZIP.test(c.req.header('accept-encoding') ?? '');

const isRead = (c: Context): boolean => c.req.method === 'GET' || c.req.method === 'HEAD';

const isCompressible = (headers: AnswerHeaders): boolean =>
  COMPRESSIBLE.test(headers.get('content-type') ?? '') && !headers.has('content-encoding');

/** RFC 9110, 13.1.2: `*` is whatever is there; a list is compared weakly. */
function namesTag(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  const opaque = (text: string): string => text.trim().replace(/^W\//, '');
  return ifNoneMatch.trim() === '*' || ifNoneMatch.split(',').some((one) => opaque(one) === opaque(tag));
}
