import { Component, Suspense, useEffect } from 'react';
import type { ErrorInfo, ReactNode } from 'react';
import { NotFound } from '../pages/NotFound.tsx';
import { Page as OfflinePage } from '../pages/OfflinePage.tsx';
import { siteWords } from '../words/site.ts';
import { navigate, useAddress } from './location.ts';
import { routeOf } from './routes.ts';

/** The page of the address. Links of ours go on without loading a document anew. */
export function Router() {
  const { pathname } = useAddress();
  useEffect(() => {
    document.addEventListener('click', followLink);
    return () => document.removeEventListener('click', followLink);
  }, []);
  const route = routeOf(pathname);
  if (route === null) return <NotFound />;
  return (
    <Fence key={pathname}>
      <Suspense fallback={<Waiting />}>
        <route.page params={route.params} />
      </Suspense>
    </Fence>
  );
}

/** What a plain click on a link to a page of ours does; new tabs, downloads and other sites stay the browser's. */
function followLink(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (!link || link.target !== '' || link.hasAttribute('download') || link.origin !== location.origin) return;
  // A fragment of this page is the browser's too.
  if (link.hash !== '' && link.pathname === location.pathname && link.search === location.search) return;
  if (routeOf(link.pathname) === null) return;
  event.preventDefault();
  navigate(link.pathname + link.search + link.hash);
}

function Waiting() {
  return (
    <div aria-busy="true" className="mt-6">
      <p className="sr-only">{siteWords.loading}</p>
      <span className="skeleton block h-8 w-2/5" />
      <span className="skeleton mt-6 block h-24 w-full" />
      <span className="skeleton mt-3 block h-24 w-full" />
    </div>
  );
}

/** Says that something broke instead of showing nothing. A chunk that is gone (a new version) comes with a reload. */
class Fence extends Component<{ readonly children: ReactNode }, { readonly error: unknown }> {
  override state = { error: null };
  static getDerivedStateFromError = (error: unknown) => ({ error });
  override componentDidCatch(error: unknown, { componentStack }: ErrorInfo): void {
    // oxlint-disable-next-line no-console -- for whoever looks into it; nothing is sent
    console.error(error, componentStack);
  }
  override render() {
    const { error } = this.state as { error: unknown };
    if (error === null) return this.props.children;
    const chunk = error instanceof TypeError && /import|fetch|module/i.test(error.message);
    if (chunk && !navigator.onLine) return <OfflinePage />;
    return (
      <div role="alert" className="mt-6">
        <h1 className="mb-3 font-serif text-2xl font-semibold">
          {chunk ? siteWords.notLoaded : siteWords.broken}
        </h1>
        <p className="mb-3 font-mono text-sm">{error instanceof Error ? error.message : null}</p>
        <button type="button" className="button primary" onClick={() => location.reload()}>
          {siteWords.reload}
        </button>
      </div>
    );
  }
}
