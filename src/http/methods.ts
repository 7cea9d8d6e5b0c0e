import type { Hono } from 'hono';
import { TrieRouter } from 'hono/router/trie-router';

/** What a path answers to: `allowed('/api/v1/trips')` → `['GET', 'HEAD', 'POST']`; empty for an unknown path. */
export function methodsOf(app: Pick<Hono, 'routes'>): (path: string) => string[] {
  const router = new TrieRouter<string>();
  for (const { method, path } of app.routes) if (method !== 'ALL') router.add('ALL', path, method);
  return (path) => {
    const methods = new Set(router.match('ALL', path)[0].map(([method]) => method));
    if (methods.has('GET')) methods.add('HEAD');
    return [...methods].toSorted();
  };
}
