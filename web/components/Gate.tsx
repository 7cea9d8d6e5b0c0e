import type { ReactNode } from 'react';
import { signInPath, useSession } from '../api/session.ts';
import { useAddress } from '../router/location.ts';
import { siteWords } from '../words/site.ts';
import { PageHeading } from './PageHeading.tsx';

interface Props {
  /** Of a page that has its heading from what is shown to the user. */
  readonly heading?: string;
  readonly children: ReactNode;
}

/** What belongs to a user: shown to them, and to everybody else the way to sign in and back. */
export function Gate({ heading, children }: Props) {
  const user = useSession();
  const { pathname, search, hash } = useAddress();
  if (user) return children;
  if (user === undefined)
    return (
      <div aria-busy="true">
        <p className="sr-only">{siteWords.loading}</p>
        <span className="skeleton block h-24 w-full" />
      </div>
    );
  return (
    <>
      {heading === undefined ? null : <PageHeading>{heading}</PageHeading>}
      <div className="double-rule border-b border-b-ink bg-sheet px-4 py-5 md:px-6">
        <p className="font-medium">{siteWords.session.needed}</p>
        <p className="mt-1 text-sm text-soft">{siteWords.session.why}</p>
        <a className="button primary mt-4" href={signInPath(pathname + search + hash)}>
          {siteWords.session.signIn}
        </a>
      </div>
    </>
  );
}
