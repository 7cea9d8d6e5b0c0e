import { lazy, Suspense, useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import { useSession } from '../api/session.ts';
import { useAddress } from '../router/location.ts';
import { routeOf, tabPaths, tabs } from '../router/routes.ts';
import type { Tab } from '../router/routes.ts';
import { languageReady } from '../words/language.ts';
import { siteWords } from '../words/site.ts';
import { Announcer } from './Announcer.tsx';
import { LanguageSwitch } from './Appearance.tsx';
import { Icon } from './Icon.tsx';
import type { IconName } from './Icon.tsx';
import { Toasts } from './Toasts.tsx';

const MAIN_ID = 'main';

/** Where it cannot be loaded there is nothing to say. */
const WaitingBanner = lazy(async () => {
  try {
    const banner = (await import('./WaitingBanner.tsx')).WaitingBanner;
    await languageReady();
    return { default: banner };
  } catch {
    return { default: () => null };
  }
});

/** What waits is a user's: others do not load it. */
function Waiting() {
  const user = useSession();
  return user ? (
    <Suspense>
      <WaitingBanner key={user.id} />
    </Suspense>
  ) : null;
}

/** The frame round every page: head, pages to go to, what is said at the foot. */
export function Layout({ children }: { readonly children: ReactNode }) {
  return (
    <>
      <a
        href={`#${MAIN_ID}`}
        onClick={skipToMain}
        className="absolute left-2 top-2 z-30 -translate-y-24 rounded bg-ink px-4 py-3 text-paper focus:translate-y-0"
      >
        {siteWords.skip}
      </a>
      <header className="mx-auto flex w-full max-w-6xl items-center gap-x-4 px-4 pt-3 pb-2 xl:px-0">
        <a href="/" className="flex min-h-11 items-center gap-2 font-serif text-xl font-semibold">
          <Mark />
          {siteWords.name}
        </a>
        <div className="ml-auto flex items-center gap-1">
          <Pages />
          <LanguageSwitch />
        </div>
      </header>
      <OfflineBanner />
      <Waiting />
      <main id={MAIN_ID} tabIndex={-1} className="mx-auto w-full max-w-6xl px-4 pb-12 xl:px-0">
        {children}
      </main>
      <Footer />
      <Toasts />
      <Announcer />
    </>
  );
}

const tabIcons = {
  search: 'search',
  trips: 'ticket',
  saved: 'bookmark',
  me: 'person',
} as const satisfies Record<Tab, IconName>;

/** In the head on a wide window, at the thumb on a phone: one list, placed by the style sheet. */
function Pages() {
  const { pathname } = useAddress();
  const lit = routeOf(pathname)?.tab ?? null;
  return (
    <nav aria-label={siteWords.pages} className="tabs">
      <ul>
        {tabs.map((tab) => (
          <li key={tab}>
            <a href={tabPaths[tab]} aria-current={tab === lit ? 'page' : undefined}>
              <Icon name={tabIcons[tab]} />
              {siteWords.tabs[tab]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Footer() {
  const user = useSession();
  return (
    <footer className="mx-auto w-full max-w-6xl px-4 pb-28 md:pb-10 xl:px-0">
      <div className="border-t border-rule pt-4 text-sm text-soft">
        <p className="max-w-prose">{siteWords.honesty}</p>
        <p className="flex flex-wrap gap-x-6">
          <a className="link inline-flex min-h-11 items-center" href="/about-data">
            {siteWords.aboutData}
          </a>
          <a className="link inline-flex min-h-11 items-center" href="/api/docs">
            {siteWords.interface}
          </a>
          {user?.admin ? (
            <a className="link inline-flex min-h-11 items-center" href="/operator">
              {siteWords.operator}
            </a>
          ) : null}
        </p>
      </div>
    </footer>
  );
}

/** Two stops and a running stitch. */
function Mark() {
  return (
    <svg aria-hidden="true" width="30" height="22" viewBox="0 0 30 22" fill="none" className="text-accent">
      <path
        d="M4 17C10 17 10 5 15 5s5 12 11 12"
        stroke="currentColor"
        strokeWidth="2.2"
        strokeLinecap="round"
        strokeDasharray="4.4 3.2"
      />
      <circle cx="4" cy="17" r="2.6" fill="currentColor" />
      <circle cx="26" cy="17" r="2.6" fill="currentColor" />
    </svg>
  );
}

/** Moves focus by hand, so that the fragment, which may name an opened option, stays. */
function skipToMain(event: React.MouseEvent): void {
  event.preventDefault();
  const target = document.getElementById(MAIN_ID);
  target?.focus();
  target?.scrollIntoView();
}

function subscribeOnline(listener: () => void): () => void {
  addEventListener('online', listener);
  addEventListener('offline', listener);
  return () => {
    removeEventListener('online', listener);
    removeEventListener('offline', listener);
  };
}

function OfflineBanner() {
  const online = useSyncExternalStore(subscribeOnline, () => navigator.onLine);
  if (online) return null;
  return (
    <p role="alert" className="mx-auto mb-3 flex w-full max-w-6xl items-center gap-2 bg-wash px-4 py-2">
      <Icon name="cloud" />
      {siteWords.offline}
    </p>
  );
}
