import { createRootRoute, createRoute, createRouter, Outlet } from '@tanstack/react-router';
import { Layout } from './components/Layout.tsx';
import { SearchPage } from './pages/SearchPage.tsx';
import { readParams } from './search/query.ts';
import type { SearchParams } from './search/query.ts';
import { words } from './words.ts';

const root = createRootRoute({
  component: () => (
    <Layout>
      <Outlet />
    </Layout>
  ),
  notFoundComponent: () => (
    <>
      <h1 className="mb-3 font-serif text-2xl font-semibold">{words.site.notFound}</h1>
      <a className="button" href="/">
        {words.site.home}
      </a>
    </>
  ),
});

const searchRoute = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: SearchPage,
  validateSearch: (raw): SearchParams => readParams(raw),
});

export const router = createRouter({
  routeTree: root.addChildren([searchRoute]),
  // Plain `name=value` pairs: links stay readable and equal to those of the HTTP interface.
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const text = new URLSearchParams(Object.entries(readParams(search))).toString();
    return text === '' ? '' : `?${text}`;
  },
  defaultErrorComponent: ({ error }) => (
    <div role="alert">
      <h1 className="mb-3 font-serif text-2xl font-semibold">{words.site.broken}</h1>
      <p className="mb-3 font-mono text-sm">{error instanceof Error ? error.message : String(error)}</p>
      <button type="button" className="button" onClick={() => location.reload()}>
        {words.site.reload}
      </button>
    </div>
  ),
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
