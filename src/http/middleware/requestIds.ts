import { newId } from '../../units/ids.ts';
import { requestIdOf } from '../problem.ts';
import type { Layer } from './around.ts';

/** What is taken from a proxy: nothing that a log could read as something else. */
const PROXY_ID = /^[\w.-]{8,64}$/;

/** An id for every request, in its answer and its log line; that of the proxy when there is one to trust. */
export function requestIds(trustedProxies: number): Layer {
  const before: Layer['before'] = (c) => {
    const given = trustedProxies > 0 ? c.req.header('x-request-id') : undefined;
    const requestId = given !== undefined && PROXY_ID.test(given) ? given : newId();
    c.set('requestId' as never, requestId as never);
  };
  return { before, after: (c, headers) => headers.set('x-request-id', requestIdOf(c)) };
}
