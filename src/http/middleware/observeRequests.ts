import type { Context, MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { SeenRequest } from '../metrics/metrics.ts';
import { requestIdOf } from '../problem.ts';

export interface RequestObserver {
  request(request: SeenRequest & { readonly requestId: string }): void;
}

/** Tells of every answered request what may be told of it. Comes first, so that nothing is left out. */
export function observeRequests(observer: RequestObserver): MiddlewareHandler {
  return async (c, next) => {
    const started = performance.now();
    await next();
    observer.request({
      route: routeOf(c),
      method: c.req.method,
      status: c.res.status,
      ms: performance.now() - started,
      requestId: requestIdOf(c),
    });
  };
}

/** The pattern of the route, also when a middleware answered for it; never what stands in the address. */
function routeOf(c: Context): string {
  const route = matchedRoutes(c).find(({ method }) => method !== 'ALL');
  if (route) return route.path;
  return c.res.status === 404 || c.res.status === 405 ? 'none' : 'page';
}
