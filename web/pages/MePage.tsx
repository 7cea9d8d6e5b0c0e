import { useQuery } from '@tanstack/react-query';
import { profileQuery } from '../api/profile.ts';
import { signInPath, useSession, useSignOut } from '../api/session.ts';
import { LanguageChoice, ThemeChoice } from '../components/Appearance.tsx';
import { Failure } from '../components/Failure.tsx';
import { PageHeading } from '../components/PageHeading.tsx';
import { useWrite } from '../components/useWrite.ts';
import { profileWords } from '../words/profile.ts';
import { siteWords } from '../words/site.ts';
import { AboutForm } from './me/AboutForm.tsx';
import { MailForm } from './me/MailForm.tsx';
import { Privacy } from './me/Privacy.tsx';
import { Sessions } from './me/Sessions.tsx';
import { TravellerForm } from './me/TravellerForm.tsx';

/** Who travels, and how the page looks: the second needs no account. */
export function Page() {
  const user = useSession();
  return (
    <>
      <PageHeading>{profileWords.title}</PageHeading>
      {user === undefined ? <Waiting rows={4} /> : <Account email={user?.email ?? null} />}
      {user ? (
        <OwnProfile />
      ) : (
        <div className="mt-10">
          <Appearance />
        </div>
      )}
    </>
  );
}

function Appearance() {
  return (
    <section aria-labelledby="appearance" className="grid gap-4">
      <h2 id="appearance" className="section-title -mb-2">
        {profileWords.appearance}
      </h2>
      <LanguageChoice />
      <ThemeChoice />
    </section>
  );
}

function Account({ email }: { readonly email: string | null }) {
  const signOut = useSignOut();
  const { busy, run } = useWrite();
  if (email === null)
    return (
      <section className="double-rule border-b border-b-ink bg-sheet px-4 py-5 md:px-6">
        <p>{siteWords.session.why}</p>
        <a className="button primary mt-3" href={signInPath('/me')}>
          {siteWords.session.signIn}
        </a>
      </section>
    );
  return (
    <section aria-label={profileWords.account} className="flex flex-wrap items-center gap-x-6 gap-y-2">
      <p className="break-words">{siteWords.session.signedInAs(email)}</p>
      <button type="button" className="button" disabled={busy} onClick={() => void run(signOut)}>
        {siteWords.session.signOut}
      </button>
    </section>
  );
}

function Waiting({ rows }: { readonly rows: number }) {
  return (
    <div aria-busy="true" className="grid gap-3">
      <p className="sr-only">{siteWords.loading}</p>
      {Array.from({ length: rows }, (_, row) => (
        <span key={row} className="skeleton block h-24 w-full" />
      ))}
    </div>
  );
}

function OwnProfile() {
  const { data: profile, error, refetch } = useQuery(profileQuery);
  if (error) return <Failure level={2} error={error} onRetry={() => void refetch()} />;
  if (!profile) return <Waiting rows={4} />;
  return (
    <div className="mt-8 grid gap-x-16 gap-y-10 lg:grid-cols-2">
      <div className="grid content-start gap-10">
        <AboutForm profile={profile} />
        <TravellerForm profile={profile} />
      </div>
      <div className="grid content-start gap-10">
        <MailForm profile={profile} />
        <Appearance />
        <Sessions />
        <Privacy profile={profile} />
      </div>
    </div>
  );
}
