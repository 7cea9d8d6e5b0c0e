import { useSession } from '../api/session.ts';
import { Gate } from '../components/Gate.tsx';
import { PageHeading } from '../components/PageHeading.tsx';
import { siteWords } from '../words/site.ts';
import { NotFound } from './NotFound.tsx';

/** For administrators only; for everybody else there is no such page. */
export function Page() {
  const user = useSession();
  if (user && !user.admin) return <NotFound />;
  return (
    <>
      <PageHeading>{siteWords.operator}</PageHeading>
      <Gate>
        <p>
          <code>bin/routestitch analytics summary</code>, <code>bin/routestitch network list</code>
        </p>
      </Gate>
    </>
  );
}
