import { signInPath, useSession, useSignOut } from '../api/session.ts';
import { LanguageChoice, ThemeChoice } from '../components/Appearance.tsx';
import { PageHeading } from '../components/PageHeading.tsx';
import { siteWords } from '../words/site.ts';

/** Who is signed in, and how the page looks: the second needs no account. */
export function Page() {
  return (
    <>
      <PageHeading>{siteWords.tabs.me}</PageHeading>
      <div className="grid gap-6">
        <Account />
        <LanguageChoice />
        <ThemeChoice />
      </div>
    </>
  );
}

function Account() {
  const user = useSession();
  const signOut = useSignOut();
  if (!user)
    return (
      <section>
        <p>{siteWords.session.why}</p>
        <a className="button primary mt-3" href={signInPath('/me')}>
          {siteWords.session.signIn}
        </a>
      </section>
    );
  return (
    <section>
      <p className="break-words">{siteWords.session.signedInAs(user.email)}</p>
      <button type="button" className="button mt-3" onClick={() => void signOut()}>
        {siteWords.session.signOut}
      </button>
    </section>
  );
}
