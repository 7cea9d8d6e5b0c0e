import { AppError } from '../../errors.ts';
import type { Layer } from '../middleware/around.ts';
import { isLoopback } from './ownOrigin.ts';

export interface OwnOrigins {
  /** Address people use; without it the page's origin is the one the request was sent to. */
  readonly publicUrl?: string | undefined;
  /** Pages elsewhere that may write, as `https://app.example.org`; `*`: any, but without a cookie. */
  readonly allowedOrigins?: readonly string[];
}

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);
/**
 * Refuses writes that another site's page makes a browser send (CSRF). Browsers say where a request comes from, in
 * `Sec-Fetch-Site` and in `Origin` (https://www.w3.org/TR/fetch-metadata/), and no page can change either: what is said
 * must be our own page. Nothing said and a cookie sent is a browser that hides something, or a program that has a
 * session and must say `Origin`. Nothing said and no cookie is a program that acts in nobody's name.
 * Throws `FORBIDDEN`. Reading changes nothing, so it needs no check.
 */
export function refuseForeignWrites({ publicUrl, allowedOrigins = [] }: OwnOrigins): Layer {
  const publicOrigin = publicUrl === undefined ? null : new URL(publicUrl).origin;
  const allowed = new Set(allowedOrigins);
  const isOwn = (origin: string, request: Request): boolean => {
    if (origin === publicOrigin) return true;
    return (publicOrigin === null || isLoopback(origin)) && origin === new URL(request.url).origin;
  };
  const fault = (request: Request): string | null => {
    const origin = request.headers.get('origin');
    const site = request.headers.get('sec-fetch-site');
    if (origin !== null && allowed.has(origin)) return null;
    if (allowed.has('*') && !request.headers.has('cookie')) return null;
    if (origin !== null && !isOwn(origin, request))
      return 'This was sent by a page of another site (Origin); set PUBLIC_URL if it is this one';
    if (site !== null && site !== 'same-origin' && site !== 'none')
      return 'This was sent by a page of another site (Sec-Fetch-Site)';
    if (origin === null && site === null && request.headers.has('cookie'))
      return 'Send the Origin header with a cookie';
    return null;
  };
  return {
    before: (c) => {
      const reason = READS.has(c.req.method) ? null : fault(c.req.raw);
      if (reason !== null) throw new AppError('FORBIDDEN', reason);
    },
  };
}
