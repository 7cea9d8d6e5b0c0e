/** The pages of this page. Each is a chunk of its own, but the search, which most people come for. */
import { lazy } from 'react';
import type { ComponentType } from 'react';
import { Page as OfflinePage } from '../pages/OfflinePage.tsx';
import { SearchPage } from '../pages/SearchPage.tsx';
import { languageReady } from '../words/language.ts';
import { matchPath } from './match.ts';

export interface PageProps {
  /** The parts of the path named by `$`. */
  readonly params: Readonly<Record<string, string>>;
}
type Page = ComponentType<PageProps>;

/** A page whose chunk is loaded when it is gone to, with its words in the language that is spoken. */
const later = (load: () => Promise<{ readonly Page: Page }>): Page =>
  lazy(async () => {
    const { Page } = await load();
    await languageReady();
    return { default: Page };
  });

export const tabs = ['search', 'trips', 'saved', 'me'] as const;
export type Tab = (typeof tabs)[number];
/** Where each tab leads. */
export const tabPaths: Readonly<Record<Tab, string>> = {
  search: '/',
  trips: '/trips',
  saved: '/saved',
  me: '/me',
};

interface PageRoute {
  readonly path: string;
  readonly page: Page;
  /** The tab that is lit. */
  readonly tab: Tab | null;
}

/**
 * `/auth/*` and `/shared/*` are pages of the server: signing in and reading a shared trip need no script. Links to
 * them, as to every path that is not here, load a document.
 */
const routes: readonly PageRoute[] = [
  { path: '/', tab: 'search', page: SearchPage },
  { path: '/trips', tab: 'trips', page: later(() => import('../pages/TripsPage.tsx')) },
  { path: '/trips/new', tab: 'trips', page: later(() => import('../pages/NewTripPage.tsx')) },
  { path: '/trips/$tripId', tab: 'trips', page: later(() => import('../pages/TripPage.tsx')) },
  { path: '/saved', tab: 'saved', page: later(() => import('../pages/SavedPage.tsx')) },
  { path: '/me', tab: 'me', page: later(() => import('../pages/MePage.tsx')) },
  { path: '/about-data', tab: null, page: later(() => import('../pages/AboutDataPage.tsx')) },
  { path: '/operator', tab: null, page: later(() => import('../pages/OperatorPage.tsx')) },
  { path: '/offline', tab: null, page: OfflinePage },
  { path: '/style-guide', tab: null, page: later(() => import('../pages/StyleGuidePage.tsx')) },
];

export interface Matched extends PageRoute {
  readonly params: Readonly<Record<string, string>>;
}

export function routeOf(pathname: string): Matched | null {
  for (const route of routes) {
    const params = matchPath(route.path, pathname);
    if (params) return { ...route, params };
  }
  return null;
}
