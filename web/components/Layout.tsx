import { useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import { words } from '../words.ts';
import { Announcer } from './Announcer.tsx';
import { Icon } from './Icon.tsx';

export const RESULTS_ID = 'results';

export function Layout({ children }: { readonly children: ReactNode }) {
  return (
    <>
      <a
        href={`#${RESULTS_ID}`}
        onClick={skipToResults}
        className="absolute left-2 top-2 z-30 -translate-y-24 rounded bg-ink px-4 py-3 text-paper focus:translate-y-0"
      >
        {words.site.skip}
      </a>
      <header className="mx-auto flex w-full max-w-5xl items-center gap-x-4 px-4 pt-4 pb-3 lg:px-0">
        <a href="/" className="-my-2 flex min-h-11 items-center gap-2 font-serif text-xl font-semibold">
          <Mark />
          {words.site.name}
        </a>
        <p className="hidden text-sm text-soft sm:block">{words.site.tagline}</p>
      </header>
      <OfflineBanner />
      <main className="mx-auto w-full max-w-5xl px-4 pb-12 lg:px-0">{children}</main>
      <footer className="mx-auto w-full max-w-5xl px-4 pb-10 lg:px-0">
        <div className="border-t border-rule pt-4 text-sm text-soft">
          <p className="max-w-prose">{words.site.honesty}</p>
          <p>
            <a className="link inline-flex min-h-11 items-center" href="/api/docs">
              {words.site.interface}
            </a>
          </p>
        </div>
      </footer>
      <Announcer />
    </>
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

/** Moves focus by hand: the router owns the fragment, and before a search there is no list yet. */
function skipToResults(event: React.MouseEvent): void {
  event.preventDefault();
  const target = document.getElementById(RESULTS_ID);
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
    <p role="alert" className="mx-auto mb-3 flex w-full max-w-5xl items-center gap-2 bg-wash px-4 py-2">
      <Icon name="cloud" />
      {words.site.offline}
    </p>
  );
}
